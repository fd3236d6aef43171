import { hash } from 'node:crypto'
import { purchaseCorrected, purchaseRecorded, purchaseVoided } from '@clientele/contracts'
import { arrayParameter, parseDecimal, type Transaction } from '@clientele/kit'
import type { PurchaseValues } from './check-purchase.js'
import { Purchase } from './purchase.entity.js'

/** What one transaction does to one purchase; saved by `savePurchases`, with one event. */
export interface PurchaseChange {
  purchase: Purchase
  created: boolean
  fields: Set<string>
  /** The lines to write, where they changed. */
  lines?: PurchaseValues['lines']
  /** What the source says of it now, where that is something else than before. */
  sourceDigest?: string
}

/** A new purchase; it is not written before it is saved, since its customer may be new too. */
export const newPurchase = (
  tx: Pick<Transaction, 'em'>,
  customerId: string,
  { lines, ...values }: PurchaseValues,
  origin?: { system: string; externalId: string } | null,
): PurchaseChange => {
  const fields = {
    customerId,
    ...values,
    status: 'RECORDED' as const,
    originSystem: origin?.system ?? null,
    originExternalId: origin?.externalId ?? null,
    sourceDigest: origin ? digestOf({ lines, ...values }) : null,
  }
  const purchase = tx.em.create(Purchase, fields, { persist: false })
  return { purchase, created: true, fields: new Set(), lines }
}

export const changeOfPurchase = (purchase: Purchase): PurchaseChange => ({
  purchase,
  created: false,
  fields: new Set(),
})

const digestOf = ({ kind, orderedAt, channel, paymentMethod, currency, linesDigest }: PurchaseValues) =>
  hash('sha256', JSON.stringify([kind, orderedAt, channel, paymentMethod, currency, linesDigest]), 'base64url')

/** Sets what the source says of a purchase, unless that is what it said before; tells whether anything differed. */
export const applySource = (change: PurchaseChange, values: PurchaseValues): boolean => {
  const digest = digestOf(values)
  if ((change.sourceDigest ?? change.purchase.sourceDigest) === digest) return false
  change.sourceDigest = digest
  return applyPurchase(change, values)
}

/** Sets what differs; tells whether anything did. */
export const applyPurchase = (change: PurchaseChange, { lines, ...values }: PurchaseValues): boolean => {
  const { purchase } = change
  const differing: string[] = []
  const set = <K extends 'kind' | 'channel' | 'paymentMethod' | 'currency'>(field: K) => {
    if ((purchase[field] ?? null) === values[field]) return
    Object.assign(purchase, { [field]: values[field] })
    differing.push(field)
  }
  for (const field of ['kind', 'channel', 'paymentMethod', 'currency'] as const) set(field)
  if (purchase.orderedAt.getTime() !== values.orderedAt.getTime()) {
    purchase.orderedAt = values.orderedAt
    differing.push('orderedAt')
  }
  if (parseDecimal(purchase.amount) !== parseDecimal(values.amount)) {
    purchase.amount = values.amount
    differing.push('total')
  }
  if (purchase.linesDigest !== values.linesDigest) {
    purchase.linesDigest = values.linesDigest
    purchase.lineCount = values.lineCount
    change.lines = lines
    differing.push('lines')
  }
  for (const field of differing) change.fields.add(field)
  return differing.length > 0
}

/** Takes a purchase out of all counts and sums for good. */
export const applyVoiding = (change: PurchaseChange, now: Date) => {
  Object.assign(change.purchase, { status: 'VOIDED', voidedAt: now })
  change.fields.add('status')
}

/** Writes all purchases of a transaction and their lines in a few statements and emits one event for each. */
export const savePurchases = async (tx: Transaction, all: readonly PurchaseChange[]) => {
  await writeSources(tx, all)
  const changes = all.filter(({ created, fields }) => created || fields.size > 0)
  if (!changes.length) return
  tx.em.persist(changes.map(({ purchase }) => purchase))
  await tx.em.flush()
  await writeLines(tx, changes)
  for (const { purchase, created, fields } of changes) {
    const data = purchaseData(purchase)
    if (created) tx.emit(purchaseRecorded, purchase, data)
    else if (fields.has('status')) tx.emit(purchaseVoided, purchase, data)
    else tx.emit(purchaseCorrected, purchase, { ...data, changedFields: [...fields] })
  }
}

/** No change of a purchase by itself: its version stays. */
const writeSources = async (tx: Transaction, changes: readonly PurchaseChange[]) => {
  const rows = changes.flatMap(({ purchase, sourceDigest }) =>
    sourceDigest === undefined ? [] : [{ id: purchase.id, digest: sourceDigest }],
  )
  if (!rows.length) return
  await tx.em.execute(
    `update purchase set source_digest = row.digest from jsonb_to_recordset(?::jsonb) as row (id uuid, digest text) where purchase.id = row.id`,
    [JSON.stringify(rows)],
  )
}

const purchaseData = (purchase: Purchase) => ({
  customerId: purchase.customerId,
  kind: purchase.kind,
  status: purchase.status,
  orderedAt: purchase.orderedAt.toISOString(),
  channel: purchase.channel ?? null,
  total: { amount: purchase.amount, currency: purchase.currency },
  lineCount: purchase.lineCount,
})

const writeLines = async (tx: Transaction, changes: readonly PurchaseChange[]) => {
  const replaced = changes.filter(({ created, lines }) => lines && !created).map(({ purchase }) => purchase.id)
  if (replaced.length) {
    await tx.em.execute('delete from purchase_line where purchase_id = any(?::uuid[])', [arrayParameter(replaced)])
  }
  const rows = changes.flatMap(({ purchase, lines = [] }) =>
    lines.map((line, position) => ({ purchase_id: purchase.id, position, ...line })),
  )
  if (!rows.length) return
  await tx.em.execute(
    `insert into purchase_line (purchase_id, position, sku, description, quantity, unit_price, discount, total)
     select purchase_id, position, sku, description, quantity, "unitPrice", discount, total
     from jsonb_to_recordset(?::jsonb) as row (purchase_id uuid, position int, sku text, description text,
       quantity numeric, "unitPrice" numeric, discount numeric, total numeric)`,
    [JSON.stringify(rows)],
  )
}
