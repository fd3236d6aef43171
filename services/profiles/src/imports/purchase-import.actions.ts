import { normalizeLine } from '@clientele/contracts'
import { type Context, type Transaction, type ValidationIssues, validationIssues } from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { inAnyScope, isCustomerInScope } from '../customers/customer-access.js'
import { checkExternalId } from '../customers/origin.js'
import { knownOwners } from '../owners/owners.js'
import { checkPurchase } from '../purchases/check-purchase.js'
import { Purchase } from '../purchases/purchase.entity.js'
import {
  applySource,
  changeOfPurchase,
  newPurchase,
  type PurchaseChange,
  savePurchases,
} from '../purchases/purchase-changes.js'
import { applyCustomerRow, type CustomerBatch, openCustomerBatch, saveCustomerBatch } from './customer-batch.js'
import type { ImportPurchasesInput, PurchaseImportRow } from './import.input.js'
import { importPolicy } from './import.policy.js'
import { ImportOutcome, type ImportResult, type RowOutcome, rejected, rowResult } from './import-result.js'
import { runImport } from './import-run.js'
import { createAcceptedRows } from './repeated-rows.js'

interface PurchaseBatch {
  customers: CustomerBatch
  byExternalId: Map<string, PurchaseChange>
}

/** Records and corrects purchases by their origin; a row with faults is rejected and stops no other. */
export const importPurchases = async (ctx: Context, input: ImportPurchasesInput): Promise<ImportResult> => {
  const staff = await knownOwners(
    ctx,
    importPolicy.purchases,
    input.rows.map(({ customer }) => customer.ownerId),
  )
  const accepted = createAcceptedRows()
  return runImport(ctx, 'purchases', input, async (tx, system, rows) => {
    const batch = await openBatch(tx, system, rows, { dryRun: input.dryRun, staff })
    const results = rows.map((row, index) => {
      const issues = validationIssues('', { lenient: true })
      const externalId = checkExternalId(issues, 'externalId', row.externalId)
      accepted.check(issues, externalId, row)
      const outcome = applyRow(tx, batch, externalId, row, issues)
      if (outcome !== rejected) accepted.accept(externalId, row)
      return rowResult(index, row.externalId, outcome, issues)
    })
    await saveCustomerBatch(tx, batch.customers)
    await savePurchases(tx, [...batch.byExternalId.values()])
    return results
  })
}

const openBatch = async (
  tx: Transaction,
  system: string,
  rows: readonly PurchaseImportRow[],
  how: Pick<CustomerBatch, 'dryRun' | 'staff'>,
): Promise<PurchaseBatch> => {
  const buyers = rows.map(({ customer }) => customer)
  const customers = await openCustomerBatch(tx, system, buyers, {
    rule: importPolicy.purchases,
    lock: false,
    ...how,
  })
  const externalIds = rows.map(({ externalId }) => normalizeLine(externalId))
  const known = await tx.em.find(
    Purchase,
    { originSystem: system, originExternalId: { $in: [...new Set(externalIds)] } },
    { ...inAnyScope, lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  )
  const byExternalId = new Map(known.map((one) => [one.originExternalId as string, changeOfPurchase(one)]))
  return { customers, byExternalId }
}

const applyRow = (
  tx: Transaction,
  batch: PurchaseBatch,
  externalId: string,
  row: PurchaseImportRow,
  issues: ValidationIssues,
): RowOutcome => {
  const values = checkPurchase(issues, row, tx.now())
  const change = batch.byExternalId.get(externalId)
  const customerId = buyerOf(tx, batch.customers, row, issues, change?.purchase.customerId)
  if (issues.found.length || !customerId) return rejected
  if (change?.purchase.status === 'VOIDED') {
    issues.warn('externalId', 'purchase.voided', 'a purchase that was not voided here; it stays void')
    return { outcome: ImportOutcome.UNCHANGED, id: change.purchase.id }
  }
  if (change) {
    const outcome = applySource(change, values) ? ImportOutcome.UPDATED : ImportOutcome.UNCHANGED
    return { outcome, id: change.purchase.id }
  }
  const made = newPurchase(tx, customerId, values, { system: batch.customers.system, externalId })
  batch.byExternalId.set(externalId, made)
  return { outcome: ImportOutcome.CREATED, id: made.purchase.id }
}

/** The id of the customer who bought: one whom the actor reaches, and never another than before; a missing one is created when nothing else is wrong with the row. */
const buyerOf = (
  tx: Transaction,
  customers: CustomerBatch,
  row: PurchaseImportRow,
  issues: ValidationIssues,
  before: string | undefined,
): string | undefined => {
  const nested = issues.below('customer')
  const externalId = checkExternalId(nested, 'externalId', row.customer.externalId)
  const customer = customers.byExternalId.get(externalId)?.customer
  if (customer && !isCustomerInScope(tx, customer, customers.rule)) {
    nested.add('externalId', 'customer.out_of_scope', 'is a customer outside your access scope')
    return undefined
  }
  const known = customer?.id
  if (before && known !== before) {
    nested.add('externalId', 'purchase.customer_changed', 'must stay the customer of the known purchase')
  }
  if (known || before) return known
  if (!row.createMissingCustomer) {
    nested.add('externalId', 'customer.unknown', 'is no customer that came from this system')
    return undefined
  }
  const { kind } = row.customer
  if (!kind) nested.add('kind', 'customer.kind_required', 'is needed to create the customer')
  if (!kind || issues.found.length) return undefined
  return applyCustomerRow(tx, customers, externalId, { ...row.customer, kind }, nested).id ?? undefined
}
