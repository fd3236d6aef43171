import { isDeepStrictEqual } from 'node:util'
import {
  automationCreated,
  automationRemoved,
  automationStarted,
  automationStopped,
  automationUpdated,
  limits,
} from '@clientele/contracts'
import {
  Conflict,
  type Context,
  expectVersion,
  inTurn,
  locked,
  removeRecord,
  type Transaction,
  validationIssues,
} from '@clientele/kit'
import { followSchedule } from '../automation-moments/schedule.actions.js'
import { requireScopeOfAuthor } from '../automation-runs/author-scope.js'
import { Automation, type AutomationDefinition } from './automation.entity.js'
import type { ChangeAutomationInput, CreateAutomationInput, UpdateAutomationInput } from './automation.input.js'
import { automationPolicy } from './automation.policy.js'
import { automationWorkflow } from './automation.workflow.js'
import { checkDefinition, checkNames, requireSegment } from './check-automation.js'

/** Writes an automation, which does nothing until it is started. Throws INVALID with all faults, CONFLICT `automation.too_many`. */
export const createAutomation = (ctx: Context, input: CreateAutomationInput) =>
  ctx.transaction(
    async (tx) => {
      tx.allow(automationPolicy.write)
      const issues = validationIssues()
      const names = checkNames(issues, input)
      const definition = await checkDefinition(tx, issues.below('definition'), input.definition)
      issues.refuse()
      await refuseTooMany(tx)
      const automation = tx.em.create(Automation, {
        ...{ ...names, ...definition, ...authorOf(tx) },
        ...{
          status: 'DRAFT',
          currentVersion: 1,
          event: definition.trigger.event,
          startedAt: null,
          nextAt: null,
          fired: 0,
          conditionFalse: 0,
        },
      })
      tx.emit(automationCreated, automation, dataOf(automation))
      await keepVersion(tx, automation)
      return automation
    },
    { key: input.idempotencyKey, operation: 'createAutomation', input },
  )

/** Changes what is given; a new definition has a number of its own and whoever gives it as its author. Saying the same again changes nothing. */
export const updateAutomation = (ctx: Context, input: UpdateAutomationInput) =>
  ctx.transaction(async (tx) => {
    const automation = await forChange(tx, input)
    const issues = validationIssues()
    const { name = automation.name, description = automation.description } = input
    const names = checkNames(issues, { name: name ?? automation.name, description })
    const definition = input.definition
      ? await checkDefinition(tx, issues.below('definition'), input.definition, {
          former: automation.customerCondition,
        })
      : definitionOf(automation)
    issues.refuse()
    const next = { ...names, ...definition }
    const changedFields = (Object.keys(next) as (keyof typeof next)[]).filter(
      (field) => !isDeepStrictEqual(plain(next[field]), plain(automation[field])),
    )
    if (!changedFields.length) return automation
    Object.assign(automation, Object.fromEntries(changedFields.map((field) => [field, next[field]])))
    const isRedefined = changedFields.some((field) => field in definition)
    if (isRedefined) {
      Object.assign(automation, authorOf(tx), {
        currentVersion: automation.currentVersion + 1,
        event: definition.trigger.event,
      })
      await followSchedule(tx, automation)
    }
    tx.emit(automationUpdated, automation, { ...dataOf(automation), changedFields })
    if (isRedefined) await keepVersion(tx, automation)
    return automation
  })

/**
 * Has an automation run from now on. Throws CONFLICT `automation.illegal_transition` where it runs already, INVALID `segment.unknown` where it waits
 * for a segment that is archived.
 */
export const startAutomation = (ctx: Context, input: ChangeAutomationInput) =>
  ctx.transaction(async (tx) => {
    const automation = await forChange(tx, input)
    automationWorkflow.move(automation, 'ACTIVE')
    await requireSegment(tx, automation)
    automation.startedAt = tx.now()
    await followSchedule(tx, automation)
    tx.emit(automationStarted, automation, dataOf(automation))
    return automation
  })

/** Has an automation do nothing more, not even what it was set off for already. Throws CONFLICT `automation.illegal_transition` where it does not run. */
export const stopAutomation = (ctx: Context, input: ChangeAutomationInput) =>
  ctx.transaction(async (tx) => {
    const automation = await forChange(tx, input)
    automationWorkflow.move(automation, 'STOPPED')
    await followSchedule(tx, automation)
    tx.emit(automationStopped, automation, dataOf(automation))
    return automation
  })

/** Removes an automation with its versions and runs; what it did stays. Answers with what it was. */
export const removeAutomation = (ctx: Context, input: ChangeAutomationInput) =>
  ctx.transaction(async (tx) => {
    const automation = await forChange(tx, input)
    if (automation.status === 'ACTIVE') automationWorkflow.move(automation, 'STOPPED')
    await followSchedule(tx, automation)
    tx.emit(automationRemoved, automation, dataOf(automation))
    await removeRecord(tx, Automation, automation)
    return automation
  })

/** Throws FORBIDDEN where its author may do more than whoever acts. */
const forChange = async (tx: Transaction, input: ChangeAutomationInput) => {
  const automation = await locked(tx, Automation, input.id, automationPolicy.write)
  expectVersion(automation, input.expectedVersion)
  await requireScopeOfAuthor(tx, automation)
  return automation
}

const refuseTooMany = async (tx: Transaction) => {
  const { most } = limits.automations
  await inTurn(tx, 'automations')
  if ((await tx.em.count(Automation, {})) < most) return
  throw new Conflict(`There are at most ${most} automations; remove one first.`, {
    reason: 'automation.too_many',
    params: { most },
  })
}

const authorOf = ({ actor: { subject, roles, territories } }: Transaction) => ({
  authorId: subject,
  authorRights: { roles: [...roles], territories: [...territories] },
})

const definitionOf = ({ trigger, customerCondition, eventCondition, actions }: Automation): AutomationDefinition => ({
  ...{ trigger, customerCondition, eventCondition, actions },
})

const dataOf = ({ status, currentVersion, authorId }: Automation) => ({
  ...{ status, automationVersion: currentVersion, authorId },
})

const plain = (value: unknown) => (value == null ? null : JSON.parse(JSON.stringify(value)))

/** What a definition said is kept as it was. */
const keepVersion = async (tx: Transaction, automation: Automation) => {
  await tx.em.flush()
  await tx.em.execute(
    `insert into automation_version
       (automation_id, number, trigger, customer_condition, event_condition, actions, author_id, author_rights, at)
     select id, number, trigger, customer_condition, event_condition, actions, author_id, author_rights, ?::timestamptz
     from automation where id = ?`,
    [tx.now().toISOString(), automation.id],
  )
}
