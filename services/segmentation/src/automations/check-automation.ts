import { checkCondition, comparisonsOf } from '@clientele/conditions'
import { type AutomationAction, customerFields, limits } from '@clientele/contracts'
import {
  checkId,
  checkList,
  checkNumber,
  checkRequiredText,
  checkText,
  type Transaction,
  type ValidationIssues,
  validationIssues,
} from '@clientele/kit'
import { lockEvaluation } from '../memberships/evaluation.actions.js'
import { checkRule, type SegmentRule } from '../rules/rule.js'
import { checkOwners } from '../rules/rule-owners.js'
import { Segment } from '../segments/segment.entity.js'
import type { Automation, AutomationDefinition, AutomationTrigger } from './automation.entity.js'
import type {
  AutomationDefinitionInput,
  AutomationEventConditionInput,
  AutomationTriggerInput,
} from './automation.input.js'
import { automationEvents } from './automation-events.js'
import { checkAction, type Named } from './check-action.js'
import { refuseUnknownNames } from './check-names.js'
import { checkSchedule } from './check-schedule.js'
import { eventVocabulary } from './event-vocabulary.js'

/** The definition in the form in which it is stored, with its issues: each has its place in the input. Throws UNAVAILABLE where profiles has to be asked and cannot be. */
export const checkDefinition = async (
  tx: Transaction,
  issues: ValidationIssues,
  input: AutomationDefinitionInput,
  { former = null }: { former?: SegmentRule | null } = {},
): Promise<AutomationDefinition> => {
  const trigger = await checkTrigger(tx, issues, input.trigger)
  issues.must(
    !trigger.schedule || input.customerCondition != null,
    'customerCondition',
    'automation.schedule_condition',
    'a condition: a schedule takes the customers for whom it holds',
  )
  const customerCondition = input.customerCondition
    ? checkRule(issues, 'customerCondition', input.customerCondition)
    : null
  const eventCondition = input.eventCondition ? checkEventCondition(issues, trigger, input.eventCondition) : null
  const named: Named = { staff: [], teams: [], tags: [] }
  const given = checkList(issues, 'actions', input.actions, limits.automationActions) ?? []
  const actions = given.map((action, at) => checkAction(issues, `actions.${at}`, action, named))
  refuseSecondAssignment(issues, actions)
  await refuseUnknownNames(tx, issues, named)
  await checkOwners(tx, issues, 'customerCondition', customerCondition, { former })
  return { trigger, customerCondition, eventCondition, actions }
}

/** What is for the owner waits for the assignment; of two, nobody could tell for whom it is. */
const refuseSecondAssignment = (issues: ValidationIssues, actions: readonly AutomationAction[]) => {
  const [, ...others] = [...actions.entries()].filter(([, { assign }]) => assign)
  for (const [at] of others)
    issues.add(`actions.${at}.assign`, 'automation.second_assignment', 'one assignment in an automation')
}

const checkTrigger = async (
  tx: Transaction,
  issues: ValidationIssues,
  { event, segmentId, changedFields, schedule }: AutomationTriggerInput,
): Promise<AutomationTrigger> => {
  const isOfSegment = event === 'SEGMENT_ENTERED' || event === 'SEGMENT_EXITED'
  issues.must(
    isOfSegment === (segmentId != null),
    'trigger.segmentId',
    'automation.segment',
    'a segment, for events of segments only',
  )
  issues.must(
    changedFields == null || event === 'CUSTOMER_UPDATED',
    'trigger.changedFields',
    'automation.changed_fields',
    'changed fields for CUSTOMER_UPDATED only',
  )
  const fields = checkList(issues, 'trigger.changedFields', changedFields ?? undefined, limits.automationFields)
  const trigger: AutomationTrigger = { event }
  if (fields) {
    trigger.changedFields = fields.map((given, at) => {
      const path = `trigger.changedFields.${at}`
      const field = checkRequiredText(issues, path, given, limits.ruleText)
      const isKnown = customerFields.some((one) => one === field || one.startsWith(`${field}.`))
      if (field)
        issues.must(isKnown, path, 'automation.changed_field', 'a field of customers', { fields: customerFields })
      return field
    })
  }
  issues.must(
    (event === 'SCHEDULED') === (schedule != null),
    'trigger.schedule',
    'automation.schedule',
    'a schedule, for SCHEDULED only',
  )
  if (schedule) trigger.schedule = checkSchedule(issues, 'trigger.schedule', schedule)
  if (segmentId == null) return trigger
  const before = issues.found.length
  const id = checkId(issues, 'trigger.segmentId', segmentId)
  if (issues.found.length === before) await checkSegment(tx, issues, id)
  return { ...trigger, segmentId: id }
}

const checkSegment = async (tx: Transaction, issues: ValidationIssues, id: string) => {
  // Whoever archives it at the same time waits, and then finds whom it would leave waiting for nothing.
  await lockEvaluation(tx)
  const isInUse = (await tx.em.count(Segment, { id, status: 'ACTIVE' })) > 0
  issues.must(isInUse, 'trigger.segmentId', 'segment.unknown', 'a segment that is in use')
}

/** Throws INVALID `segment.unknown` where an automation waits for a segment that is in use no longer. */
export const requireSegment = async (tx: Transaction, { trigger: { segmentId } }: Pick<Automation, 'trigger'>) => {
  if (segmentId === undefined) return
  const issues = validationIssues('definition')
  await checkSegment(tx, issues, segmentId)
  issues.refuse()
}

const checkEventCondition = (
  issues: ValidationIssues,
  { event }: AutomationTrigger,
  input: AutomationEventConditionInput,
): SegmentRule => {
  const before = issues.found.length
  const condition = checkCondition(eventVocabulary, issues, 'eventCondition', input)
  if (issues.found.length > before) return condition
  const { fields } = automationEvents[event]
  for (const { path } of comparisonsOf(condition)) {
    const name = path.split('.').at(-1) as (typeof fields)[number]
    issues.must(
      fields.includes(name),
      `eventCondition.${path}`,
      'automation.event_field',
      `something that ${event} tells`,
      { fields },
    )
  }
  return condition
}

/** Name and description in the form in which they are stored. */
export const checkNames = (issues: ValidationIssues, input: { name: string; description?: string | null }) => ({
  name: checkRequiredText(issues, 'name', input.name, limits.automationName),
  description: checkText(issues, 'description', input.description, limits.automationDescription) ?? null,
})

export const checkDays = (issues: ValidationIssues, days: number) =>
  checkNumber(issues, 'days', days, limits.dryRunDays)
