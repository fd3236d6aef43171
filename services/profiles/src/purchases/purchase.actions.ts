import { Conflict, type Context, isId } from '@clientele/kit'
import { unknownCustomer } from '../customers/customer.actions.js'
import { Customer } from '../customers/customer.entity.js'
import { checkOrigin } from '../customers/origin.js'
import { againstDoubles } from '../validation/doubles.js'
import { findingsAt, refuseFaults } from '../validation/findings.js'
import { Purchase } from './purchase.entity.js'
import type { RecordPurchaseInput } from './purchase.input.js'
import { purchasePolicy } from './purchase.policy.js'
import { newPurchase, savePurchases } from './purchase-changes.js'
import { checkPurchase } from './purchase-check.js'

/** Records a sale or a cancellation. Throws NOT_FOUND, INVALID with all faults, CONFLICT `purchase.origin_taken`. */
export const recordPurchase = (ctx: Context, input: RecordPurchaseInput): Promise<Purchase> =>
  againstDoubles(() =>
    ctx.transaction(
      async (tx) => {
        tx.allow(purchasePolicy.record)
        const findings = findingsAt('input')
        const values = checkPurchase(findings, input, tx.now())
        const origin = checkOrigin(findings, input.origin)
        refuseFaults(findings)
        const known = isId(input.customerId) && (await tx.em.count(Customer, { id: input.customerId }))
        if (!known) throw unknownCustomer()
        const taken =
          origin && (await tx.em.count(Purchase, { originSystem: origin.system, originExternalId: origin.externalId }))
        if (taken) throw originTaken()
        const change = newPurchase(tx, input.customerId.toLowerCase(), values, origin)
        await savePurchases(tx, [change])
        return change.purchase
      },
      { key: input.idempotencyKey, operation: 'recordPurchase', input },
    ),
  )

const originTaken = () => {
  const reason = 'purchase.origin_taken'
  const fields = [{ path: 'input.origin', reason, message: 'belongs to another purchase' }]
  return new Conflict('There is a purchase of this origin already.', { reason, fields })
}
