import type { AutomationAction } from '../segmentation/automation-action.js'
import { automationActionRequested } from '../segmentation.js'
import { presentRights, type Rights } from './present-rights.js'
import type { ReplicatedStaff } from './staff-replica.js'

/** What a service that does actions of automations needs to know of each: the event names it, and segmentation tells it when asked. */
export const requestedAutomationActions = {
  requested: automationActionRequested,
  owner: 'segmentation',
  document: `query ($ids: [ID!]!) {
    requested: requestedAutomationActions(ids: $ids) { action status authorId authorRoles authorTerritories }
  }`,
} as const

interface RequestedAction {
  action: AutomationAction
  status: string
  authorId: string
  authorRoles: string[]
  authorTerritories: string[]
}

/** What segmentation answers, in the order of the ids; null where there is no such action any more. */
export interface RequestedActionsAnswer {
  requested: (RequestedAction | null)[]
}

/** The authors of what is to be done, each once. */
export const authorsOf = ({ requested }: RequestedActionsAnswer): string[] => [
  ...new Set(requested.flatMap((action) => action?.authorId ?? [])),
]

/** An action that is to be done, and for whom; or why it is not. `member` is its author, where the service knows them. */
export const readRequestedAction = (
  requested: RequestedAction | null | undefined,
  automationId: string,
  member: Pick<ReplicatedStaff, 'active' | 'roles' | 'territories'> | undefined,
) => {
  if (!requested) return { refused: 'automation.unknown' }
  const behalf = { subject: requested.authorId, kind: 'automation' as const, id: automationId }
  if (requested.status !== 'ACTIVE') return { refused: 'automation.stopped', behalf }
  const saved: Rights = { roles: requested.authorRoles, territories: requested.authorTerritories }
  const rights = presentRights(member, saved)
  return rights ? { action: requested.action, behalf, rights } : { refused: 'staff.left', behalf }
}
