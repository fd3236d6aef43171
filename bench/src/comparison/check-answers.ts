import type { Load } from '../load/load.js'
import type { Variant } from '../variants/variant.js'
import { type Answer, assertFilled, assertSame } from './answer.js'
import type { Comparison } from './comparison.js'

/** How many requests are under way at a time while answers are compared. */
const concurrency = 16

/**
 * Sends every request to every variant once and holds the answers against the first variant's. From then on the load generator
 * accepts only the bodies that were found right. Throws, with both sides, where an answer differs.
 */
export const checkAnswers = async (
  load: Load,
  variants: readonly Variant[],
  requests: number,
  { rows }: Comparison,
): Promise<void> => {
  for (const { target } of variants) await load.add(target)
  const [oracle, ...others] = variants as [Variant, ...Variant[]]
  // A few first: what answers wrongly does so soon, and can fill a screen with it.
  for (const count of [1, requests]) {
    const expected = (await load.answers(oracle.name, concurrency, count)).map(oracle.read)
    if (count === requests) assertFilled(expected.flatMap(rows))
    for (const variant of others) {
      const answers = (await load.answers(variant.name, concurrency, count)).map(variant.read)
      answers.forEach((answer, request) => {
        assertSame(variant.name, answer, expected[request] as Answer)
      })
    }
  }
}
