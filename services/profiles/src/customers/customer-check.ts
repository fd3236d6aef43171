import { randomUUID } from 'node:crypto'
import { checkAddresses } from '../addresses/address.js'
import { checkContactPoints } from '../contact-points/contact-point.js'
import { complain, type Findings, fault } from '../validation/findings.js'
import { checkKey, checkList, checkRequiredText, checkText } from '../validation/text.js'
import type { Customer } from './customer.entity.js'
import { CustomerKind } from './customer.entity.js'
import type { CustomerFieldValues } from './customer.input.js'
import type { ContactPerson, OrganizationDetails, PersonDetails } from './customer-details.js'
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
  >
> & {
  /** Details that are kept sealed. */
  sensitive?: SensitiveValues
}

interface Subject {
  kind: CustomerKind
  /** The customer as it is, when it is to be changed. */
  current?: Customer | undefined
  /** Today, as YYYY-MM-DD. */
  today: string
  /** What to call a customer who comes without any name; without it that is a fault. */
  fallbackName?: string
}

/** Checks a customer's fields, the same for the API and for imports, and brings them into the form in which they are stored. */
export const checkCustomer = (findings: Findings, given: CustomerFieldValues, subject: Subject): CustomerValues => {
  const { current } = subject
  checkKind(findings, given, subject.kind)
  const addresses = checkAddresses(findings, given.addresses)
  const country = (addresses ?? current?.addresses)?.find((address) => address.country)?.country ?? undefined
  const values: Record<string, unknown> = {
    ...(given.number != null && { number: checkKey(findings, 'number', given.number) }),
    ...detailsOf(findings, given, subject),
    sensitive: sensitiveOf(findings, given, subject),
    ownerId: checkKey(findings, 'ownerId', given.ownerId, 255),
    territory: checkKey(findings, 'territory', given.territory),
    source: checkKey(findings, 'source', given.source),
    contactPoints: checkContactPoints(findings, 'contactPoints', given.contactPoints, {
      country,
      current: current?.contactPoints ?? [],
    }),
    addresses,
    contactPeople: checkContactPeople(findings, given, current?.contactPeople ?? [], country),
  }
  if (current && given.number === null && !findings.lenient)
    fault(findings, 'number', 'customer.number_required', 'cannot be cleared')
  values.displayName = displayNameOf(findings, given, values as CustomerValues, subject)
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

const checkKind = (findings: Findings, given: CustomerFieldValues, kind: CustomerKind) => {
  const foreign = kind === CustomerKind.PERSON ? (['organization', 'contactPeople'] as const) : (['person'] as const)
  for (const field of foreign) {
    const value = given[field]
    const says = Array.isArray(value) ? value.length > 0 : value != null
    if (says) fault(findings, field, 'customer.kind_mismatch', `does not belong to a customer of the kind ${kind}`)
  }
}

const detailsOf = (findings: Findings, given: CustomerFieldValues, { kind, current }: Subject) =>
  kind === CustomerKind.PERSON
    ? { person: personOf(findings, given.person, current?.person) }
    : { organization: organizationOf(findings, given.organization, current?.organization) }

const personOf = (
  findings: Findings,
  given: CustomerFieldValues['person'],
  current: PersonDetails | null | undefined,
): PersonDetails | null | undefined => {
  if (given == null) return given
  const text = (field: 'familyName' | 'givenName' | 'occupation') =>
    kept(checkText(findings, `person.${field}`, given[field], 100), current?.[field])
  return {
    familyName: text('familyName'),
    givenName: text('givenName'),
    gender: kept(given.gender, current?.gender),
    occupation: text('occupation'),
  }
}

const organizationOf = (
  findings: Findings,
  given: CustomerFieldValues['organization'],
  current: OrganizationDetails | null | undefined,
): OrganizationDetails | null | undefined => {
  if (given == null) return given
  const text = (field: keyof OrganizationDetails, max: number) =>
    kept(checkText(findings, `organization.${field}`, given[field], max), current?.[field])
  return {
    legalName: text('legalName', 200),
    industry: text('industry', 100),
    sizeBand: text('sizeBand', 32),
  }
}

/** The sensitive details that an input speaks of; who clears all details clears these as well. */
const sensitiveOf = (findings: Findings, given: CustomerFieldValues, { kind, today }: Subject): SensitiveValues => {
  const cleared = { birthDate: null, identityNumber: null, incomeBand: null, registrationNumber: null }
  const person = given.person === null ? cleared : given.person
  const organization = given.organization === null ? cleared : given.organization
  const text = (path: string, value: string | null | undefined, max: number) => checkText(findings, path, value, max)
  return kind === CustomerKind.PERSON
    ? {
        'person.birthDate': birthDateOf(findings, person?.birthDate, today),
        'person.identityNumber': text('person.identityNumber', person?.identityNumber, 64),
        'person.incomeBand': text('person.incomeBand', person?.incomeBand, 32),
      }
    : {
        'organization.registrationNumber': text(
          'organization.registrationNumber',
          organization?.registrationNumber,
          64,
        ),
      }
}

const birthDateOf = (findings: Findings, given: string | null | undefined, today: string) => {
  if (given && (given > today || given < '1850-01-01')) {
    fault(findings, 'person.birthDate', 'person.birth_date', 'must lie between 1850-01-01 and today')
  }
  return given
}

const kept = <T>(given: T | null | undefined, current: T | null | undefined): T | null =>
  given === undefined ? (current ?? null) : given

const checkContactPeople = (
  findings: Findings,
  given: CustomerFieldValues,
  current: readonly ContactPerson[],
  country: string | undefined,
): ContactPerson[] | undefined =>
  checkList(findings, 'contactPeople', given.contactPeople, 100)?.map((person, index) => {
    const path = `contactPeople.${index}`
    const name = checkRequiredText(findings, `${path}.name`, person.name, 200)
    const known = current.find((one) => one.name === name)
    const points = { country, current: known?.contactPoints ?? [] }
    return {
      id: known?.id ?? randomUUID(),
      name,
      role: checkText(findings, `${path}.role`, person.role, 100) ?? null,
      contactPoints: checkContactPoints(findings, `${path}.contactPoints`, person.contactPoints, points) ?? [],
    }
  })

/** A name that nobody chose follows the details; one that somebody wrote stays. */
const displayNameOf = (findings: Findings, given: CustomerFieldValues, values: CustomerValues, subject: Subject) => {
  const { current, fallbackName } = subject
  const written = checkText(findings, 'displayName', given.displayName, 200)
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
  complain(findings, 'displayName', 'customer.nameless', 'is needed where the details hold no name')
  return fallbackName
}
