import { byId, computed, connection, key, part, reads, type Special } from '@clientele/query-compiler'
import { staffBy, teamBy } from '../staff/staff.read.js'

const overdue = (task: string, now: string) => `(${task}.status = 'OPEN' and ${task}.due_at < ${now})`

const special: Special = {
  overdue: (is: boolean, task, c) => `${overdue(task, c.now())} = ${is}`,
}

export const taskReads = [
  reads('Task', {
    customer: key('customerId'),
    assignee: staffBy('assignee_id'),
    team: teamBy('team_key'),
    overdue: computed((task, { now }) => overdue(task, now())),
    subject: part(
      { type: (task) => `${task}.subject_type`, id: (task) => `${task}.subject_id` },
      (task) => `${task}.subject_id is not null`,
    ),
    source: part(
      { service: (task) => `${task}.source_service`, key: (task) => `${task}.source_key` },
      (task) => `${task}.source_key is not null`,
    ),
  }),
  reads('Customer', { tasks: connection('Task', { by: 'customerId', orderBy: [['dueAt', 'asc']], special }) }),
  reads('Query', { task: byId('Task'), tasks: connection('Task', { orderBy: [['dueAt', 'asc']], special }) }),
]
