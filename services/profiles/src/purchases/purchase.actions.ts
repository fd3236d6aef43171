import { Conflict, type Context, retryOnConflict, type Transaction, validationIssues } from '@clientele/kit'
import { anybodys, requireCustomer } from '../customers/customer-reach.js'
import { checkOrigin } from '../customers/origin.js'
import { Purchase } from './purchase.entity.js'
import type { RecordPurchaseInput } from './purchase.input.js'
import { purchasePolicy } from './purchase.policy.js'
import { newPurchase, savePurchases } from './purchase-changes.js'
import { checkPurchase } from './purchase-check.js'

/** Records a sale or a cancellation. Throws NOT_FOUND, FORBIDDEN, INVALID with all faults, CONFLICT `purchase.origin_taken`. */
export const recordPurchase = (ctx: Context, input: RecordPurchaseInput): Promise<Purchase> =>
  retryOnConflict(() =>
    ctx.transaction(
      async (tx) => {
        const issues = validationIssues()
        const values = checkPurchase(issues, input, tx.now())
        const origin = checkOrigin(issues, input.origin)
        issues.refuse()
        const customer = await requireCustomer(tx, input.customerId, purchasePolicy.write)
        if (origin && (await isTaken(tx, origin))) throw originTaken()
        const change = newPurchase(tx, customer.id, values, origin)
        await savePurchases(tx, [change])
        return change.purchase
      },
      { key: input.idempotencyKey, operation: 'recordPurchase', input },
    ),
  )

const isTaken = async (tx: Transaction, { system, externalId }: { system: string; externalId: string }) =>
  (await tx.em.count(Purchase, { originSystem: system, originExternalId: externalId }, anybodys)) > 0

const originTaken = () => {
  const reason = 'purchase.origin_taken'
  const fields = [{ path: 'input.origin', reason, message: 'belongs to another purchase' }]
  return new Conflict('There is a purchase of this origin already.', { reason, fields })
}
