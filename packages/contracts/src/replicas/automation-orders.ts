import { automationActionRequested } from '../segmentation.js'
import { presentRights, type Rights } from './present-rights.js'
import type { ReplicatedStaff } from './staff-replica.js'

/** What a service that does actions of automations needs to know of each: the event names it, and segmentation tells it when asked. */
export const automationOrders = {
  requested: automationActionRequested,
  owner: 'segmentation',
  document: `query ($automationId: ID!, $number: Int!, $position: Int!, $id: ID!) {
    order: automationActionOrder(automationId: $automationId, number: $number, position: $position, id: $id) {
      action status authorId authorRoles authorTerritories
    }
  }`,
} as const

/** What segmentation answers; null where there is no such action any more. */
export interface AutomationOrderAnswer<Action> {
  order: {
    action: Action
    status: string
    authorId: string
    authorRoles: string[]
    authorTerritories: string[]
  } | null
}

/** An action that is to be done, and for whom; or why it is not. `member` is its author, where the service knows them. */
export const readAutomationOrder = <Action>(
  { order }: AutomationOrderAnswer<Action>,
  id: string,
  member: Pick<ReplicatedStaff, 'active' | 'roles' | 'territories'> | undefined,
) => {
  if (!order) return { refused: 'automation.unknown' }
  const behalf = { subject: order.authorId, kind: 'automation' as const, id }
  if (order.status !== 'ACTIVE') return { refused: 'automation.stopped', behalf }
  const saved: Rights = { roles: order.authorRoles, territories: order.authorTerritories }
  const rights = presentRights(member, saved)
  return rights ? { action: order.action, behalf, rights } : { refused: 'staff.left', behalf }
}
