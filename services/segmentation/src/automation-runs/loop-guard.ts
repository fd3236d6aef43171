import { idsParameter, type Transaction } from '@clientele/kit'
import type { Automation } from '../automations/automation.entity.js'
import type { Occurrence } from './holding.js'

/** How many automations may set each other off in a row. */
export const mostInChain = 3
/** How often an automation does something about one customer within a day. */
export const mostADay = 10

const day = 86_400_000

/** How often an automation did something about each customer within the last day; `add` counts one more. */
export const recentRuns = async (tx: Transaction, { id }: Automation, occurrences: readonly Occurrence[]) => {
  const rows = await tx.em.execute<{ id: string; runs: number }[]>(
    `select customer_id as id, count(*)::int as runs from automation_run
     where automation_id = ? and outcome = 'FIRED' and customer_id = any(?::uuid[]) and created_at > ?::timestamptz
     group by customer_id`,
    [
      id,
      idsParameter([...new Set(occurrences.map(({ customerId }) => customerId))]),
      new Date(+tx.now() - day).toISOString(),
    ],
  )
  const counts = new Map(rows.map((row) => [row.id, row.runs]))
  let added = 0
  return {
    of: (customerId: string) => counts.get(customerId) ?? 0,
    add: (customerId: string) => {
      counts.set(customerId, (counts.get(customerId) ?? 0) + 1)
      added++
    },
    added: () => added,
  }
}

/** Why an automation is not set off by this: it would go round in a circle; undefined where it would not. */
export const loopOf = (
  { id }: Automation,
  { chain, customerId }: Occurrence,
  recent: { of(customerId: string): number },
): string | undefined => {
  if (chain.includes(id)) return 'automation.own_consequence'
  if (chain.length >= mostInChain) return 'automation.long_chain'
  return recent.of(customerId) >= mostADay ? 'automation.too_often' : undefined
}
