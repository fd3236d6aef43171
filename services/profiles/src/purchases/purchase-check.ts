import { hash } from 'node:crypto'
import { formatDecimal, parseDecimal } from '@clientele/kit'
import { type Findings, fault } from '../validation/findings.js'
import { checkCode, checkList, checkText } from '../validation/text.js'
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
export const checkPurchase = (findings: Findings, given: PurchaseFieldValues, now: Date): PurchaseValues => {
  const list = checkList(findings, 'lines', given.lines, 1_000) ?? []
  if (!list.length) fault(findings, 'lines', 'list.empty', 'must have at least one entry')
  if (given.orderedAt.getTime() > now.getTime() + clockTolerance) {
    fault(findings, 'orderedAt', 'purchase.in_future', 'must not lie in the future')
  }
  const quantities = signed(findings, given.kind, list)
  const lines = list.map((line, index) => checkLine(findings, `lines.${index}`, line, quantities[index] ?? 0n))
  const total = lines.reduce((sum, line) => sum + parseDecimal(line.total), 0n)
  if (tooLarge(total)) fault(findings, 'lines', 'purchase.too_large', 'must add up to less than 10^15')
  return {
    kind: given.kind,
    orderedAt: given.orderedAt,
    channel: checkCode(findings, 'channel', given.channel) ?? null,
    paymentMethod: checkText(findings, 'paymentMethod', given.paymentMethod, 64) ?? null,
    currency: given.currency,
    amount: formatDecimal(total),
    lineCount: lines.length,
    linesDigest: hash('sha256', JSON.stringify(lines), 'base64url'),
    lines,
  }
}

const tooLarge = (value: bigint) => value >= largest || value <= -largest

/** Quantities of a cancellation are stored negative, whichever sign the source writes. */
const signed = (findings: Findings, kind: PurchaseKind, lines: readonly PurchaseLineInput[]): bigint[] => {
  const quantities = lines.map(({ quantity }) => parseDecimal(quantity))
  if (kind === PurchaseKind.SALE) return quantities
  if (quantities.some((one) => one > 0n) && quantities.some((one) => one < 0n)) {
    fault(findings, 'lines', 'purchase.mixed_signs', 'of a cancellation must have quantities of one sign')
  }
  return quantities.map((one) => (one > 0n ? -one : one))
}

const checkLine = (findings: Findings, path: string, given: PurchaseLineInput, quantity: bigint): PurchaseLine => {
  const [price, discount] = [parseDecimal(given.unitPrice), parseDecimal(given.discount)]
  if (quantity === 0n) fault(findings, `${path}.quantity`, 'purchase.quantity', 'must not be 0')
  if (price < 0n) fault(findings, `${path}.unitPrice`, 'purchase.unit_price', 'must be 0 or more')
  if (discount < 0n || discount > 10_000n) {
    fault(findings, `${path}.discount`, 'purchase.discount', 'must be from 0 to 1: 0.25 for 25 %')
  }
  const total = lineTotal(quantity, price, discount)
  if (tooLarge(total)) fault(findings, path, 'purchase.too_large', 'must come to less than 10^15')
  return {
    sku: checkText(findings, `${path}.sku`, given.sku, 64) ?? null,
    description: checkText(findings, `${path}.description`, given.description, 500) ?? null,
    quantity: formatDecimal(quantity),
    unitPrice: formatDecimal(price),
    discount: formatDecimal(discount),
    total: formatDecimal(total),
  }
}
