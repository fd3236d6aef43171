import { startOfDay } from '@clientele/business-calendar'
import { type Actor, type Rule, type Transaction, within } from '@clientele/kit'
import type { AutomationDefinition, AutomationSchedule } from '../automations/automation.entity.js'
import { factsWithScore, isKnown } from '../rules/customer-vocabulary.js'
import { compileRule } from '../rules/rule.js'
import { timeZoneOf } from './schedule.actions.js'

const first = '00000000-0000-0000-0000-000000000000'

interface Wanted {
  /** Whose customers, by which rule. */
  actor: Actor
  rule: Rule
  most: number
  /** Only customers after this one. */
  after?: string | null
}

/** Customers in somebody's access scope for whom the condition holds now, in the order of their ids. */
export const customersWhoMatch = async (
  tx: Transaction,
  { customerCondition }: Pick<AutomationDefinition, 'customerCondition'>,
  { actor, rule, most, after }: Wanted,
  beside: { sql: string; params: readonly unknown[] } = { sql: 'true', params: [] },
): Promise<string[]> => {
  if (!customerCondition) return []
  const scope = within(actor, rule, 'run')
  const condition = await compileRule(tx, customerCondition, tx.now())
  const rows = await tx.em.execute<{ id: string }[]>(
    `select f.id from ${factsWithScore} cross join lateral (select f.id as customer_id) run
     where ${isKnown} and f.id > ?::uuid and ${scope.sql} and ${condition.sql} and ${beside.sql} order by f.id limit ?`,
    [after ?? first, ...scope.params, ...condition.params, ...beside.params, most],
  )
  return rows.map(({ id }) => id)
}

/** Those of them whom a schedule takes at a moment: not whom its automation has taken within its days. */
export const customersToTake = async (
  tx: Transaction,
  definition: Pick<AutomationDefinition, 'customerCondition'>,
  { onceInDays }: Pick<AutomationSchedule, 'onceInDays'>,
  { automationId, at, ...wanted }: Wanted & { automationId: string | null; at: Date },
): Promise<string[]> =>
  customersWhoMatch(tx, definition, wanted, {
    sql: `not exists (select from automation_run taken where taken.automation_id = ?::uuid and taken.customer_id = f.id
      and taken.outcome = 'FIRED' and taken.event = 'SCHEDULED' and taken.event_at >= ?::timestamptz)`,
    params: [automationId, startOfDay(await timeZoneOf(tx), at, onceInDays - 1).toISOString()],
  })
