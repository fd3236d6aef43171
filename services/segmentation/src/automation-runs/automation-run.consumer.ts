import {
  interactionsAutomationActionAnswered,
  membershipEntered,
  membershipExited,
  profilesAutomationActionAnswered,
} from '@clientele/contracts'
import { consumeBatch } from '@clientele/kit'
import { goOnAfterAssignment } from './after-assignment.js'
import { noteOccurrences } from './occurrence.actions.js'

/** Who enters or leaves a segment may set automations off: by the service's own events, once they are told. */
export const noteMemberships = consumeBatch(
  'segmentation-automation-memberships',
  [membershipEntered, membershipExited],
  noteOccurrences,
)

/** The owners of what actions change tell what came of them; a consumer each, because it listens to one publisher. */
export const keepAnswers = [interactionsAutomationActionAnswered, profilesAutomationActionAnswered].map((answered) =>
  consumeBatch(`segmentation-${answered.service}-action-answers`, answered, async (tx, events) => {
    const rows = events.map(({ data: { id, outcome, reason, made } }) => ({
      id,
      outcome,
      reason,
      ...(made && { type: made.type, made: made.id, version: made.version }),
    }))
    await tx.em.execute(
      `update automation_action set outcome = row.outcome, reason = row.reason, made_type = row.type, made_id = row.made, made_version = row.version
       from jsonb_to_recordset(?::jsonb) as row (id uuid, outcome text, reason text, type text, made uuid, version int)
       where automation_action.id = row.id`,
      [JSON.stringify(rows)],
    )
    await goOnAfterAssignment(tx, events)
  }),
)
