import type { Measure } from '@clientele/kit'

const age = (oldest: string) => `coalesce(extract(epoch from now() - ${oldest}), 0)::float8`

/** What waits to be looked at: what happened, moments that have come, and actions whose owner has not answered for a day at most. */
const waiting = `
  select case name when 'fireAutomations' then 'occurrence' else 'moment' end as what, count(*)::int as count, min(due_at) as oldest
  from timer where name in ('fireAutomations', 'beginAutomationMoment', 'takeCustomersOfAutomation') and next_at <= now() group by 1
  union all
  select 'action', count(*)::int, min(r.created_at) from automation_run r
  join automation_action a on a.tenant = r.tenant and a.run_id = r.id
  where r.created_at > now() - interval '1 day' and a.outcome is null`
const ofLastHour = `created_at > now() - interval '1 hour'`

export const automationMeasures: readonly Measure[] = [
  {
    name: 'clientele_automation_waiting',
    help: 'What automations have to look at (occurrence, moment), and actions that their owner has not answered (action)',
    labels: ['what'],
    sql: `select what, sum(count)::int as value from (${waiting}) w group by what`,
  },
  {
    name: 'clientele_automation_oldest_age_seconds',
    help: 'Age of the oldest of them',
    labels: ['what'],
    sql: `select what, ${age('min(oldest)')} as value from (${waiting}) w group by what`,
  },
  {
    name: 'clientele_automation_runs_of_last_hour',
    help: 'Runs of automations in the last hour, by what came of them and why',
    labels: ['outcome', 'reason'],
    sql: `select outcome, reason, count(*)::int as value from automation_run where ${ofLastHour} group by outcome, reason`,
  },
  {
    name: 'clientele_automation_actions_of_last_hour',
    help: 'Actions of those runs, by kind, what came of them and why; without an outcome where nobody has answered',
    labels: ['kind', 'outcome', 'reason'],
    sql: `select a.kind, a.outcome, a.reason, count(*)::int as value from automation_run r
      join automation_action a on a.tenant = r.tenant and a.run_id = r.id where r.${ofLastHour} group by 1, 2, 3`,
  },
]
