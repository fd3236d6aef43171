import { isDeepStrictEqual } from 'node:util'
import { customerCreated, customerTagged, customerUntagged, customerUpdated } from '@clientele/contracts'
import type { Transaction } from '@clientele/kit'
import { noteAgeBands } from '../coarse-facts/age-band-run.js'
import { indexForSearch } from '../search/search-index.js'
import { assignTags, type GivenTag } from '../tags/tag-assignment.js'
import type { CustomerValues } from './check-customer.js'
import { Customer, type CustomerKind, CustomerStatus } from './customer.entity.js'
import { customerData } from './customer-event.js'
import { nextNumbers } from './customer-number.js'
import { noSensitive, type SensitiveField, type SensitiveValues, toKeep } from './sensitive-values.js'

/** What one transaction does to one customer; saved by `saveCustomers`, with one event. */
export interface CustomerChange {
  customer: Customer
  created: boolean
  /** Paths of the changed fields: `territory`, `person.occupation`. */
  fields: Set<string>
  /** Its sensitive details, as they are known and will be; one that is not known differs from whatever is given. */
  sensitive: SensitiveValues
  /** The sensitive details that are to be kept anew. */
  unkept: Set<SensitiveField>
  addedTags: Map<string, GivenTag>
  removedTags: Set<string>
  /** Removed tags whose place others have taken for good. */
  mergedTags: { key: string; intoKey: string }[]
}

/** `sensitive` is what the actor may hold new values against: who writes without seeing must not learn from an answer what there was. */
export const changeOf = (customer: Customer, sensitive: SensitiveValues = {}): CustomerChange => ({
  customer,
  created: false,
  fields: new Set(),
  sensitive,
  unkept: new Set(),
  addedTags: new Map(),
  removedTags: new Set(),
  mergedTags: [],
})

/** A new customer with these values; without a number it gets one when it is saved. */
export const newCustomer = (
  tx: Pick<Transaction, 'em'>,
  kind: CustomerKind,
  { sensitive = {}, ...values }: CustomerValues,
  origin?: { system: string; externalId: string } | null,
): CustomerChange => {
  const customer: Customer = tx.em.create(Customer, {
    ...{ number: '', displayName: '' },
    status: CustomerStatus.ACTIVE,
    person: null,
    organization: null,
    ownerId: null,
    territory: null,
    source: null,
    contactPoints: [],
    addresses: [],
    contactPeople: [],
    ageBand: null,
    tagKeys: [],
    ...values,
    kind,
    originSystem: origin?.system ?? null,
    originExternalId: origin?.externalId ?? null,
  })
  const change = { ...changeOf(customer, noSensitive()), created: true }
  applySensitive(change, sensitive)
  return change
}

/** Sets what differs; tells whether anything did. */
export const applyValues = (change: CustomerChange, { sensitive = {}, ...values }: CustomerValues): boolean => {
  const paths = Object.entries(values).flatMap(([field, value]) => {
    const stored = change.customer[field as keyof typeof values]
    if (isDeepStrictEqual(plain(stored), plain(value))) return []
    Object.assign(change.customer, { [field]: value })
    const isDetails = field === 'person' || field === 'organization'
    return isDetails ? changedWithin(field, stored, value) : [field]
  })
  paths.push(...applySensitive(change, sensitive))
  for (const path of paths) change.fields.add(path)
  return paths.length > 0
}

const applySensitive = ({ sensitive, unkept }: CustomerChange, values: SensitiveValues): string[] => {
  const differing = (Object.keys(values) as SensitiveField[]).filter(
    (field) => values[field] !== undefined && values[field] !== sensitive[field],
  )
  for (const field of differing) {
    sensitive[field] = values[field] ?? null
    unkept.add(field)
  }
  return differing
}

const plain = (value: unknown) => (value == null ? null : JSON.parse(JSON.stringify(value)))

const changedWithin = (field: string, before: unknown, after: unknown) => {
  const [old, now] = [before ?? {}, after ?? {}] as Record<string, unknown>[]
  return Object.keys({ ...old, ...now })
    .filter((key) => (old?.[key] ?? null) !== (now?.[key] ?? null))
    .map((key) => `${field}.${key}`)
}

/** Adds the tags that the customer does not have yet; tells whether there were any. */
export const addTags = (change: CustomerChange, tags: readonly GivenTag[]): boolean => {
  const missing = tags.filter(({ key }) => !change.customer.tagKeys.includes(key))
  if (!missing.length) return false
  for (const tag of missing) change.addedTags.set(tag.key, tag)
  change.customer.tagKeys = [...change.customer.tagKeys, ...missing.map(({ key }) => key)].toSorted()
  return true
}

/** Takes away those of the tags that the customer has; tells whether there were any. */
export const removeTags = (change: CustomerChange, keys: readonly string[]): boolean => {
  const present = keys.filter((key) => change.customer.tagKeys.includes(key))
  if (!present.length) return false
  for (const key of present) change.removedTags.add(key)
  change.customer.tagKeys = change.customer.tagKeys.filter((key) => !present.includes(key))
  return true
}

const isChange = ({ created, fields, addedTags, removedTags }: CustomerChange) =>
  created || fields.size > 0 || addedTags.size > 0 || removedTags.size > 0

/** Writes all changes of a transaction in a handful of statements, whatever their number, and emits one event for each. */
export const saveCustomers = async (tx: Transaction, all: readonly CustomerChange[]) => {
  const changes = all.filter(isChange)
  if (!changes.length) return
  const nameless = changes.filter(({ customer }) => !customer.number)
  const reserved = new Set(changes.map(({ customer }) => customer.number))
  const numbers = nameless.length ? await nextNumbers(tx, nameless.length, reserved) : []
  nameless.forEach(({ customer }, index) => {
    customer.number = numbers[index] as string
  })
  for (const { customer, created, unkept } of changes) if (unkept.size && !created) touch(tx, customer)
  await tx.em.flush()
  await tx.keys.keep(changes.flatMap(sensitiveToKeep))
  if (changes.some(({ fields, created, customer }) => customer.ageBand && (created || fields.has('ageBand')))) {
    await noteAgeBands(tx)
  }
  await assignTags(tx, changes)
  const searchable = changes.filter(({ created, fields }) => created || fields.size > 0)
  await indexForSearch(
    tx,
    searchable.map(({ customer }) => customer),
  )
  for (const change of changes) emitChange(tx, change)
}

const sensitiveToKeep = ({ customer, sensitive, unkept }: CustomerChange) =>
  toKeep(customer.id, Object.fromEntries([...unkept].map((field) => [field, sensitive[field] ?? null])))

/** Counts as a change of the customer, also within the millisecond of its last one: what is sealed is not in its row. */
export const touch = (tx: Pick<Transaction, 'now'>, customer: Customer) => {
  customer.updatedAt = new Date(Math.max(tx.now().getTime(), customer.updatedAt.getTime() + 1))
}

const emitChange = (
  tx: Transaction,
  { customer, created, fields, addedTags, removedTags, mergedTags }: CustomerChange,
) => {
  const data = { ...customerData(customer), ...(mergedTags.length > 0 && { mergedTags }) }
  if (created) return tx.emit(customerCreated, customer, data)
  if (!fields.size && !removedTags.size) {
    return tx.emit(customerTagged, customer, { ...data, changed: [...addedTags.keys()] })
  }
  if (!fields.size && !addedTags.size)
    return tx.emit(customerUntagged, customer, { ...data, changed: [...removedTags] })
  const tagged = addedTags.size + removedTags.size > 0
  tx.emit(customerUpdated, customer, { ...data, changedFields: [...fields, ...(tagged ? ['tags'] : [])] })
}
