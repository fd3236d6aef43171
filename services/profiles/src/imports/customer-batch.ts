import type { Transaction } from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { Customer } from '../customers/customer.entity.js'
import {
  addTags,
  applyValues,
  type CustomerChange,
  changeOf,
  newCustomer,
  saveCustomers,
} from '../customers/customer-changes.js'
import { checkCustomer } from '../customers/customer-check.js'
import { holdersOf } from '../customers/customer-number.js'
import { checkTags } from '../tags/tag-assignment.js'
import { type Findings, fault } from '../validation/findings.js'
import type { CustomerImportRow } from './import.input.js'
import { ImportOutcome, type RowOutcome, rejected } from './import-result.js'

/** The customers that a batch is about, looked up at once, and what the batch has done to them so far. */
export interface CustomerBatch {
  system: string
  byExternalId: Map<string, CustomerChange>
  /** Who holds the numbers that the batch names: an id, or the external id of one that the batch made. */
  holders: Map<string, string>
}

type Row = Pick<CustomerImportRow, 'externalId' | 'number'>

/** Looks up what the rows name, in two statements; `lock` where known customers are to be changed. */
export const openCustomerBatch = async (
  tx: Transaction,
  system: string,
  rows: readonly Row[],
  { lock }: { lock: boolean },
): Promise<CustomerBatch> => {
  const externalIds = [...new Set(rows.map(({ externalId }) => externalId.normalize('NFC').trim()))]
  const known = await tx.em.find(
    Customer,
    { originSystem: system, originExternalId: { $in: externalIds } },
    lock ? { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } : {},
  )
  const numbers = rows.flatMap(({ number }) => (number ? [number.normalize('NFC').trim()] : []))
  return {
    system,
    byExternalId: new Map(known.map((customer) => [customer.originExternalId as string, changeOf(customer)])),
    holders: await holdersOf(tx, [...new Set(numbers)]),
  }
}

/** Creates or updates the customer of a row; what is at fault leaves everything as it was. */
export const applyCustomerRow = (
  tx: Transaction,
  batch: CustomerBatch,
  externalId: string,
  row: CustomerImportRow,
  findings: Findings,
): RowOutcome => {
  const change = batch.byExternalId.get(externalId)
  const current = change?.customer
  if (current && current.kind !== row.kind) {
    fault(findings, 'kind', 'customer.kind_changed', `is ${current.kind} and cannot change`)
    return rejected
  }
  const today = tx.now().toISOString().slice(0, 10)
  const values = checkCustomer(findings, row, { kind: row.kind, current, today, fallbackName: externalId })
  const tags = checkTags(findings, row.tags)
  const holder = values.number && batch.holders.get(values.number)
  if (holder && holder !== current?.id) {
    fault(findings, 'number', 'customer.number_taken', 'belongs to another customer')
  }
  if (findings.faults.length) return rejected
  if (change) {
    const differs = applyValues(change, values)
    const tagged = addTags(change, tags)
    if (values.number) batch.holders.set(values.number, change.customer.id)
    return { outcome: differs || tagged ? ImportOutcome.UPDATED : ImportOutcome.UNCHANGED, id: change.customer.id }
  }
  const made = newCustomer(tx, row.kind, values, { system: batch.system, externalId })
  addTags(made, tags)
  batch.byExternalId.set(externalId, made)
  if (values.number) batch.holders.set(values.number, made.customer.id)
  return { outcome: ImportOutcome.CREATED, id: made.customer.id }
}

export const saveCustomerBatch = (tx: Transaction, batch: CustomerBatch) =>
  saveCustomers(tx, [...batch.byExternalId.values()])
