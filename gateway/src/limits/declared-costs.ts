import { type DirectiveNode, Kind, parse } from 'graphql'

/** What the supergraph says of a field's cost; undefined where it says nothing. */
export interface DeclaredCosts {
  /** How long a list without pages can be. */
  listSize(type: string, field: string): number | undefined
  /** What the field itself costs, in the stead of 1. */
  weight(type: string, field: string): number | undefined
}

/** Federation's `@listSize(assumedSize:)` and `@cost(weight:)`, as the subgraphs declare them and composition keeps them. */
export function declaredCostsOf(supergraphSdl: string): DeclaredCosts {
  const sizes = new Map<string, number>()
  const weights = new Map<string, number>()
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue
    for (const { name, directives = [] } of definition.fields ?? []) {
      const field = `${definition.name.value}.${name.value}`
      for (const directive of directives) {
        const size = numberIn(directive, 'listSize', 'assumedSize')
        const weight = numberIn(directive, 'cost', 'weight')
        if (size !== undefined) sizes.set(field, size)
        if (weight !== undefined) weights.set(field, weight)
      }
    }
  }
  return {
    listSize: (type, field) => sizes.get(`${type}.${field}`),
    weight: (type, field) => weights.get(`${type}.${field}`),
  }
}

function numberIn({ name, arguments: given = [] }: DirectiveNode, directive: string, argument: string) {
  // Composition puts the name of its specification before a directive that a subgraph calls otherwise.
  if (name.value.replace(/^\w+__/, '') !== directive) return undefined
  const value = given.find((one) => one.name.value === argument)?.value
  return value?.kind === Kind.INT ? Number(value.value) : undefined
}
