import { type DirectiveNode, Kind, parse } from 'graphql'

/** How long a list without pages can be, by type and field; undefined where the supergraph does not say it. */
export type ListSizes = (type: string, field: string) => number | undefined

/** Federation's `@listSize(assumedSize:)`, as the subgraphs declare it and composition keeps it. */
export function listSizesOf(supergraphSdl: string): ListSizes {
  const sizes = new Map<string, number>()
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue
    for (const { name, directives = [] } of definition.fields ?? []) {
      const size = directives.map(assumedSize).find((found) => found !== undefined)
      if (size !== undefined) sizes.set(`${definition.name.value}.${name.value}`, size)
    }
  }
  return (type, field) => sizes.get(`${type}.${field}`)
}

function assumedSize({ name, arguments: given = [] }: DirectiveNode): number | undefined {
  if (!/^(\w+__)?listSize$/.test(name.value)) return undefined
  const value = given.find((argument) => argument.name.value === 'assumedSize')?.value
  return value?.kind === Kind.INT ? Number(value.value) : undefined
}
