import { z } from 'zod'
import { taskPriority } from '../codes.js'
import { event } from '../event.js'
import { limits, patternOf } from '../limits/index.js'
import { code, customerId, entity, entityId, instant, key, staffId } from '../values.js'

const request = z.object({
  ...entity('request'),
  key: z
    .string()
    .regex(patternOf(limits.taskRequestKey))
    .describe('What the service knows the task by: one that it asked for already is not made again.'),
  kind: code.describe('Code of what kind of task it is.'),
  priority: taskPriority.describe('How much it matters.'),
  customerId: customerId.nullable().describe('Identifier of the customer concerned; null where it concerns none.'),
  dueAt: instant.describe('When it is to be done.'),
  remindAt: instant.nullable().describe('When somebody is to be reminded of it; null where nobody is.'),
  assigneeId: staffId.nullable().describe('Member of staff who is to do it; null where a team is.'),
  teamKey: key.nullable().describe('Key of the team that is to do it; null where one member of staff is.'),
  about: z
    .object({ type: code.describe('What it is, as events call it.'), id: entityId.describe('Its identifier.') })
    .nullable()
    .describe('What the task is about, beside the customer; null where nothing else.'),
})

const requestExample = {
  id: '0199a1b2-0000-7000-8000-000000000016',
  version: 1,
  key: 'verify:0199a1b2-0000-7000-8000-000000000001',
  kind: 'customer.verify',
  priority: 'NORMAL' as const,
  customerId: '0199a1b2-0000-7000-8000-000000000001',
  dueAt: '2026-03-12T16:00:00.000Z',
  remindAt: null,
  assigneeId: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11',
  teamKey: null,
  about: null,
}

/** What a service publishes that wants somebody to do something: interactions makes the task, and its events tell the service by its key. */
export const taskRequestedBy = (service: string) =>
  event(
    `clientele.${service}.task.requested.v1`,
    'The service asked for a task, which interactions makes.',
    request,
    requestExample,
  )
