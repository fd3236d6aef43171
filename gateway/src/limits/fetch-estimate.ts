import { fragmentsOf, openedBy } from '@clientele/kit'
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql'

/** Which subgraphs resolve a field, by `Type.field`; a field that is not named is resolved wherever its type is. */
type Owners = ReadonlyMap<string, readonly string[]>

interface Part {
  typename: string
  set: SelectionSetNode
}

/**
 * At least so many fetches a plan for the operation has, told from the supergraph without planning: one for each place in the answer and
 * each subgraph that has to be asked anew there. What `@requires` adds is not counted.
 */
export function createFetchEstimate(sdl: string) {
  const owners = ownersIn(parse(sdl, { noLocation: true }))
  const known = new WeakMap<OperationDefinitionNode, number>()
  return (schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): number => {
    const estimate = known.get(operation) ?? estimateOf(owners, schema, document, operation)
    known.set(operation, estimate)
    return estimate
  }
}

function estimateOf(owners: Owners, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
  const fragments = fragmentsOf(document)

  /** Fetches that start at one place in the answer, or below it, where `graph` has brought what is there. */
  function fetchesAt(parts: readonly Part[], graph: string | undefined): number {
    const fields = new Map<string, { name: string; below: Part[] }>()
    for (const part of parts) collect(part, fields)
    const asked = new Set<string>()
    let fetches = 0
    for (const { name, below } of fields.values()) {
      const graphs = owners.get(name)
      const isHere = !graphs || (graph !== undefined && graphs.includes(graph))
      const from = isHere ? graph : (graphs.find((other) => asked.has(other)) ?? graphs[0])
      if (!isHere && from !== undefined) asked.add(from)
      if (below.length > 0) fetches += fetchesAt(below, from)
    }
    return fetches + asked.size
  }

  function collect({ typename, set }: Part, fields: Map<string, { name: string; below: Part[] }>): void {
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD) {
        const opened = openedBy(selection, fragments)
        if (opened) collect({ typename: opened.condition ?? typename, set: opened.selectionSet }, fields)
        continue
      }
      const key = `${typename} ${(selection.alias ?? selection.name).value}`
      const field = fields.get(key) ?? { name: `${typename}.${selection.name.value}`, below: [] }
      fields.set(key, field)
      const type = schema.getType(typename)
      const definition =
        isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined
      if (!selection.selectionSet || !definition) continue
      field.below.push({ typename: getNamedType(definition.type).name, set: selection.selectionSet })
    }
  }

  const root = schema.getRootType(operation.operation)
  return root ? fetchesAt([{ typename: root.name, set: operation.selectionSet }], undefined) : 0
}

function ownersIn(supergraph: DocumentNode): Owners {
  const owners = new Map<string, string[]>()
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue
    for (const field of definition.fields ?? []) {
      const joins = (field.directives ?? []).filter(({ name }) => name.value === 'join__field')
      const graphs = joins.filter((join) => !isExternal(join)).flatMap((join) => graphOf(join) ?? [])
      if (graphs.length > 0) owners.set(`${definition.name.value}.${field.name.value}`, graphs)
    }
  }
  return owners
}

const graphOf = (join: ConstDirectiveNode) => {
  const graph = argumentOf(join, 'graph')
  return graph?.kind === Kind.ENUM ? graph.value : undefined
}

const isExternal = (join: ConstDirectiveNode) => {
  const external = argumentOf(join, 'external')
  return external?.kind === Kind.BOOLEAN && external.value
}

const argumentOf = ({ arguments: given = [] }: ConstDirectiveNode, name: string) =>
  given.find((argument) => argument.name.value === name)?.value
