import type { Measure } from '@clientele/kit'

export const workReassignmentMeasures: readonly Measure[] = [
  {
    name: 'clientele_work_reassignments_running',
    help: 'Reassignments of work that go on in the background',
    sql: `select count(*)::int as value from work_reassignment where status = 'RUNNING'`,
  },
  {
    name: 'clientele_work_reassignment_oldest_age_seconds',
    help: 'Since when the oldest of them goes on',
    sql: `select coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as value
      from work_reassignment where status = 'RUNNING'`,
  },
  {
    name: 'clientele_work_reassigned_of_last_hour',
    help: 'What was handed over by reassignments that go on or ended in the last hour: tasks, visits, complaints',
    labels: ['kind'],
    sql: `select given.kind, sum(given.count)::int as value from work_reassignment w,
        lateral (values ('TASKS', w.tasks), ('VISITS', w.visits), ('COMPLAINTS', w.complaints)) as given (kind, count)
      where w.ended_at is null or w.ended_at > now() - interval '1 hour' group by 1`,
  },
]
