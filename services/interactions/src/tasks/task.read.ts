import { byId, computed, connection, key, part, reads, type Special } from '@clientele/query-compiler'
import { staffBy, teamBy } from '../staff/staff.read.js'
import { overdueSql } from './task-overdue.js'

const special: Special = {
  overdue: (is: boolean, task, c) => `${overdueSql(task, c.now())} = ${is}`,
}

export const taskReads = [
  reads('Task', {
    customer: key('customerId'),
    assignee: staffBy('assignee_id'),
    team: teamBy('team_key'),
    overdue: computed((task, { now }) => overdueSql(task, now())),
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
