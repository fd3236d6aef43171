import { type MembershipReason, membershipEntered, membershipExited } from '@clientele/contracts'
import { arrayParameter, type EntityRecord, type Transaction } from '@clientele/kit'

/** A membership that was opened or closed in this transaction. */
export interface MembershipChange {
  id: string
  version: number
  segment_id: string
  customer_id: string
  entered: boolean
}

/** At most so many memberships are opened, and as many closed, by one transaction that evaluates a whole segment. */
export const changesPerTransaction = 2_500

/** Opens memberships of customers that are no members yet. */
export const enter = async (
  tx: Transaction,
  segment: { id: string; key: string },
  customers: readonly string[],
  reason: MembershipReason,
): Promise<number> => {
  const now = tx.now().toISOString()
  const { subject } = tx.actor
  const entered = await tx.em.execute<MembershipChange[]>(
    `insert into segment_membership
       (id, created_at, created_by, updated_at, updated_by, segment_id, customer_id, entered_at, reason)
     select new_id(), ?, ?, ?, ?, ?::uuid, customer, ?, ? from unnest(?::uuid[]) as customer order by customer
     on conflict (tenant, segment_id, customer_id) where exited_at is null do nothing
     returning id, version, segment_id, customer_id, true as entered`,
    [now, subject, now, subject, segment.id, now, reason, arrayParameter(customers)],
  )
  publishChanges(tx, entered, new Map([[segment.id, segment.key]]), reason)
  return entered.length
}

/** Closes open memberships: of the customers named, or of all members, as many as one transaction may. */
export const exit = async (
  tx: Transaction,
  segment: { id: string; key: string },
  customers: readonly string[] | 'all',
  reason: MembershipReason,
): Promise<number> => {
  const now = tx.now().toISOString()
  const some = customers !== 'all'
  const exited = await tx.em.execute<MembershipChange[]>(
    `update segment_membership set exited_at = ?, version = version + 1, updated_at = ?, updated_by = ?
     where id in (
       select id from segment_membership
       where segment_id = ? and exited_at is null ${some ? 'and customer_id = any(?::uuid[])' : ''}
       limit ?)
     returning id, version, segment_id, customer_id, false as entered`,
    [now, now, tx.actor.subject, segment.id, ...(some ? [arrayParameter(customers)] : []), changesPerTransaction],
  )
  publishChanges(tx, exited, new Map([[segment.id, segment.key]]), reason)
  return exited.length
}

/** One event for each membership that was opened or closed. */
export const publishChanges = (
  tx: Transaction,
  changes: readonly MembershipChange[],
  segmentKeys: ReadonlyMap<string, string>,
  reason: MembershipReason,
) => {
  const at = tx.now().toISOString()
  for (const change of changes) {
    tx.emit(change.entered ? membershipEntered : membershipExited, change as unknown as EntityRecord, {
      segmentId: change.segment_id,
      segmentKey: segmentKeys.get(change.segment_id) as string,
      customerId: change.customer_id,
      reason,
      at,
    })
  }
}
