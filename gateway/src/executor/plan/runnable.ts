import type { PlanNode, QueryPlan } from '@apollo/query-planner'
import { type DocumentNode, type OperationDefinitionNode, visit } from 'graphql'
import { sizeOf } from '../../limits/measure.js'

/** Whether an operation is ours to plan: not one that asks for the schema itself, nor one that uses the name which a plain object cannot have. */
export function isOurs(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  if (operation.operation === 'subscription' || sizeOf(document, operation.selectionSet).introspects) return false
  let ours = true
  visit(document, {
    Name({ value }) {
      if (value === '__proto__') ours = false
    },
  })
  return ours
}

/** Whether a plan has only what is compiled here. */
export const isRunnable = ({ node }: QueryPlan): boolean => !node || (node.kind !== 'Subscription' && canRun(node))

function canRun(node: PlanNode): boolean {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.every(canRun)
    case 'Flatten':
      return canRun(node.node)
    case 'Condition':
      return [node.ifClause, node.elseClause].every((clause) => !clause || canRun(clause))
    case 'Fetch':
      return !node.contextRewrites?.length && !(node.requires && node.variableUsages?.includes('representations'))
    default:
      return false
  }
}
