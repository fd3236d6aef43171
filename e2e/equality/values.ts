import type { Random } from '@clientele/query-compiler/equality'
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql'
import type { Known } from './known.js'

/** What a value is for: by its own name, or in a filter by the name of what is filtered; `of` is the type that the field answers with. */
interface Place {
  name: string
  of: string
}

const times = ['2026-11-01T08:00:00.123Z', '2026-11-10T09:00:00+02:00', '2027-01-01T00:00:00Z', '2020-02-29T12:00:00Z']
const texts = ['', 'plain', '季度回访', '客户', '100 %_', `it's`, 'Zhang', 'مراجعة 🤝', 'e']

const byScalar: Record<string, readonly unknown[]> = {
  Int: [0, 1, 2, 3, 9],
  Float: [0, 1.5],
  Boolean: [true, false],
  DateTime: times,
  Date: ['1990-01-02', '2000-02-29'],
  Decimal: ['1', '-2.5', '149.50'],
  PreciseDecimal: ['7.5', '0.006187'],
  CountryCode: ['DE', 'CN'],
  CurrencyCode: ['EUR', 'CNY', 'JPY'],
  EmailAddress: ['a@example.com'],
  PhoneNumber: ['+8613800138000'],
  JSON: [{}],
}

/** Values that an argument or field of this name usually has. */
const byName: Record<string, readonly unknown[]> = {
  first: [0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 5, 20, 100],
  territory: ['emea', 'emea/de', 'apac/cn/华东', 'none'],
  under: ['emea', 'apac', 'emea/d'],
  assigneeId: ['plain', '客户', 'ann'],
  fromId: ['plain', '客户', 'ann'],
  tags: ['VIP', '批发', 'new tag'],
  status: ['ACTIVE'],
  channel: ['phone', 'web'],
  country: ['DE', 'CN'],
  url: ['https://example.com/a'],
  plannedStart: ['2026-12-05T09:00:00Z', '2026-12-07T09:00:00.123Z'],
  plannedEnd: ['2026-12-08T10:00:00Z'],
  replyBy: ['2026-12-31T00:00:00Z'],
  receivedAt: ['2026-11-02T00:00:00Z'],
  occurredAt: ['2026-11-03T00:00:00Z'],
  reason: ['Away', '客户'],
  category: ['delivery.late', 'other'],
  ownerTeam: ['logistics', '物流'],
  key: ['a-key'],
  expectedVersion: [1, 1, 2, 7],
  days: [1, 30, 400],
  versionFrom: [1, 2],
  versionTo: [1, 9],
  service: ['profiles', 'interactions'],
}

/** The type whose id an argument or field of this name has. */
const typesOfIds: Record<string, string> = {
  customerId: 'Customer',
  customerIds: 'Customer',
  ids: 'Customer',
  surveyId: 'Survey',
  segmentId: 'Segment',
  automationId: 'Automation',
  endpointId: 'WebhookEndpoint',
  duplicateOfId: 'Complaint',
}
const comparisons = new Set(['eq', 'in', 'gt', 'gte', 'lt', 'lte', 'contains', 'startsWith', 'has', 'hasAny', 'hasAll'])

/** Makes values for arguments out of what a tenant has; now and then of what another tenant has, or what nobody has. */
export const createValues = (random: Random, known: Known, foreign: Known) => {
  const anyOf = (type: GraphQLInputType, place: Place, depth = 0): unknown => {
    if (isNonNullType(type)) return given(type.ofType, place, depth)
    return random.chance(0.06) ? null : given(type, place, depth)
  }

  const given = (type: GraphQLInputType, place: Place, depth: number): unknown => {
    if (isNonNullType(type)) return given(type.ofType, place, depth)
    if (isListType(type))
      return Array.from({ length: random.one([0, 1, 1, 2, 3]) }, () => anyOf(type.ofType, place, depth))
    if (isEnumType(type)) return random.one(type.getValues()).name
    if (isInputObjectType(type)) return objectOf(type, place, depth)
    return leafOf((type as { name: string }).name, place)
  }

  const objectOf = (type: GraphQLInputObjectType, place: Place, depth: number): Record<string, unknown> => {
    const fields = Object.values(type.getFields())
    const wanted = new Set(random.some(fields, mostFieldsOf(type.name)))
    const isTooDeep = (field: (typeof fields)[number]) => depth > 1 && /^(and|or|not|all|any)$/.test(field.name)
    const chosen = fields.filter(
      (field) => isRequiredInputField(field) || (field.name === 'id' ? true : wanted.has(field) && !isTooDeep(field)),
    )
    return Object.fromEntries(
      chosen.map((field) => {
        const inner = comparisons.has(field.name) ? place : { ...place, name: field.name }
        return [field.name, anyOf(field.type, inner, depth + 1)]
      }),
    )
  }

  const leafOf = (scalar: string, { name, of }: Place): unknown => {
    if (scalar === 'ID') return idOf(name === 'id' ? of : (typesOfIds[name] ?? of))
    const usual = byName[name]
    if (usual && typeof usual[0] === typeOf(scalar)) return random.one(usual)
    if (scalar === 'String' && known[name]?.length && random.chance(0.8)) return random.one(known[name])
    return random.one(byScalar[scalar] ?? texts)
  }

  const idOf = (type: string): unknown => {
    const kind = random.below(100)
    if (kind < 3) return random.one(foreign[type] ?? [''])
    if (kind < 5) return '01890000-0000-7000-8000-000000000000'
    if (kind < 6) return random.one(['', 'no id', '客户', '0'])
    return random.one(known[type] ?? ['01890000-0000-7000-8000-000000000000'])
  }

  /** A value that no such argument can have. */
  const wrong = () => random.one<unknown>([null, '', 'x', -1, 101, 1e12, 0.5, [], {}, [null], true, '\u0000'])

  /** Values of arguments that only fit each other. */
  const together = (): Record<string, unknown> =>
    known.origins?.length && random.chance(0.9) ? (random.one(known.origins) as Record<string, unknown>) : {}

  return { anyOf, wrong, together }
}
export type Values = ReturnType<typeof createValues>

/** Inputs of which exactly one member is given. */
const oneOf = new Set([
  'SegmentRuleInput',
  'AutomationEventConditionInput',
  'AutomationActionInput',
  'AutomationAssigneeInput',
  'AutomationOwnerInput',
])

/** A rule is one condition, a filter a few, and a mutation should be able to go through. */
const mostFieldsOf = (name: string) => (oneOf.has(name) ? 1 : name.endsWith('Input') ? 5 : 2)

const typeOf = (scalar: string) => (scalar === 'Int' || scalar === 'Float' ? 'number' : 'string')
