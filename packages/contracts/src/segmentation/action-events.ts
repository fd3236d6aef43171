import { z } from 'zod'
import { automationActionOutcome } from '../codes.js'
import { event } from '../event.js'
import { code, customerId, entity, entityId } from '../values.js'

/** What every event of an action says. */
export const automationAction = {
  ...entity('action, one for each run and place'),
  automationId: entityId.describe('Identifier of the automation.'),
  customerId,
}

export const automationActionExample = {
  id: '0199a1b2-0000-7000-8000-000000000042',
  version: 1,
  automationId: '0199a1b2-0000-7000-8000-000000000041',
  customerId: '0199a1b2-0000-7000-8000-000000000001',
}

/** What the owner of an action publishes when it has done it, or will not. */
export const automationActionAnsweredBy = (service: string) =>
  event(
    `clientele.${service}.automation_action.answered.v1`,
    'An action of an automation was done, refused or failed.',
    z.object({
      ...automationAction,
      outcome: automationActionOutcome.describe('What came of it.'),
      reason: code.nullable().describe('Code of why it was refused or failed; null where it was done.'),
      made: z
        .object({
          type: code.describe('What it is, as events call it.'),
          id: entityId.describe('Its identifier.'),
          version: z.int().min(1).optional().describe('Version that it has now, where it was changed.'),
        })
        .nullable()
        .describe('What it made or changed; null where nothing.'),
    }),
    {
      ...automationActionExample,
      outcome: 'DONE',
      reason: null,
      made: { type: 'task', id: '0199a1b2-0000-7000-8000-000000000014' },
    },
  )
