import { hash } from 'node:crypto'
import { limits } from '@clientele/contracts'
import {
  checkList,
  checkNotFuture,
  checkNumber,
  checkText,
  checkTime,
  formatDecimal,
  parseDecimal,
  type ValidationIssues,
} from '@clientele/kit'
import { lineTotal } from './line-total.js'
import { type Purchase, PurchaseKind, type PurchaseLine } from './purchase.entity.js'
import type { PurchaseFieldValues, PurchaseLineInput } from './purchase.input.js'

/** A purchase in the form in which it is stored. */
export interface PurchaseValues
  extends Pick<
    Purchase,
    'kind' | 'orderedAt' | 'channel' | 'paymentMethod' | 'currency' | 'amount' | 'lineCount' | 'linesDigest'
  > {
  lines: PurchaseLine[]
}

const largest = 10n ** 19n
const clockTolerance = 24 * 60 * 60 * 1_000

/** Checks a purchase, the same for the API and for imports, and computes its totals exactly. */
export const checkPurchase = (issues: ValidationIssues, given: PurchaseFieldValues, now: Date): PurchaseValues => {
  const list = checkList(issues, 'lines', given.lines, limits.purchaseLines) ?? []
  checkTime(issues, 'orderedAt', given.orderedAt, limits.eventTime)
  checkNotFuture(issues, 'orderedAt', given.orderedAt, now, clockTolerance)
  const quantities = signed(issues, given.kind, list)
  const lines = list.map((line, index) => checkLine(issues, `lines.${index}`, line, quantities[index] ?? 0n))
  const total = lines.reduce((sum, line) => sum + parseDecimal(line.total), 0n)
  if (tooLarge(total)) issues.add('lines', 'purchase.too_large', 'lines that add up to less than 10^15')
  return {
    kind: given.kind,
    orderedAt: given.orderedAt,
    channel: checkText(issues, 'channel', given.channel, limits.code) ?? null,
    paymentMethod: checkText(issues, 'paymentMethod', given.paymentMethod, limits.paymentMethod) ?? null,
    currency: given.currency,
    amount: formatDecimal(total),
    lineCount: lines.length,
    linesDigest: hash('sha256', JSON.stringify(lines), 'base64url'),
    lines,
  }
}

const tooLarge = (value: bigint) => value >= largest || value <= -largest

/** Quantities of a cancellation are stored negative, whichever sign the source writes. */
const signed = (issues: ValidationIssues, kind: PurchaseKind, lines: readonly PurchaseLineInput[]): bigint[] => {
  const quantities = lines.map(({ quantity }) => parseDecimal(quantity))
  if (kind === PurchaseKind.SALE) return quantities
  if (quantities.some((one) => one > 0n) && quantities.some((one) => one < 0n)) {
    issues.add('lines', 'purchase.mixed_signs', 'quantities of one sign in a cancellation')
  }
  return quantities.map((one) => (one > 0n ? -one : one))
}

const checkLine = (
  issues: ValidationIssues,
  path: string,
  given: PurchaseLineInput,
  quantity: bigint,
): PurchaseLine => {
  const [price, discount] = [parseDecimal(given.unitPrice), parseDecimal(given.discount)]
  if (quantity === 0n) issues.add(`${path}.quantity`, 'number.out_of_range', 'a number other than 0', {})
  if (price < 0n) issues.add(`${path}.unitPrice`, 'number.out_of_range', '0 or more', { least: 0 })
  checkNumber(issues, `${path}.discount`, Number(given.discount), limits.discount)
  const total = lineTotal(quantity, price, discount)
  if (tooLarge(total)) issues.add(path, 'purchase.too_large', 'a line that comes to less than 10^15')
  return {
    sku: checkText(issues, `${path}.sku`, given.sku, limits.sku) ?? null,
    description: checkText(issues, `${path}.description`, given.description, limits.lineDescription) ?? null,
    quantity: formatDecimal(quantity),
    unitPrice: formatDecimal(price),
    discount: formatDecimal(discount),
    total: formatDecimal(total),
  }
}
