import { limits } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkRequiredText,
  expectVersion,
  locked,
  retryOnConflict,
  type Transaction,
  type ValidationIssue,
  type ValidationIssues,
  validationIssues,
} from '@clientele/kit'
import { inAnyScope, requireCustomer } from '../customers/customer-access.js'
import { checkOrigin } from '../customers/origin.js'
import { checkPurchase } from './check-purchase.js'
import { Purchase } from './purchase.entity.js'
import type { CorrectPurchaseInput, RecordPurchaseInput, VoidPurchaseInput } from './purchase.input.js'
import { purchasePolicy } from './purchase.policy.js'
import { applyPurchase, applyVoiding, changeOfPurchase, newPurchase, savePurchases } from './purchase-changes.js'
import { linesOf } from './purchase-lines.js'

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

/** Sets right what was recorded; saying the same again changes nothing. Throws NOT_FOUND, FORBIDDEN, INVALID with all faults, CONFLICT `version.stale`, `purchase.voided`. */
export const correctPurchase = (ctx: Context, input: CorrectPurchaseInput): Promise<Purchase> =>
  ctx.transaction(
    async (tx) => {
      const purchase = await locked(tx, Purchase, input.id, purchasePolicy.write)
      expectVersion(purchase, input.expectedVersion)
      if (purchase.status === 'VOIDED') throw voided(purchase)
      const issues = validationIssues()
      const reason = checkReason(issues, input.reason)
      const kind = input.kind ?? purchase.kind
      if (kind !== purchase.kind && !input.lines) {
        issues.add('lines', 'purchase.lines_required', 'the lines too where the kind changes')
      }
      const [before = []] = input.lines ? [] : await linesOf(tx.em, [purchase.id])
      const { orderedAt, channel, paymentMethod, currency } = purchase
      const values = checkPurchase(
        issues,
        {
          kind,
          orderedAt: input.orderedAt ?? orderedAt,
          channel: input.channel === undefined ? channel : input.channel,
          paymentMethod: input.paymentMethod === undefined ? paymentMethod : input.paymentMethod,
          currency: input.currency ?? currency,
          lines: input.lines ?? before,
        },
        tx.now(),
      )
      issues.refuse()
      const change = changeOfPurchase(purchase)
      if (applyPurchase(change, values)) purchase.changeReason = reason
      await savePurchases(tx, [change])
      return purchase
    },
    { key: input.idempotencyKey, operation: 'correctPurchase', input },
  )

/** Declares a purchase void: it is kept and counts for nothing. One that is void already stays as it is. Throws NOT_FOUND, FORBIDDEN, INVALID, CONFLICT `version.stale`. */
export const voidPurchase = (ctx: Context, input: VoidPurchaseInput): Promise<Purchase> =>
  ctx.transaction(
    async (tx) => {
      const purchase = await locked(tx, Purchase, input.id, purchasePolicy.void)
      const issues = validationIssues()
      const reason = checkReason(issues, input.reason)
      issues.refuse()
      if (purchase.status === 'VOIDED') return purchase
      expectVersion(purchase, input.expectedVersion)
      const change = changeOfPurchase(purchase)
      applyVoiding(change, tx.now())
      purchase.changeReason = reason
      await savePurchases(tx, [change])
      return purchase
    },
    { key: input.idempotencyKey, operation: 'voidPurchase', input },
  )

const checkReason = (issues: ValidationIssues, reason: string) =>
  checkRequiredText(issues, 'reason', reason, limits.purchaseChangeReason)

const voided = ({ id }: Purchase) =>
  new Conflict('A purchase that was voided cannot be corrected; record the right one.', {
    reason: 'purchase.voided',
    fields: [{ path: 'input.id', reason: 'purchase.voided', message: `${id} is void` }],
  })

const isTaken = async (tx: Transaction, { system, externalId }: { system: string; externalId: string }) =>
  (await tx.em.count(Purchase, { originSystem: system, originExternalId: externalId }, inAnyScope)) > 0

const originTaken = () => {
  const reason = 'purchase.origin_taken'
  const fields: ValidationIssue[] = [{ path: 'input.origin', reason, message: 'belongs to another purchase' }]
  return new Conflict('There is a purchase of this origin already.', { reason, fields })
}
