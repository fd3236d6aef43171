import { normalizeLine } from '@clientele/contracts'
import { type Rule, type Transaction, type ValidationIssues } from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { type CustomerValues, checkCustomer } from '../customers/check-customer.js'
import { Customer } from '../customers/customer.entity.js'
import {
  asOwn,
  clearedUnseen,
  inAnyScope,
  isCustomerInScope,
  seesSensitive,
  sensitiveRoles,
  withOwner,
} from '../customers/customer-access.js'
import {
  addTags,
  applyValues,
  type CustomerChange,
  changeOf,
  newCustomer,
  saveCustomers,
} from '../customers/customer-changes.js'
import { holdersOf } from '../customers/customer-number.js'
import { openAllSensitive } from '../customers/sensitive-values.js'
import { isPlaceInScope } from '../customers/territory.js'
import type { KnownStaff } from '../owners/owners.js'
import { type KnownTags, knownTags } from '../tags/known-tags.js'
import { checkTags } from '../tags/tag-assignment.js'
import type { CustomerImportRow } from './import.input.js'
import { ImportOutcome, type RowOutcome, rejected } from './import-result.js'

/** The customers that a batch is about, looked up at once, and what the batch has done to them so far. */
export interface CustomerBatch {
  system: string
  /** How far whoever imports may go. */
  rule: Rule
  /** Nothing is kept, and who asks learns which of their values are right. */
  dryRun: boolean
  /** The members of staff whom rows name as owners. */
  staff: KnownStaff
  byExternalId: Map<string, CustomerChange>
  /** Who holds the numbers that the batch names: an id, or the external id of one that the batch made. */
  holders: Map<string, string>
  /** The tags that names of the rows lead to. */
  tags: KnownTags
}

type Row = Pick<CustomerImportRow, 'externalId' | 'number' | 'person' | 'organization' | 'tags'>

/**
 * Looks up what the rows name, in two statements, and one more each where they speak of tags or of sensitive details; customers outside of the access scope too, so that none is made twice.
 * `lock` where known customers are to be changed.
 */
export const openCustomerBatch = async (
  tx: Transaction,
  system: string,
  rows: readonly Row[],
  { rule, lock, dryRun, staff }: { rule: Rule; lock: boolean; dryRun: boolean; staff: KnownStaff },
): Promise<CustomerBatch> => {
  const externalIds = [...new Set(rows.map(({ externalId }) => normalizeLine(externalId)))]
  const known = await tx.em.find(
    Customer,
    { originSystem: system, originExternalId: { $in: externalIds } },
    { ...inAnyScope, ...(lock && { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } }) },
  )
  const isCompared = seesSensitive(tx.actor) && rows.some(speaksOfSensitive)
  const sensitive = isCompared ? await openAllSensitive(tx.keys, known) : new Map<string, never>()
  const numbers = rows.flatMap(({ number }) => (number ? [normalizeLine(number)] : []))
  return {
    system,
    rule,
    dryRun,
    staff,
    byExternalId: new Map(
      known.map((customer) => [customer.originExternalId as string, changeOf(customer, sensitive.get(customer.id))]),
    ),
    holders: await holdersOf(tx, [...new Set(numbers)]),
    tags: await knownTags(
      tx,
      rows.flatMap(({ tags }) => tags ?? []),
    ),
  }
}

const speaksOfSensitive = ({ person, organization }: Row) =>
  person === null ||
  organization === null ||
  [person?.birthDate, person?.identityNumber, person?.incomeBand, organization?.registrationNumber].some(
    (value) => value !== undefined,
  )

/** Creates or updates the customer of a row; what is at fault leaves everything as it was. */
export const applyCustomerRow = (
  tx: Transaction,
  batch: CustomerBatch,
  externalId: string,
  row: CustomerImportRow,
  issues: ValidationIssues,
): RowOutcome => {
  const change = batch.byExternalId.get(externalId)
  const current = change?.customer
  if (current && !isCustomerInScope(tx, current, batch.rule)) {
    issues.add('externalId', 'customer.out_of_scope', 'is a customer outside your access scope')
    return rejected
  }
  if (current && current.kind !== row.kind) {
    issues.add('kind', 'customer.kind_changed', `is ${current.kind} and cannot change`, { kind: current.kind })
    return rejected
  }
  const today = tx.now().toISOString().slice(0, 10)
  const checked = checkCustomer(issues, row, {
    ...{ kind: row.kind, current, today, staff: batch.staff, fallbackName: externalId },
  })
  const unseen = current && clearedUnseen(tx.actor, current.kind, row)
  if (unseen) {
    const message = `details that are cleared one by one: some are seen by ${sensitiveRoles.join(', ')} only`
    issues.add(unseen, 'field.hidden', message, { roles: sensitiveRoles })
  }
  if (current && batch.dryRun && seesSensitive(tx.actor)) noteCompared(tx, current, checked)
  const values = placed(tx, batch, current, checked)
  const tags = checkTags(issues, row.tags, batch.tags, current?.tagKeys)
  const holder = values.number && batch.holders.get(values.number)
  if (holder && holder !== current?.id) {
    issues.add('number', 'customer.number_taken', 'belongs to another customer')
  }
  if (issues.found.length) return rejected
  const isPlaced = isPlaceInScope(tx.actor, batch.rule, { ...checked, current: current?.territory })
  if (!isPlaced || !isCustomerInScope(tx, { id: current?.id, ...values }, batch.rule)) {
    const path = checked.territory == null ? 'ownerId' : 'territory'
    issues.add(path, 'customer.out_of_scope', 'would put the customer outside your access scope')
    return rejected
  }
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

/** Tells the audit log of sensitive details that a dry run holds against what is known. */
const noteCompared = ({ trail }: Transaction, { id }: Customer, { sensitive = {} }: CustomerValues) => {
  for (const [field, value] of Object.entries(sensitive)) {
    if (value !== undefined) trail.shown({ type: 'Customer', id }, field)
  }
}

/**
 * Whose the customer is after this row: the importer's own, and new ones in their home territory, where nobody and no territory is named and
 * they have less than the tenant in scope. A territory that a row leaves out stays.
 */
const placed = (tx: Transaction, { rule }: CustomerBatch, current: Customer | undefined, values: CustomerValues) => {
  const after = { ownerId: current?.ownerId ?? null, territory: current?.territory ?? null, ...values }
  if (after.territory !== null) return after
  return current && values.territory === undefined ? withOwner(tx, after, rule) : asOwn(tx, after, rule)
}

export const saveCustomerBatch = (tx: Transaction, batch: CustomerBatch) =>
  saveCustomers(tx, [...batch.byExternalId.values()])
