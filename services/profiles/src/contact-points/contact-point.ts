import { type ListLimit, limits } from '@clientele/contracts'
import {
  checkList,
  checkRequiredText,
  checkText,
  type PlainReason,
  type ValidationIssues,
  withoutRepeats,
} from '@clientele/kit'
import { Field, ID, ObjectType } from 'type-graphql'
import { countryCode, doubtCountry } from '../addresses/country.js'
import { type GivenMember, matchStoredEntries } from '../members/match-stored-entries.js'
import { ContactPointKind, ContactPointStatus } from './contact-kinds.js'
import type { ContactPointFields, ContactPointInput } from './contact-point.input.js'
import { normalizeContact } from './normalize.js'

@ObjectType({ description: 'Where a customer or contact person is reached. Personal data.' })
export class ContactPoint {
  @Field(() => ID, { description: 'Stays the same while the value does, and while changes name it.' })
  id!: string
  @Field(() => ContactPointKind, { description: 'By which means.' })
  kind!: ContactPointKind
  @Field(() => String, { nullable: true, description: 'The value as written; null where it is hidden from you.' })
  value!: string
  @Field(() => String, {
    nullable: true,
    description:
      'E-mail address in lower case with its domain in ASCII, number in E.164 with its extension as RFC 3966 writes it (`+8613800138000`, `+498912345670;ext=12`; `tel:` in front makes it a link), absolute URL; null when not valid.',
  })
  normalized!: string | null
  @Field(() => ContactPointStatus, { description: 'Whether it can be used.' })
  status!: ContactPointStatus
}

/** A contact point in the form in which it is stored, before it is known which one it is. */
export type GivenContactPoint = Omit<ContactPoint, 'id'> & GivenMember

/** Contact points that were given, without repeats; undefined where none were. `country` is the ISO code for numbers that name none. */
export const checkContactPoints = (
  issues: ValidationIssues,
  path: string,
  given: readonly ContactPointInput[] | null | undefined,
  country: string | undefined,
  limit: ListLimit = limits.contactPoints,
): GivenContactPoint[] | undefined => {
  const list = checkList(issues, path, given, limit)
  if (!list) return undefined
  const points = list.map((point, index) => {
    const at = `${path}.${index}`
    return { id: point.id, path: at, ...checkContactPoint(issues.below(at), point, country) }
  })
  return withoutRepeats(issues, path, points, naturalKey)
}

type Content = Omit<ContactPoint, 'id'>

/** All that a contact point says, in one order. */
export const contactPointContent = ({ kind, value, normalized, status }: Content) => [kind, value, normalized, status]
/** No list has two contact points of one key. */
export const naturalKey = ({ kind, value, normalized }: Content) => `${kind} ${normalized ?? value}`
const asWritten = ({ kind, value }: Content) => [kind, value]

/** Contact points as they are stored, each with the id of the stored one that it is. `taken` are the ids that others have. */
export const identifyContactPoints = (
  issues: ValidationIssues,
  given: readonly GivenContactPoint[],
  stored: readonly ContactPoint[],
  taken?: Set<string>,
): ContactPoint[] => {
  const keys = [contactPointContent, asWritten, naturalKey]
  const identities = matchStoredEntries<Content, GivenContactPoint, ContactPoint>(issues, given, stored, keys, taken)
  return given.map(({ path: _, ...content }, at) => ({ ...content, id: identities[at]?.id as string }))
}

/** One contact point in the form in which it is stored. */
export const checkContactPoint = (
  issues: ValidationIssues,
  given: ContactPointFields,
  addressCountry: string | undefined,
): Content => {
  const value = checkRequiredText(issues, 'value', given.value, limits.contactPointValue)
  const named = checkText(issues, 'country', given.country, limits.addressPart)
  const country = named ? countryCode(named) : addressCountry
  if (named && !country) doubtCountry(issues, 'country', named)
  const { normalized, status, isSeveral } = normalizeContact(given.kind, value, country)
  if (isSeveral) issues.doubt('value', 'contact_point.several', 'one value; give each its own entry')
  else if (status === ContactPointStatus.INVALID && value) report(issues, 'value', given.kind)
  return { kind: given.kind, value, normalized, status }
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

const unreadable = (kind: ContactPointKind): { reason: PlainReason; message: string } =>
  kind === ContactPointKind.WEB
    ? { reason: 'contact_point.web', message: 'is no web address; kept as written' }
    : { reason: 'contact_point.phone', message: 'is not one certain number of a known numbering plan; kept as written' }
