import { purchaseSums } from '@clientele/contracts'
import { allow, type Context } from '@clientele/kit'
import { type FilterQuery, raw } from '@mikro-orm/core'
import type { Customer } from '../customers/customer.entity.js'
import { purchasePolicy } from './purchase.policy.js'

/** The customers who have bought something, or have not; a voided purchase does not count. Throws FORBIDDEN for whom purchases are closed: whether there are any is one of them. */
export const withPurchases = ({ actor }: Pick<Context, 'actor'>, has: boolean): FilterQuery<Customer> => {
  allow(actor, purchasePolicy.read)
  const some = { id: { $in: raw(`(select customer_id from purchase where ${purchaseSums.counted})`) } }
  return has ? some : { $not: some }
}
