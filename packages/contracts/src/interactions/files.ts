import { fileEvents } from '../file-events.js'
import { customerId, entityId } from '../values.js'

const example = { customerId: '0199a1b2-0000-7000-8000-000000000001' }

export const {
  staged: visitFileStaged,
  arrived: visitFileArrived,
  attached: visitFileAttached,
  refused: visitFileRefused,
  thumbnailed: visitFileThumbnailed,
  removed: visitFileRemoved,
} = fileEvents(
  'interactions',
  'visit',
  { visitId: entityId.describe('Identifier of the visit.'), customerId },
  { visitId: '0199a1b2-0000-7000-8000-000000000011', ...example },
)

export const {
  staged: complaintFileStaged,
  arrived: complaintFileArrived,
  attached: complaintFileAttached,
  refused: complaintFileRefused,
  thumbnailed: complaintFileThumbnailed,
  removed: complaintFileRemoved,
} = fileEvents(
  'interactions',
  'complaint',
  { complaintId: entityId.describe('Identifier of the complaint.'), customerId },
  { complaintId: '0199a1b2-0000-7000-8000-000000000012', ...example },
)

export const {
  staged: contactFileStaged,
  arrived: contactFileArrived,
  attached: contactFileAttached,
  refused: contactFileRefused,
  thumbnailed: contactFileThumbnailed,
  removed: contactFileRemoved,
} = fileEvents(
  'interactions',
  'contact',
  { contactId: entityId.describe('Identifier of the contact.'), customerId },
  { contactId: '0199a1b2-0000-7000-8000-000000000013', ...example },
)

export const {
  staged: taskFileStaged,
  arrived: taskFileArrived,
  attached: taskFileAttached,
  refused: taskFileRefused,
  thumbnailed: taskFileThumbnailed,
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
