import { z } from 'zod'
import { workKind, workReassignmentStatus } from '../codes.js'
import { event } from '../event.js'
import { limits } from '../limits/index.js'
import { entity, key, staffId } from '../values.js'

const count = z.number().int().min(0)

const workReassignment = z.object({
  ...entity('work reassignment'),
  status: workReassignmentStatus.describe('Where it stands.'),
  fromId: staffId.describe('Whose work it was.'),
  assigneeId: staffId.nullable().describe('Member of staff who gets it; null where a team does.'),
  teamKey: key.nullable().describe('Key of the team that gets it; null where one member of staff does.'),
  kinds: z.array(workKind).max(limits.workKinds.most).describe('What of their work it is about.'),
  tasks: count.describe('How many tasks were handed over.'),
  visits: count.describe('How many visits were handed over.'),
  complaints: count.describe('How many complaints were handed over.'),
})

const example = {
  id: '0199a1b2-0000-7000-8000-000000000017',
  version: 1,
  status: 'RUNNING' as const,
  fromId: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11',
  assigneeId: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a12',
  teamKey: null,
  kinds: ['TASKS' as const, 'VISITS' as const, 'COMPLAINTS' as const],
  tasks: 0,
  visits: 0,
  complaints: 0,
}

export const workReassignmentStarted = event(
  'clientele.interactions.work_reassignment.started.v1',
  'Somebody began to give the work of a member of staff to others; each task, visit and complaint has an event of its own.',
  workReassignment,
  example,
)

export const workReassignmentFinished = event(
  'clientele.interactions.work_reassignment.finished.v1',
  'The work of a member of staff was given to others, or whoever began it may not go on.',
  workReassignment,
  { ...example, version: 2, status: 'DONE', tasks: 120, visits: 14, complaints: 3 },
)
