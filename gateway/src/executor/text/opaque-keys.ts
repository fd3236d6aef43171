import type { FetchNode, PlanNode } from '@apollo/query-planner'
import type { FieldSelector } from '@clientele/kit'
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { PlanPath } from '../fetch/entities.js'
import type { Choice } from '../plan/conditions.js'
import { fetchesOf, selectionOf } from '../plan/planned-fetches.js'
import { selectorOf } from '../shape/selected-fields.js'
import { findKeyOwners } from './key-owners.js'
import { createSameSelection } from './same-selection.js'
import type { OpaqueKeys } from './text.js'

/** Which keys of a fetch nobody has to look into; undefined where there are none. */
export type OpaqueKeysOf = (fetch: FetchNode, path: PlanPath) => OpaqueKeys | undefined

interface Client {
  schema: GraphQLSchema
  supergraph: GraphQLSchema
  operation: OperationDefinitionNode
  select: FieldSelector
}

/**
 * Finds the parts of a plan that can be answered as subgraphs send them: brought by one fetch alone, selected just as the client does,
 * in an object whose type is certain. Where a plan renames what it gets, there are none.
 */
export function findOpaqueKeys(node: PlanNode | undefined, choice: Choice, client: Client): OpaqueKeysOf {
  const { schema, supergraph, operation, select } = client
  const fetches = fetchesOf(node, choice)
  if (fetches.some(({ fetch }) => fetch.outputRewrites?.length)) return () => undefined
  const owns = findKeyOwners(fetches)

  return (fetch, path) => {
    const at = clientAt(path)
    const { document, set } = selectionOf(fetch)
    const selectSent = selectorOf(schema, document, choice)
    const same = createSameSelection(schema, supergraph, select, selectSent)
    const roots = opaqueIn(path, at, [set])
    if (fetch.requires) return some({ roots: new Set(), below: new Map([['_entities', roots]]) })
    const below = new Map<string, ReadonlySet<string>>()
    if (isObjectType(at?.type))
      for (const [key, nodes] of selectSent(at.type, [set]))
        below.set(key, opaqueIn([...path, key], clientAt([...path, key]), setsOf(nodes)))
    return some({ roots, below })

    function opaqueIn(path: PlanPath, at: Selected | undefined, sent: readonly SelectionSetNode[]): Set<string> {
      const keys = new Set<string>()
      if (!at || !isObjectType(at.type)) return keys
      const given = selectSent(at.type, sent)
      for (const [key, nodes] of select(at.type, at.sets)) {
        const field = at.type.getFields()[nodes[0]!.name.value]
        const sentNodes = given.get(key)
        // Another field under this name hides the object's type, which the answer's shape has to see.
        if (key === '__typename' || !field || !sentNodes || !owns(fetch, path, key)) continue
        if (same(getNamedType(field.type), nodes, sentNodes)) keys.add(key)
      }
      return keys
    }
  }

  interface Selected {
    type: GraphQLCompositeType
    sets: readonly SelectionSetNode[]
  }

  /** What the client selects at a plan's path; undefined where only the planner does, or where types differ from object to object. */
  function clientAt(path: PlanPath): Selected | undefined {
    let at: Selected = { type: schema.getRootType(operation.operation)!, sets: [operation.selectionSet] }
    for (const step of path) {
      if (step === '@') continue
      const nodes = isObjectType(at.type) ? select(at.type, at.sets).get(step) : undefined
      const field = nodes && isObjectType(at.type) && at.type.getFields()[nodes[0]!.name.value]
      if (!field) return undefined
      at = { type: getNamedType(field.type) as GraphQLCompositeType, sets: setsOf(nodes) }
    }
    return at
  }
}

const setsOf = (nodes: readonly FieldNode[]) => nodes.flatMap(({ selectionSet }) => selectionSet ?? [])

const some = (keys: OpaqueKeys) =>
  keys.roots.size > 0 || [...keys.below.values()].some(({ size }) => size > 0) ? keys : undefined
