import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/**
 * A task belongs to whoever does it, their substitutes, the members of its team and whoever created it; one about a customer also to whom they
 * belong. Service sees all of them, because complaints have them, and does its own.
 */
export const taskPolicy = policy('Task', {
  ownership: {
    owner: 'assigneeId',
    others: {
      whom: 'whoever stands in for them, the members of the team in `teamKey`, and whoever created it',
      table: 'task',
      condition: (task) =>
        `(${task}.assignee_id in (select stood_in_for(?)) or ${task}.team_key in (select team_keys_of(?)) or ${task}.created_by = ?)`,
    },
    parent: { key: 'customerId', table: 'customer' },
  },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin, create: 'TENANT', write: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager, create: 'TERRITORY', write: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales, create: 'TERRITORY', write: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: customerAccess.service, create: 'TENANT', write: 'OWN' },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: {
      clearance: 'SENSITIVE',
      read: customerAccess.privacy_officer,
      create: 'TENANT',
      write: 'OWN',
    },
  },
  onBehalf: { automation: ['create'], work_reassignment: ['write'] },
  opens: {
    read: ['task', 'tasks', 'Customer.tasks'],
    create: ['createTask'],
    write: [
      ...['updateTask', 'assignTask', 'snoozeTask', 'completeTask', 'cancelTask', 'reopenTask'],
      ...['assignTasks', 'snoozeTasks', 'completeTasks'],
    ],
  },
  fields: {
    Task: {
      PLAIN: [
        'customerId',
        'customer',
        'kind',
        'subject',
        'source',
        'status',
        'priority',
        'assigneeId',
        'assignee',
        'handledBy',
        'teamKey',
        'team',
        'dueAt',
        'remindAt',
        'overdue',
        'result',
        'cancellation',
      ],
      PERSONAL: ['title', 'note'],
    },
    TaskSubject: { PLAIN: ['type', 'id'] },
    TaskOutcome: { PLAIN: ['id', 'task', 'code', 'reason', 'message'] },
    TaskBatch: { PLAIN: ['outcomes', 'rejected'] },
    TaskSource: { PLAIN: ['service', 'key'] },
    TaskResult: { PLAIN: ['at', 'by', 'staff', 'outcome'], PERSONAL: ['note'] },
    TaskCancellation: { PLAIN: ['at', 'by', 'staff'], PERSONAL: ['reason'] },
  },
  inputs: {
    TaskFilter: 'Task',
    CreateTaskInput: 'Task',
    UpdateTaskInput: 'Task',
    CompleteTaskInput: 'TaskResult',
    CompleteTasksInput: 'TaskResult',
    CancelTaskInput: 'TaskCancellation',
  },
})
