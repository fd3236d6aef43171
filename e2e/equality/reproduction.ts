import type { TestActor } from '@clientele/testkit'
import { parse, print } from 'graphql'
import { compare, differences } from './differences.js'
import type { Fault } from './faults.js'
import { shrink } from './shrink.js'
import type { Operation, Stacks } from './stacks.js'

/** Everything that makes a request what it is. */
export interface Asked extends Operation {
  actor: TestActor | undefined
  fault?: Fault | undefined
}

/** An error with the smallest operation that is answered differently; it becomes a line in `same-answers.ts`. */
export const reproduction = async (stacks: Stacks, asked: Asked, seen: readonly string[]): Promise<Error> => {
  const found = async ({ actor, fault, ...operation }: Asked) => {
    const { plain, ours } = await stacks.askBoth(actor, operation, fault)
    return compare(operation.query, plain, ours) === 'different' ? differences(plain, ours) : []
  }
  if (!(await found(asked)).length)
    return new Error(told(asked, ['Only once: asked again, both say the same.', ...seen]))
  const smallest = await shrink(stacks.schema, asked, async (smaller) => (await found(smaller)).length > 0)
  return new Error(told(smallest, await found(smallest)))
}

/** A request and what was found about it, in words. */
export const told = ({ query, variables, headers, actor, fault }: Asked, found: readonly string[]) =>
  [
    'The stacks differ.',
    print(parse(query)),
    `variables: ${JSON.stringify(variables)}`,
    `headers: ${JSON.stringify(headers)}`,
    `actor: ${JSON.stringify(actor)}`,
    `fault: ${JSON.stringify(fault)}`,
    ...found.map((line) => (line.length > 4_000 ? `${line.slice(0, 4_000)}…` : line)),
  ].join('\n')
