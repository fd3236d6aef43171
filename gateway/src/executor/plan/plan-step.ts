import type { PlanNode } from '@apollo/query-planner'
import type { PlanPath } from '../fetch/entities.js'
import { compileFetch } from '../fetch/fetch-step.js'
import { type ClientOperation, compileSpeculativeFetches } from '../fetch/speculative-fetch.js'
import type { Surroundings } from '../fetch/subgraph-fetch.js'
import type { Run, Step } from '../run/run-state.js'
import type { Choice } from './conditions.js'

const nothing: Step = async () => {}

/** Compiles a node of a plan, and all below it, for one choice of the operation's conditions. */
export function compilePlan(
  node: PlanNode | undefined,
  choice: Choice,
  clientOperation: ClientOperation,
  surroundings: Surroundings,
): Step {
  function compile(node: PlanNode | undefined, path: PlanPath): Step {
    if (!node) return nothing
    switch (node.kind) {
      case 'Sequence':
        return inSequence(
          node.nodes.map((child) => compile(child, path)),
          path.length === 0 ? compileSpeculativeFetches(node, choice, clientOperation, surroundings) : undefined,
        )
      case 'Parallel':
        return atOnce(node.nodes.map((child) => compile(child, path)))
      case 'Flatten':
        return compile(node.node, [...path, ...node.path.map(String)])
      case 'Fetch':
        return compileFetch(node, path, surroundings)
      case 'Condition':
        return compile(choice.get(node.condition) ? node.ifClause : node.elseClause, path)
      case 'Defer':
        throw new Error('A plan with @defer is not run here.')
    }
  }
  return compile(node, [])
}

function inSequence(steps: readonly Step[], speculate?: (run: Run) => void): Step {
  return async (run) => {
    speculate?.(run)
    for (const step of steps) await step(run)
  }
}

function atOnce(steps: readonly Step[]): Step {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)))
  }
}
