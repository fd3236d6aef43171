import { limits, type TextLimit } from '@clientele/contracts'
import { checkText, type ValidationIssues } from '@clientele/kit'
import { checkAddresses, countryOf } from '../addresses/address.js'
import { ageBandOf } from '../coarse-facts/age-band.js'
import { checkContactPeople } from '../contact-people/check-contact-person.js'
import { checkContactPoints, identifyContactPoints } from '../contact-points/contact-point.js'
import { checkOwner, type KnownStaff } from '../owners/owners.js'
import type { Customer } from './customer.entity.js'
import { CustomerKind } from './customer.entity.js'
import type { CustomerFieldValues } from './customer.input.js'
import type { OrganizationDetails, PersonDetails } from './customer-details.js'
import { derivedName } from './display-name.js'
import type { SensitiveValues } from './sensitive-values.js'

/** The part of a customer that inputs can set; what they leave out is absent. */
export type CustomerValues = Partial<
  Pick<
    Customer,
    | 'number'
    | 'displayName'
    | 'person'
    | 'organization'
    | 'ownerId'
    | 'territory'
    | 'source'
    | 'contactPoints'
    | 'addresses'
    | 'contactPeople'
    | 'ageBand'
  >
> & {
  /** Details that are kept sealed. */
  sensitive?: SensitiveValues
}

interface Subject {
  /** The members of staff whom inputs name as owners. */
  staff: KnownStaff
  kind: CustomerKind
  /** The customer as it is, when it is to be changed. */
  current?: Customer | undefined
  /** Today, as YYYY-MM-DD. */
  today: string
  /** What to call a customer who comes without any name; without it that is a fault. */
  fallbackName?: string
}

/** Checks a customer's fields, the same for the API and for imports, and brings them into the form in which they are stored. */
export const checkCustomer = (
  issues: ValidationIssues,
  given: CustomerFieldValues,
  subject: Subject,
): CustomerValues => {
  const { current } = subject
  checkKind(issues, given, subject.kind)
  const addresses = checkAddresses(issues, given.addresses, current?.addresses ?? [])
  const country = countryOf(addresses ?? current?.addresses ?? [])
  const points = checkContactPoints(issues, 'contactPoints', given.contactPoints, country)
  const sensitive = sensitiveOf(issues, given, subject)
  const birthDate = sensitive['person.birthDate']
  const values: Record<string, unknown> = {
    ...(given.number != null && { number: checkText(issues, 'number', given.number, limits.key) }),
    ...detailsOf(issues, given, subject),
    sensitive,
    ageBand: birthDate ? ageBandOf(birthDate, subject.today) : birthDate,
    ownerId: checkOwner(issues, 'ownerId', checkText(issues, 'ownerId', given.ownerId, limits.subject), {
      staff: subject.staff,
      current: current?.ownerId,
    }),
    territory: checkText(issues, 'territory', given.territory, limits.key),
    source: checkText(issues, 'source', given.source, limits.key),
    contactPoints: points && identifyContactPoints(issues, points, current?.contactPoints ?? []),
    addresses,
    contactPeople: checkContactPeople(issues, given.contactPeople, current?.contactPeople ?? [], country),
  }
  if (current && given.number === null && !issues.lenient)
    issues.add('number', 'text.required', 'a number, which cannot be cleared')
  values.displayName = displayNameOf(issues, given, values as CustomerValues, subject)
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

const checkKind = (issues: ValidationIssues, given: CustomerFieldValues, kind: CustomerKind) => {
  const foreign = kind === CustomerKind.PERSON ? (['organization', 'contactPeople'] as const) : (['person'] as const)
  for (const field of foreign) {
    const value = given[field]
    const says = Array.isArray(value) ? value.length > 0 : value != null
    if (says) refuseForeign(issues, field, kind)
  }
}

/** Something is given that customers of this kind do not have. */
export const refuseForeign = (issues: ValidationIssues, path: string, kind: CustomerKind) =>
  issues.add(path, 'customer.kind_mismatch', `none: it does not belong to a customer of the kind ${kind}`, { kind })

const detailsOf = (issues: ValidationIssues, given: CustomerFieldValues, { kind, current }: Subject) =>
  kind === CustomerKind.PERSON
    ? { person: personOf(issues, given.person, current?.person) }
    : { organization: organizationOf(issues, given.organization, current?.organization) }

const personOf = (
  issues: ValidationIssues,
  given: CustomerFieldValues['person'],
  current: PersonDetails | null | undefined,
): PersonDetails | null | undefined => {
  if (given == null) return given
  const text = (field: 'familyName' | 'givenName' | 'occupation', limit: TextLimit) =>
    kept(checkText(issues, `person.${field}`, given[field], limit), current?.[field])
  return {
    familyName: text('familyName', limits.personName),
    givenName: text('givenName', limits.personName),
    gender: kept(given.gender, current?.gender),
    occupation: text('occupation', limits.occupation),
  }
}

const organizationOf = (
  issues: ValidationIssues,
  given: CustomerFieldValues['organization'],
  current: OrganizationDetails | null | undefined,
): OrganizationDetails | null | undefined => {
  if (given == null) return given
  return {
    legalName: kept(checkText(issues, 'organization.legalName', given.legalName, limits.legalName), current?.legalName),
    industry: kept(given.industry, current?.industry),
    sizeBand: kept(given.sizeBand, current?.sizeBand),
  }
}

/** The sensitive details that an input speaks of; who clears all details clears these as well. */
const sensitiveOf = (
  issues: ValidationIssues,
  given: CustomerFieldValues,
  { kind, today }: Subject,
): SensitiveValues => {
  const cleared = { birthDate: null, identityNumber: null, incomeBand: null, registrationNumber: null }
  const person = given.person === null ? cleared : given.person
  const organization = given.organization === null ? cleared : given.organization
  const text = (path: string, value: string | null | undefined, limit: TextLimit) =>
    checkText(issues, path, value, limit)
  return kind === CustomerKind.PERSON
    ? {
        'person.birthDate': birthDateOf(issues, person?.birthDate, today),
        'person.identityNumber': text('person.identityNumber', person?.identityNumber, limits.identityNumber),
        'person.incomeBand': text('person.incomeBand', person?.incomeBand, limits.band),
      }
    : {
        'organization.registrationNumber': text(
          'organization.registrationNumber',
          organization?.registrationNumber,
          limits.registrationNumber,
        ),
      }
}

const birthDateOf = (issues: ValidationIssues, given: string | null | undefined, today: string) => {
  if (given && (given > today || given < limits.birthDate.least)) {
    issues.add('person.birthDate', 'date.out_of_range', `a day from ${limits.birthDate.least} to today`, {
      least: limits.birthDate.least,
      most: today,
    })
  }
  return given
}

const kept = <T>(given: T | null | undefined, current: T | null | undefined): T | null =>
  given === undefined ? (current ?? null) : given

/** A name that nobody chose follows the details; one that somebody wrote stays. */
const displayNameOf = (
  issues: ValidationIssues,
  given: CustomerFieldValues,
  values: CustomerValues,
  subject: Subject,
) => {
  const { current, fallbackName } = subject
  const written = checkText(issues, 'displayName', given.displayName, limits.displayName)
  if (written) return written
  const derived = derivedName({
    person: kept(values.person, current?.person),
    organization: kept(values.organization, current?.organization),
  })
  if (current && written === undefined) {
    const chosen = current.displayName !== derivedName(current)
    if (chosen) return current.displayName
  }
  if (derived) return derived
  issues.doubt('displayName', 'customer.nameless', 'a name, where the details hold none')
  return fallbackName
}
