import { randomUUID } from 'node:crypto'
import { type ListLimit, limits } from '@clientele/contracts'
import { checkList, checkRequiredText, checkText, Limited, type ValidationIssues, withoutRepeats } from '@clientele/kit'
import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { countryCode } from '../addresses/country.js'
import { ContactPointKind, ContactPointStatus } from './contact-kinds.js'
import { normalizeContact } from './normalize.js'

@ObjectType({ description: 'Where a customer or contact person is reached. Personal data.' })
export class ContactPoint {
  @Field(() => ID, { description: 'Stays the same while the value does.' })
  id!: string
  @Field(() => ContactPointKind, { description: 'By which means.' })
  kind!: ContactPointKind
  @Field(() => String, { nullable: true, description: 'The value as written; null where it is hidden from you.' })
  value!: string
  @Field(() => String, {
    nullable: true,
    description:
      'E-mail address in lower case, number in E.164 with its extension as RFC 3966 writes it (`+8613800138000`, `+498912345670;ext=12`; `tel:` in front makes it a link), absolute URL; null when not valid.',
  })
  normalized!: string | null
  @Field(() => ContactPointStatus, { description: 'Whether it can be used.' })
  status!: ContactPointStatus
}

@InputType({
  description:
    'Where somebody is reached: one value each. A number that cannot be read is kept and marked INVALID; several in one value are refused with `contact_point.several`.',
})
export class ContactPointInput {
  @Field(() => ContactPointKind, { description: 'By which means.' })
  kind!: ContactPointKind
  @Limited(limits.contactPointValue)
  @Field(() => String, { description: 'The value as written, at most 254 characters.' })
  value!: string
  @Limited(limits.addressPart)
  @Field(() => String, {
    nullable: true,
    description:
      'Country whose numbering plan a national number follows: ISO code or name, at most 100 characters; by default that of the first address.',
  })
  country?: string | null
}

interface Surroundings {
  /** ISO code of the country of numbers that name none. */
  country?: string | undefined
  /** What is stored now: an equal value keeps its id. */
  current: readonly ContactPoint[]
}

/** Contact points as they are stored; undefined where none were given. */
export const checkContactPoints = (
  issues: ValidationIssues,
  path: string,
  given: readonly ContactPointInput[] | null | undefined,
  around: Surroundings,
  limit: ListLimit = limits.contactPoints,
): ContactPoint[] | undefined => {
  const list = checkList(issues, path, given, limit)
  if (!list) return undefined
  const points = list.map((point, index) => checkPoint(issues, `${path}.${index}`, point, around))
  return withoutRepeats(issues, path, points, (p) => `${p.kind} ${p.normalized ?? p.value}`)
}

const checkPoint = (
  issues: ValidationIssues,
  path: string,
  given: ContactPointInput,
  around: Surroundings,
): ContactPoint => {
  const value = checkRequiredText(issues, `${path}.value`, given.value, limits.contactPointValue)
  const named = checkText(issues, `${path}.country`, given.country, limits.addressPart)
  const country = named ? countryCode(named) : around.country
  if (named && !country) {
    issues.doubt(`${path}.country`, 'country.unknown', 'an ISO code or the name of a country')
  }
  const { normalized, status, isSeveral } = normalizeContact(given.kind, value, country)
  if (isSeveral) issues.doubt(`${path}.value`, 'contact_point.several', 'one value; give each its own entry')
  else if (status === ContactPointStatus.INVALID && value) report(issues, `${path}.value`, given.kind)
  const id = around.current.find((point) => point.kind === given.kind && point.value === value)?.id ?? randomUUID()
  return { id, kind: given.kind, value, normalized, status }
}

// Numbers of old address books are often incomplete: only an e-mail address that is none is worth refusing at the API.
const report = (issues: ValidationIssues, path: string, kind: ContactPointKind) => {
  if (kind === ContactPointKind.EMAIL) {
    issues.doubt(path, 'contact_point.email', 'an e-mail address, such as jane@example.org')
  } else {
    const { reason, message } = unreadable(kind)
    issues.warn(path, reason, message)
  }
}

const unreadable = (kind: ContactPointKind) =>
  kind === ContactPointKind.WEB
    ? { reason: 'contact_point.web', message: 'is no web address; kept as written' }
    : { reason: 'contact_point.phone', message: 'is no number of a known numbering plan; kept as written' }
