import { z } from 'zod'
import { taskPriority, taskStatus } from '../codes.js'
import { event } from '../event.js'
import { limits, patternOf } from '../limits/index.js'
import { changedFields, code, customerId, entity, entityId, instant, key, staffId } from '../values.js'

const task = z.object({
  ...entity('task'),
  customerId: customerId.nullable().describe('Identifier of the customer concerned; null where it concerns none.'),
  kind: code.describe('Code of what kind of task it is.'),
  status: taskStatus.describe('Status of the task after this change.'),
  priority: taskPriority.describe('How much it matters.'),
  dueAt: instant.describe('When it is to be done.'),
  remindAt: instant.nullable().describe('When somebody is reminded of it; null where nobody is.'),
  assigneeId: staffId.nullable().describe('Member of staff who does it; null where a team does.'),
  teamKey: key.nullable().describe('Key of the team that does it; null where one member of staff does.'),
  about: z
    .object({
      type: code.describe('What it is, as events call it.'),
      id: entityId.describe('Its identifier.'),
    })
    .nullable()
    .describe('What the task is about, beside the customer; null where nothing else.'),
  source: z
    .object({
      service: code.describe('Service that asked for it.'),
      key: z.string().regex(patternOf(limits.taskRequestKey)).describe('What that service knows it by.'),
    })
    .nullish()
    .describe('The service that asked for the task; null where a person created it.'),
})

const taskExample = {
  id: '0199a1b2-0000-7000-8000-000000000014',
  version: 1,
  customerId: '0199a1b2-0000-7000-8000-000000000001',
  kind: 'call.back',
  status: 'OPEN' as const,
  priority: 'NORMAL' as const,
  dueAt: '2026-03-12T16:00:00.000Z',
  remindAt: '2026-03-12T08:00:00.000Z',
  assigneeId: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11',
  teamKey: null,
  about: { type: 'complaint', id: '0199a1b2-0000-7000-8000-000000000012' },
}

export const taskCreated = event(
  'clientele.interactions.task.created.v1',
  'Somebody, or a team, was given something to do.',
  task,
  taskExample,
)

export const taskChanged = event(
  'clientele.interactions.task.changed.v1',
  'Details of a task changed.',
  task.extend({ changedFields }),
  { ...taskExample, version: 2, changedFields: ['note', 'priority'], priority: 'HIGH' },
)

export const taskAssigned = event(
  'clientele.interactions.task.assigned.v1',
  'A task was given to somebody else, or to another team.',
  task,
  { ...taskExample, version: 3, assigneeId: null, teamKey: 'complaints.emea' },
)

export const taskSnoozed = event(
  'clientele.interactions.task.snoozed.v1',
  'The reminder of a task was put off.',
  task,
  { ...taskExample, version: 4, remindAt: '2026-03-12T12:00:00.000Z' },
)

export const taskCompleted = event(
  'clientele.interactions.task.completed.v1',
  'A task was done.',
  task.extend({ outcome: code.nullable().describe('Code of what came of it; null where none was given.') }),
  { ...taskExample, version: 5, status: 'COMPLETED', outcome: 'customer.reached' },
)

export const taskCancelled = event('clientele.interactions.task.cancelled.v1', 'A task was called off.', task, {
  ...taskExample,
  version: 5,
  status: 'CANCELLED',
})

export const taskReopened = event(
  'clientele.interactions.task.reopened.v1',
  'A task that was done, or called off, was taken up again.',
  task,
  { ...taskExample, version: 6 },
)
