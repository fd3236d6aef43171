import type { Transaction } from '@clientele/kit'

/** Whom an action of an automation names: exactly one is given. */
export interface ActionAssignee {
  owner?: true
  teamKey?: string
  staffId?: string
}

/** Who that is now: for the owner whoever looks after the customer, and where nobody does, the author. */
export const namedByAction = (
  { actor }: Transaction,
  { teamKey, staffId }: ActionAssignee,
  ownerId: string | null | undefined,
) => (teamKey === undefined ? { assigneeId: staffId ?? ownerId ?? actor.onBehalfOf?.subject } : { teamKey })
