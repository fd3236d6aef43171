import type { FetchNode, PlanNode } from '@apollo/query-planner'
import { type DocumentNode, Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql'
import type { PlanPath } from '../fetch/entities.js'
import type { Choice } from './conditions.js'

/** A fetch where it stands in a plan. */
export interface PlannedFetch {
  fetch: FetchNode
  path: PlanPath
}

/** The fetches of a plan's node for one choice of the operation's conditions. */
export function fetchesOf(node: PlanNode | undefined, choice: Choice, path: PlanPath = []): readonly PlannedFetch[] {
  switch (node?.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((child) => fetchesOf(child, choice, path))
    case 'Flatten':
      return fetchesOf(node.node, choice, [...path, ...node.path.map(String)])
    case 'Condition':
      return fetchesOf(choice.get(node.condition) ? node.ifClause : node.elseClause, choice, path)
    case 'Fetch':
      return [{ fetch: node, path }]
    default:
      return []
  }
}

/** What a fetch selects of the objects at its path. */
export function selectionOf({ operation, requires }: FetchNode): { document: DocumentNode; set: SelectionSetNode } {
  const document = parse(operation, { noLocation: true })
  const { selectionSet } = document.definitions.find(isOperation)!
  const entities = selectionSet.selections.find((each) => each.kind === Kind.FIELD && each.name.value === '_entities')
  if (!requires || entities?.kind !== Kind.FIELD) return { document, set: selectionSet }
  return { document, set: entities.selectionSet! }
}

const isOperation = (definition: DocumentNode['definitions'][number]): definition is OperationDefinitionNode =>
  definition.kind === Kind.OPERATION_DEFINITION
