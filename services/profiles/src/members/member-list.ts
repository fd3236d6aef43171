import { randomUUID } from 'node:crypto'
import type { ListLimit } from '@clientele/contracts'
import { checkList, NotFound, type ValidationIssues } from '@clientele/kit'
import type { CustomerValues } from '../customers/check-customer.js'
import type { Customer } from '../customers/customer.entity.js'

/** An entry of a list of a customer. */
export interface Member {
  id: string
}

/** One list of a customer: what is in it, and what a customer with another one there says. */
export interface MemberPlace<Stored extends Member> {
  entries: readonly Stored[]
  limit: ListLimit
  with(entries: readonly Stored[]): CustomerValues
}

/** What entries of one concept are called, and where they are. */
interface Kind<Stored extends Member> {
  /** What an entry is called in reasons, such as `contact_point`. */
  concept: string
  /** The list that has the entry of this id. */
  placeWith(customer: Customer, id: string): MemberPlace<Stored> | undefined
  /** What an entry is known by, where no list has it twice. */
  identity?(entry: Omit<Stored, 'id'>): string
}

/** What the lists of one concept have of their own. `Where` tells which of a customer's lists is meant. */
export interface MemberKind<Stored extends Member, Where, Added, Changed, Given> extends Kind<Stored> {
  /** Which mutation adds one; idempotency keys are of it. */
  adds: string
  placeOf(issues: ValidationIssues, customer: Customer, where: Where): MemberPlace<Stored>
  /** A new entry in the form in which it is stored. */
  add(issues: ValidationIssues, customer: Customer, added: Added): Omit<Stored, 'id'>
  /** A stored entry as it is after a change: what is left out stays. */
  change(issues: ValidationIssues, customer: Customer, stored: Stored, changed: Changed): Omit<Stored, 'id'>
  /** A whole list, each entry with the id of the stored one that it is. */
  replace(issues: ValidationIssues, customer: Customer, given: Given, stored: readonly Stored[]): readonly Stored[]
}

/** The list with a new entry at its end. A full list is the issue `list.too_long`, an entry that it has already `list.repeated`. */
export const addEntry = <S extends Member>(
  issues: ValidationIssues,
  kind: Kind<S>,
  place: MemberPlace<S>,
  added: Omit<S, 'id'>,
): CustomerValues => {
  const entries = [...place.entries, { ...added, id: randomUUID() } as S]
  refuseRepeated(issues, kind, place, added)
  checkList(issues, 'customerId', entries, place.limit)
  return place.with(entries)
}

/** The list that has the entry, with it changed. Throws NOT_FOUND where no list of the customer has it. */
export const changeEntry = <S extends Member>(
  issues: ValidationIssues,
  kind: Kind<S>,
  customer: Customer,
  id: string,
  change: (stored: S) => Omit<S, 'id'>,
): CustomerValues => {
  const [place, stored] = placeOfEntry(kind, customer, id)
  const changed = { ...change(stored), id } as S
  refuseRepeated(issues, kind, { ...place, entries: place.entries.filter((one) => one !== stored) }, changed)
  return place.with(place.entries.map((one) => (one === stored ? changed : one)))
}

/** The list that has the entry, without it. Throws NOT_FOUND where no list of the customer has it. */
export const removeEntry = <S extends Member>(kind: Kind<S>, customer: Customer, id: string): CustomerValues => {
  const [place, stored] = placeOfEntry(kind, customer, id)
  return place.with(place.entries.filter((one) => one !== stored))
}

/** The entries in the order of `ids`, which must name each of them once. */
export const reorderEntries = <S extends Member>(
  issues: ValidationIssues,
  { entries, limit, with: values }: MemberPlace<S>,
  ids: readonly string[],
): CustomerValues => {
  const byId = new Map(entries.map((one) => [one.id, one]))
  const found = (checkList(issues, 'ids', ids, limit) ?? []).map((id, at) => {
    const entry = byId.get(id)
    const isRepeated = ids.indexOf(id) < at
    issues.must(!!entry, `ids.${at}`, 'member.unknown', 'the id of an entry that this list has')
    issues.must(!entry || !isRepeated, `ids.${at}`, 'member.repeated', 'an id that no entry before it has')
    return entry
  })
  const isWhole = entries.every((one) => found.includes(one))
  issues.must(isWhole, 'ids', 'member.missing', 'the ids of all entries of the list')
  return isWhole ? values(found.filter((one) => one !== undefined)) : {}
}

const refuseRepeated = <S extends Member>(
  issues: ValidationIssues,
  { identity }: Kind<S>,
  { entries }: MemberPlace<S>,
  entry: Omit<S, 'id'>,
) => {
  const isRepeated = identity && entries.some((one) => identity(one) === identity(entry))
  issues.must(!isRepeated, 'value', 'list.repeated', 'one that the list does not have already; it needs no second one')
}

const placeOfEntry = <S extends Member>(kind: Kind<S>, customer: Customer, id: string): [MemberPlace<S>, S] => {
  const place = kind.placeWith(customer, id)
  const stored = place?.entries.find((one) => one.id === id)
  if (!place || !stored) throw unknownEntry(kind.concept)
  return [place, stored]
}

/** NOT_FOUND, such as `contact_point.unknown`. */
export const unknownEntry = (concept: string) =>
  new NotFound(`This customer has no such ${concept.replace('_', ' ')}.`, { reason: `${concept}.unknown` })
