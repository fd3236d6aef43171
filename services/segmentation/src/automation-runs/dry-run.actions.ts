import { type Context, validationIssues, within } from '@clientele/kit'
import { checkDays, checkDefinition } from '../automations/check-automation.js'
import { automationRunPolicy } from './automation-run.policy.js'
import type { AutomationDryRunInput } from './dry-run.js'
import { AutomationDryRun, mostLookedAt, mostShown } from './dry-run.js'
import { holding, isTriggeredBy, type Occurrence } from './holding.js'

const day = 86_400_000

/** What a definition would have been set off by, of customers in the access scope. Nothing is done, and nothing stays written. */
export const dryRunAutomation = (ctx: Context, input: AutomationDryRunInput): Promise<AutomationDryRun> =>
  ctx.transaction(
    async (tx) => {
      const issues = validationIssues()
      checkDays(issues, input.days)
      const definition = await checkDefinition(tx, issues.below('definition'), input.definition)
      issues.refuse()
      const scope = within(tx.actor, automationRunPolicy.try, 'o')
      const rows = await tx.em.execute<Occurrence[]>(
        `select o.id, o.event, o.customer_id as "customerId", o.at::text, o.data
         from automation_occurrence o join customer_facts f on f.id = o.customer_id
         where o.event = ? and o.at >= ?::timestamptz and ${scope.sql} order by o.at desc, o.id desc limit ?`,
        [definition.trigger.event, new Date(+tx.now() - input.days * day).toISOString(), ...scope.params, mostLookedAt],
      )
      const events = rows.filter((one) => isTriggeredBy(definition.trigger, one))
      const matches = await holding(tx, definition, events)
      return {
        events: events.length,
        matches: matches.length,
        customers: new Set(matches.map(({ customerId }) => customerId)).size,
        isComplete: rows.length < mostLookedAt,
        sample: matches.slice(0, mostShown).map(({ id, event, at, customerId }) => ({
          ...{ eventId: id, event, at: new Date(at), customer: { id: customerId } },
        })),
      }
    },
    { dryRun: true },
  )
