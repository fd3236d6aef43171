import { accessScopeOf, type Context } from '@clientele/kit'
import { requireCustomers } from '../customer/customer.actions.js'
import { checkCustomers } from '../segments/check-segment.js'
import { type SegmentChange, staticSegment } from '../segments/segment.actions.js'
import { enter, exit } from './membership.actions.js'
import { membershipPolicy } from './membership.policy.js'

export interface ChooseMembers {
  segmentId: string
  expectedVersion?: number | null
  customerIds: string[]
  idempotencyKey?: string | null
}

/** Makes customers members of a static segment; who is one already stays one. Throws NOT_FOUND `customer.unknown` for those whom the actor does not reach. */
export const addToSegment = (ctx: Context, input: ChooseMembers) =>
  ctx.transaction(
    async (tx) => {
      tx.allow(membershipPolicy.choose)
      const customers = checkCustomers(input.customerIds)
      const segment = await staticSegment(tx, changeOf(input))
      await requireCustomers(tx, customers, 'input.customerIds', membershipPolicy.choose)
      await enter(tx, segment, customers, 'MANUAL')
      return segment
    },
    { key: input.idempotencyKey, operation: 'addToSegment', input },
  )

/** Ends memberships of a static segment; who is no member stays none. Throws as `addToSegment` for whoever does not reach all customers. */
export const removeFromSegment = (ctx: Context, input: ChooseMembers) =>
  ctx.transaction(
    async (tx) => {
      tx.allow(membershipPolicy.choose)
      const customers = checkCustomers(input.customerIds)
      const segment = await staticSegment(tx, changeOf(input))
      // Who has all customers in scope may name any; from others, what is out of scope must look like what is not there.
      const isLimited = accessScopeOf(tx.actor, membershipPolicy.choose) !== 'TENANT'
      if (isLimited) await requireCustomers(tx, customers, 'input.customerIds', membershipPolicy.choose)
      await exit(tx, segment, customers, 'MANUAL')
      return segment
    },
    { key: input.idempotencyKey, operation: 'removeFromSegment', input },
  )

const changeOf = ({ segmentId, expectedVersion }: ChooseMembers): SegmentChange => ({ id: segmentId, expectedVersion })
