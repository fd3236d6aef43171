import { type Context, checkId, type Transaction, validationIssues, within } from '@clientele/kit'
import { customersToTake, customersWhoMatch } from '../automation-moments/customers-to-take.js'
import { Automation, type AutomationDefinition, type AutomationSchedule } from '../automations/automation.entity.js'
import { checkDays, checkDefinition } from '../automations/check-automation.js'
import { inTenantCurrency } from './amounts.js'
import { automationRunPolicy } from './automation-run.policy.js'
import { AutomationDryRun, type AutomationDryRunInput, mostLookedAt, mostShown } from './dry-run.js'
import { holding, isTriggeredBy, type Occurrence } from './holding.js'

const day = 86_400_000

/**
 * What a definition would have been set off by, or whom its schedule would take now, of customers in the access scope. Nothing is done, and nothing
 * stays written.
 */
export const dryRunAutomation = (ctx: Context, input: AutomationDryRunInput): Promise<AutomationDryRun> =>
  ctx.transaction(
    async (tx) => {
      const issues = validationIssues()
      checkDays(issues, input.days)
      const automationId = input.automationId == null ? null : checkId(issues, 'automationId', input.automationId)
      const definition = await checkDefinition(tx, issues.below('definition'), input.definition)
      issues.must(
        automationId === null || definition.trigger.schedule !== undefined,
        'automationId',
        'automation.schedule',
        'an automation for SCHEDULED only',
      )
      issues.refuse()
      if (automationId !== null && !(await tx.em.count(Automation, { id: automationId }))) {
        issues.add('automationId', 'automation.unknown', 'an automation of the tenant')
        issues.refuse()
      }
      const { schedule } = definition.trigger
      return schedule
        ? tryNow(tx, definition, schedule, automationId)
        : tryOnWhatHappened(tx, definition, new Date(+tx.now() - input.days * day))
    },
    { dryRun: true },
  )

const tryOnWhatHappened = async (tx: Transaction, definition: AutomationDefinition, since: Date) => {
  const scope = within(tx.actor, automationRunPolicy.try, 'o')
  const rows = await tx.em.execute<Occurrence[]>(
    `select o.id, o.event, o.customer_id as "customerId", o.at::text, o.data
     from automation_occurrence o join customer_facts f on f.id = o.customer_id
     where o.event = ? and o.at >= ?::timestamptz and ${scope.sql} order by o.at desc, o.id desc limit ?`,
    [definition.trigger.event, since.toISOString(), ...scope.params, mostLookedAt],
  )
  const events = rows.filter((one) => isTriggeredBy(definition.trigger, one))
  const matches = await holding(tx, definition, await inTenantCurrency(tx, definition, events))
  return {
    events: events.length,
    matches: matches.length,
    customers: new Set(matches.map(({ customerId }) => customerId)).size,
    isComplete: rows.length < mostLookedAt,
    sample: matches.slice(0, mostShown).map(({ id, event, at, customerId }) => ({
      ...{ eventId: id, event, at: new Date(at), customer: { id: customerId } },
    })),
  }
}

const tryNow = async (
  tx: Transaction,
  definition: AutomationDefinition,
  schedule: AutomationSchedule,
  automationId: string | null,
) => {
  const [at, most] = [tx.now(), schedule.mostCustomers]
  const whose = { actor: tx.actor, rule: automationRunPolicy.try }
  const matching = await customersWhoMatch(tx, definition, { ...whose, most: mostLookedAt })
  const found = await customersToTake(tx, definition, schedule, { ...whose, most: most + 1, automationId, at })
  const taken = found.slice(0, most)
  return {
    ...{ events: matching.length, matches: taken.length, customers: taken.length, isComplete: found.length <= most },
    sample: taken.slice(0, mostShown).map((id) => ({
      ...{ eventId: null, event: 'SCHEDULED' as const, at, customer: { id } },
    })),
  }
}
