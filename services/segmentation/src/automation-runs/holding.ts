import { evaluator } from '@clientele/conditions'
import { arrayParameter, type Context } from '@clientele/kit'
import type { AutomationDefinition, AutomationTrigger } from '../automations/automation.entity.js'
import type { AutomationEventName } from '../automations/automation-events.js'
import { eventVocabulary, type OccurrenceData } from '../automations/event-vocabulary.js'
import { factsWithScore, isKnown } from '../rules/customer-vocabulary.js'
import { compileRule } from '../rules/rule.js'

/** Something that happened to a customer. */
export interface Occurrence {
  /** The id of its event; null where it is a moment of a schedule. */
  id: string | null
  event: AutomationEventName
  customerId: string
  at: Date
  data: OccurrenceData
  /** The automations that led to it. */
  chain: string[]
}

/** Whether it is what a trigger waits for. */
export const isTriggeredBy = (
  { event, segmentId, changedFields }: AutomationTrigger,
  occurrence: Pick<Occurrence, 'event' | 'data'>,
): boolean => {
  const { data } = occurrence
  return (
    occurrence.event === event &&
    (segmentId === undefined || data.segmentId === segmentId) &&
    (changedFields === undefined || changedFields.some((field) => touches(data.changedFields ?? [], field)))
  )
}

/** A name stands for what is below it: `person` for `person.occupation`. */
const touches = (changed: readonly string[], field: string) =>
  changed.some((one) => one === field || one.startsWith(`${field}.`))

/** Those for which the conditions hold, by what is known of their customers now: a statement for all. */
export const holding = async <T extends Pick<Occurrence, 'customerId' | 'data'>>(
  { em, now }: Pick<Context, 'em' | 'now'>,
  { customerCondition, eventCondition }: Pick<AutomationDefinition, 'customerCondition' | 'eventCondition'>,
  occurrences: readonly T[],
): Promise<T[]> => {
  const holds = eventCondition && evaluator(eventVocabulary, eventCondition)
  const some = holds ? occurrences.filter(({ data }) => holds(data, now())) : [...occurrences]
  if (!customerCondition || !some.length) return some
  const { sql, params } = await compileRule({ em }, customerCondition, now())
  const rows = await em.execute<{ id: string }[]>(
    `select f.id from ${factsWithScore} where ${isKnown} and f.id = any(?::uuid[]) and ${sql}`,
    [arrayParameter(new Set(some.map(({ customerId }) => customerId))), ...params],
  )
  const customers = new Set(rows.map(({ id }) => id))
  return some.filter(({ customerId }) => customers.has(customerId))
}
