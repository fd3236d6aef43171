import { fileEvents } from '../file-events.js'
import { customerId, entityId } from '../values.js'

const example = { customerId: '0199a1b2-0000-7000-8000-000000000001' }

export const {
  staged: visitFileStaged,
  attached: visitFileAttached,
  refused: visitFileRefused,
  removed: visitFileRemoved,
} = fileEvents(
  'interactions',
  'visit',
  { visitId: entityId.describe('Identifier of the visit.'), customerId },
  { visitId: '0199a1b2-0000-7000-8000-000000000011', ...example },
)

export const {
  staged: complaintFileStaged,
  attached: complaintFileAttached,
  refused: complaintFileRefused,
  removed: complaintFileRemoved,
} = fileEvents(
  'interactions',
  'complaint',
  { complaintId: entityId.describe('Identifier of the complaint.'), customerId },
  { complaintId: '0199a1b2-0000-7000-8000-000000000012', ...example },
)

export const {
  staged: contactFileStaged,
  attached: contactFileAttached,
  refused: contactFileRefused,
  removed: contactFileRemoved,
} = fileEvents(
  'interactions',
  'contact',
  { contactId: entityId.describe('Identifier of the contact.'), customerId },
  { contactId: '0199a1b2-0000-7000-8000-000000000013', ...example },
)

export const {
  staged: taskFileStaged,
  attached: taskFileAttached,
  refused: taskFileRefused,
  removed: taskFileRemoved,
} = fileEvents(
  'interactions',
  'task',
  {
    taskId: entityId.describe('Identifier of the task.'),
    customerId: customerId.nullable().describe('Identifier of the customer concerned; null where it concerns none.'),
  },
  { taskId: '0199a1b2-0000-7000-8000-000000000014', ...example },
)
