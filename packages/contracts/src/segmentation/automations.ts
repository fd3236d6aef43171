import { z } from 'zod'
import { automationActionKind, automationStatus } from '../codes.js'
import { event } from '../event.js'
import { changedFields, entity, staffId } from '../values.js'
import { automationAction, automationActionExample } from './action-events.js'

const automation = z.object({
  ...entity('automation'),
  status: automationStatus.describe('Whether it runs.'),
  automationVersion: z
    .int()
    .min(1)
    .describe('Number of its definition, which counts up with every change of what it does.'),
  authorId: staffId.describe('Member of staff who wrote that definition, and on behalf of whom it acts.'),
})

const automationExample = {
  id: '0199a1b2-0000-7000-8000-000000000041',
  version: 1,
  status: 'DRAFT' as const,
  automationVersion: 1,
  authorId: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11',
}

export const automationCreated = event(
  'clientele.segmentation.automation.created.v1',
  'An automation was written; it does not run yet.',
  automation,
  automationExample,
)

export const automationUpdated = event(
  'clientele.segmentation.automation.updated.v1',
  'What an automation does, or what it is called, changed.',
  automation.extend({ changedFields }),
  { ...automationExample, version: 2, automationVersion: 2, changedFields: ['actions'] },
)

export const automationStarted = event(
  'clientele.segmentation.automation.started.v1',
  'An automation runs from now on; what happened before sets nothing off.',
  automation,
  { ...automationExample, version: 3, status: 'ACTIVE' },
)

export const automationStopped = event(
  'clientele.segmentation.automation.stopped.v1',
  'An automation runs no longer, not even for what it was set off by already.',
  automation,
  { ...automationExample, version: 4, status: 'STOPPED' },
)

export const automationRemoved = event(
  'clientele.segmentation.automation.removed.v1',
  'An automation was removed for good.',
  automation,
  { ...automationExample, version: 5, status: 'STOPPED' },
)

export const automationActionRequested = event(
  'clientele.segmentation.automation_action.requested.v1',
  'An automation was set off, and asks the owner of what its action changes to do it.',
  z.object({
    ...automationAction,
    automationVersion: z.int().min(1).describe('Number of the definition that the action is in.'),
    position: z.int().min(0).describe('Place of the action in that definition, from 0.'),
    kind: automationActionKind.describe('What is to be done.'),
    customerVersion: z
      .int()
      .min(1)
      .optional()
      .describe('Version that the customer has at least: that of the assignment that the same run began with.'),
    turn: z.int().min(0).describe('Counts the runs of the automation: whose turn it is in a team.'),
  }),
  { ...automationActionExample, automationVersion: 2, position: 0, kind: 'CREATE_TASK', turn: 17 },
)
