import { randomUUID } from 'node:crypto'
import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { countryCode } from '../addresses/country.js'
import { complain, type Findings } from '../validation/findings.js'
import { checkList, checkRequiredText, withoutRepeats } from '../validation/text.js'
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
    description: 'E-mail address in lower case, number in E.164 (`+8613800138000`), absolute URL; null when not valid.',
  })
  normalized!: string | null
  @Field(() => ContactPointStatus, { description: 'Whether it can be used.' })
  status!: ContactPointStatus
}

@InputType({ description: 'Where somebody is reached. A number that cannot be read is kept and marked INVALID.' })
export class ContactPointInput {
  @Field(() => ContactPointKind, { description: 'By which means.' })
  kind!: ContactPointKind
  @Field(() => String, { description: 'The value as written, at most 254 characters.' })
  value!: string
  @Field(() => String, {
    nullable: true,
    description:
      'Country whose numbering plan a national number follows: ISO code or name; by default that of the first address.',
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
  findings: Findings,
  path: string,
  given: readonly ContactPointInput[] | null | undefined,
  around: Surroundings,
): ContactPoint[] | undefined => {
  const list = checkList(findings, path, given, 50)
  if (!list) return undefined
  const points = list.map((point, index) => checkPoint(findings, `${path}.${index}`, point, around))
  return withoutRepeats(
    findings,
    path,
    'contact_point.duplicate',
    points,
    (p) => `${p.kind} ${p.normalized ?? p.value}`,
  )
}

const checkPoint = (findings: Findings, path: string, given: ContactPointInput, around: Surroundings): ContactPoint => {
  const value = checkRequiredText(findings, `${path}.value`, given.value, 254)
  const country = given.country ? countryCode(given.country) : around.country
  if (given.country && !country) {
    complain(findings, `${path}.country`, 'country.unknown', 'is no country that we know by this code or name')
  }
  const { normalized, status } = normalizeContact(given.kind, value, country)
  if (status === ContactPointStatus.INVALID && value) report(findings, `${path}.value`, given.kind)
  const id = around.current.find((point) => point.kind === given.kind && point.value === value)?.id ?? randomUUID()
  return { id, kind: given.kind, value, normalized, status }
}

// Numbers of old address books are often incomplete: only an e-mail address that is none is worth refusing at the API.
const report = (findings: Findings, path: string, kind: ContactPointKind) => {
  if (kind === ContactPointKind.EMAIL) {
    complain(findings, path, 'contact_point.email', 'is no e-mail address, such as jane@example.org')
  } else {
    findings.warnings.push({ path: findings.at ? `${findings.at}.${path}` : path, ...unreadable(kind) })
  }
}

const unreadable = (kind: ContactPointKind) =>
  kind === ContactPointKind.WEB
    ? { reason: 'contact_point.web', message: 'is no web address; kept as written' }
    : { reason: 'contact_point.phone', message: 'is no number of a known numbering plan; kept as written' }
