import { type AutomationActionKind, automationActionRequested } from '@clientele/contracts'
import type { Transaction } from '@clientele/kit'

/** An action of a run, and what those who do it must know. */
export interface ActionRequest {
  id: string
  position: number
  kind: AutomationActionKind
  turn: number
  automationId: string
  automationVersion: number
  customerId: string
  /** The version of the customer that an assignment made before. */
  customerVersion?: number
}

/**
 * Asks for an action on behalf of an author, because of an event; answers with the id of its own event. No rights go with it: whoever does it takes
 * those that the author has then.
 */
export const requestAction = (
  tx: Transaction,
  { authorId, cause }: { authorId: string; cause: string | undefined },
  { id, ...action }: ActionRequest,
): string =>
  tx
    .onBehalfOf(
      { subject: authorId, kind: 'automation', id: action.automationId },
      { roles: [], territories: [] },
      cause,
    )
    .emit(automationActionRequested, { id, version: 1 }, action)
