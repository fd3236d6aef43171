import type { NotificationKind } from '@clientele/contracts'
import type { Transaction } from '@clientele/kit'
import { customers } from '../customer/customer.actions.js'
import { noticeOf, notifyOthers } from '../notifications/notification.actions.js'
import { tellFormer } from '../notifications/tell-former.js'
import { membersOf, type Recipient, toldFor } from '../staff/recipients.js'
import type { Complaint } from './complaint.entity.js'

/** Tells the team that got a complaint. */
export const tellTeam = async (tx: Transaction, complaint: Complaint) =>
  notifyOthers(tx, await teamOf(tx, complaint), told('COMPLAINT_ASSIGNED', complaint))

/** Tells whoever got a complaint, or stands in for them. */
export const tellAssignee = async (tx: Transaction, complaint: Complaint) =>
  notifyOthers(tx, await peopleFor(tx, [complaint.assigneeId]), told('COMPLAINT_ASSIGNED', complaint))

/** Tells whoever handled a complaint that it is somebody else's now. */
export const tellFormerAssignee = (tx: Transaction, complaint: Complaint, former: string | null | undefined) =>
  tellFormer(tx, former, told('COMPLAINT_REASSIGNED', complaint))

type End = 'COMPLAINT_CLOSED' | 'COMPLAINT_WITHDRAWN' | 'COMPLAINT_DUPLICATE'

/** Tells whoever handled a complaint that others ended it. */
export const tellOfEnd = (tx: Transaction, complaint: Complaint, kind: End) =>
  tellFormer(tx, complaint.assigneeId, told(kind, complaint))

/** Tells whoever handles a complaint, the team that looks after it, and whoever looks after its customer, once each. */
export const tellOfEscalation = async (tx: Transaction, complaint: Complaint) => {
  const [customer] = await customers.known(tx, [complaint.customerId])
  const people = await peopleFor(tx, [complaint.assigneeId, customer?.ownerId])
  const all = new Map([...people, ...(await teamOf(tx, complaint))].map((one) => [one.subject, one]))
  notifyOthers(tx, [...all.values()], told('COMPLAINT_ESCALATED', complaint))
}

const peopleFor = async (tx: Transaction, subjects: readonly (string | null | undefined)[]) => {
  const found = await toldFor(tx, [...new Set(subjects.filter((one) => one != null))], tx.now())
  return [...found.values()].flat()
}

const teamOf = async (tx: Transaction, { ownerTeam }: Complaint): Promise<readonly Recipient[]> =>
  ownerTeam == null ? [] : ((await membersOf(tx, [ownerTeam], tx.now())).get(ownerTeam) ?? [])

const told = (kind: NotificationKind, complaint: Complaint) => noticeOf(kind, 'complaint', complaint)
