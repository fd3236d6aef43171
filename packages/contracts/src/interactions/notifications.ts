import { z } from 'zod'
import { notificationKind } from '../codes.js'
import { event } from '../event.js'
import { code, customerId, entity, entityId, staffId } from '../values.js'

export const notificationCreated = event(
  'clientele.interactions.notification.created.v1',
  'A member of staff was reminded, warned, or told that something was given to them.',
  z.object({
    ...entity('notification'),
    kind: notificationKind.describe('What they are told.'),
    recipientId: staffId.describe('Member of staff who is told.'),
    standsInForId: staffId
      .nullable()
      .describe('Member of staff whose substitute they are here; null where it is theirs.'),
    customerId: customerId.nullable().describe('Identifier of the customer concerned; null where it concerns none.'),
    about: z
      .object({ type: code.describe('What it is, as events call it.'), id: entityId.describe('Its identifier.') })
      .describe('What they are told of.'),
  }),
  {
    id: '0199a1b2-0000-7000-8000-000000000015',
    version: 1,
    kind: 'TASK_REMINDER',
    recipientId: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11',
    standsInForId: null,
    customerId: '0199a1b2-0000-7000-8000-000000000001',
    about: { type: 'task', id: '0199a1b2-0000-7000-8000-000000000014' },
  },
)
