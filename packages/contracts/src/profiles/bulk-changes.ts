import { z } from 'zod'
import { bulkChangeKind, bulkChangeStatus } from '../codes.js'
import { event } from '../event.js'
import { entity } from '../values.js'

const count = z.number().int().min(0)

const bulkChange = z.object({
  ...entity('bulk change'),
  kind: bulkChangeKind.describe('What is done to the customers.'),
  status: bulkChangeStatus.describe('Where the bulk change stands.'),
  total: count.describe('How many customers it is about.'),
  changed: count.describe('How many of them were changed.'),
  unchanged: count.describe('How many were as they were to be.'),
  refused: count.describe('How many could not be changed.'),
  undone: count.describe('How many were changed back.'),
  notUndone: count.describe('How many could not be changed back.'),
})

const example = {
  id: '0199a1b2-0000-7000-8000-000000000007',
  version: 1,
  kind: 'SET_FIELDS' as const,
  status: 'RUNNING' as const,
  total: 5_000,
  changed: 0,
  unchanged: 0,
  refused: 0,
  undone: 0,
  notUndone: 0,
}
const done = { ...example, version: 2, status: 'DONE' as const, changed: 4_990, unchanged: 6, refused: 4 }

export const bulkChangeStarted = event(
  'clientele.profiles.bulk_change.started.v1',
  'Somebody began to change many customers at once; each that changes has an event of its own.',
  bulkChange,
  example,
)

export const bulkChangeFinished = event(
  'clientele.profiles.bulk_change.finished.v1',
  'A bulk change has been through all its customers.',
  bulkChange,
  done,
)

export const bulkChangeCancelled = event(
  'clientele.profiles.bulk_change.cancelled.v1',
  'A bulk change was stopped: what was changed stays so, the rest stays as it was.',
  bulkChange,
  { ...done, status: 'CANCELLED', changed: 1_200 },
)

export const bulkChangeUndoStarted = event(
  'clientele.profiles.bulk_change.undo_started.v1',
  'Somebody began to change back what a bulk change had changed.',
  bulkChange,
  { ...done, version: 3, status: 'UNDOING' },
)

export const bulkChangeUndone = event(
  'clientele.profiles.bulk_change.undone.v1',
  'What a bulk change had changed was changed back, but for what somebody has changed since.',
  bulkChange,
  { ...done, version: 4, status: 'UNDONE', undone: 4_988, notUndone: 2 },
)
