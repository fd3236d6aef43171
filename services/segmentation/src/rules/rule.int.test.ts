import { randomUUID } from 'node:crypto'
import { evaluator, mostLevels } from '@clientele/conditions'
import { validationIssues } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import fc from 'fast-check'
import { segmentation } from '../service.js'
import { customerVocabulary, type Facts, factsWithScore, isKnown } from './customer-vocabulary.js'
import { checkRule, compileRule, type SegmentRule } from './rule.js'

const now = new Date('2026-03-01T12:00:00.000Z')
const svc = await startForTest(segmentation, { now: () => now })

const day = 86_400_000
const codes: Record<string, string[]> = {
  kind: ['PERSON', 'ORGANIZATION'],
  status: ['ACTIVE', 'ARCHIVED'],
  owner: ['u1', 'u2'],
  source: ['import', '网店', `o'"\\?{},`],
  country: ['DE', 'CN'],
  region: ['Bayern', '广东省'],
  city: ['München', '深圳', 'القاهرة', `o'"\\?{},`],
  industry: ['TRADE', 'HEALTH'],
  sizeBand: ['FROM_1_TO_9', 'FROM_250'],
  ageBand: ['UNDER_18', 'FROM_65'],
  gender: ['FEMALE', 'OTHER'],
  lastComplaintSeverity: ['LOW', 'HIGH'],
}
const territories = ['emea', 'emea/de', 'emea/de/by', 'emea_', 'emeax', 'apac/华东']
const tags = ['vip', '重点', 'a,b', `q"'\\?`, '🙂', 'NULL']
const currencies = ['EUR', 'CNY']
const amounts = ['-10.5', '-0.0001', '0', '0.0001', '10.5', '999999999999999.9999']

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 4 })
const small = fc.integer({ min: 0, max: 6 })
const moment = fc
  .tuple(fc.integer({ min: -1, max: 8 }), fc.constantFrom(0, 1, -1, 43_200_000))
  .map(([days, shift]) => new Date(now.getTime() - days * day + shift))

/** Conditions on one plain fact: which, and of what type it is. */
const plain = {
  kind: ['kind', 'code'],
  status: ['status', 'code'],
  owner: ['ownerId', 'code'],
  source: ['source', 'code'],
  country: ['country', 'code'],
  region: ['region', 'code'],
  city: ['city', 'code'],
  industry: ['industry', 'code'],
  sizeBand: ['sizeBand', 'code'],
  ageBand: ['ageBand', 'code'],
  gender: ['gender', 'code'],
  lastComplaintSeverity: ['lastComplaintSeverity', 'code'],
  purchaseCount: ['purchaseCount', 'number'],
  complaintCount: ['complaintCount', 'number'],
  openComplaints: ['openComplaints', 'number'],
  visitCount: ['visitCount', 'number'],
  nps: ['nps', 'number'],
  csat: ['csat', 'number'],
  ces: ['ces', 'number'],
  createdDaysAgo: ['customerCreatedAt', 'days'],
  firstPurchaseDaysAgo: ['firstPurchaseAt', 'days'],
  lastPurchaseDaysAgo: ['lastPurchaseAt', 'days'],
  lastComplaintDaysAgo: ['lastComplaintAt', 'days'],
  lastRespondedDaysAgo: ['lastRespondedAt', 'days'],
  lastVisitDaysAgo: ['lastVisitAt', 'days'],
} as const

const factOf = (name: keyof typeof plain): fc.Arbitrary<string | number | Date | null> => {
  const [, type] = plain[name]
  if (type === 'code') return orNull(fc.constantFrom(...(codes[name] as string[])))
  if (type === 'days') return orNull(moment)
  return ['nps', 'csat', 'ces'].includes(name) ? orNull(small) : small
}

const names = Object.keys(plain) as (keyof typeof plain)[]
const facts: fc.Arbitrary<Facts> = fc
  .tuple(
    fc.record(Object.fromEntries(names.map((name) => [plain[name][0], factOf(name)]))),
    fc.record({
      territory: orNull(fc.constantFrom(...territories)),
      tags: fc.subarray(tags),
      convertedTotal: orNull(fc.constantFrom(...amounts)),
      purchaseTotals: fc.dictionary(fc.constantFrom(...currencies), fc.constantFrom(...amounts)),
      complaintsReceivedAt: fc.array(moment, { maxLength: 4 }),
      rfm: orNull(fc.record({ r: fc.integer({ min: 1, max: 5 }), f: fc.constantFrom(1, 5), m: fc.constantFrom(2, 4) })),
    }),
  )
  .map(([plain, others]) => ({ ...plain, ...others }) as Facts)
  // A score counts only for who bought.
  .map((one) => (one.purchaseCount === 0 ? { ...one, rfm: null } : one))

const some = <T>(fields: Record<string, fc.Arbitrary<T>>) =>
  fc.record(fields, { requiredKeys: [] }).filter((made) => Object.keys(made).length > 0)
const list = (values: readonly string[]) => fc.subarray([...values], { minLength: 1 })
const numbers = <T>(value: fc.Arbitrary<T>) => some({ eq: value, gt: value, gte: value, lt: value, lte: value })
const key = (values: readonly string[]) => ({ eq: fc.constantFrom(...values), in: list(values) })

const leaf: fc.Arbitrary<SegmentRule> = fc.oneof(
  ...names.map((name) => {
    const condition = plain[name][1] === 'code' ? some<unknown>(key(codes[name] as string[])) : numbers<unknown>(small)
    return condition.map((made) => ({ [name]: made }) as SegmentRule)
  }),
  some<unknown>({ ...key(territories), under: fc.constantFrom(...territories) }).map((territory) => ({ territory })),
  some<unknown>({ has: fc.constantFrom(...tags), hasAny: list(tags), hasAll: list(tags), hasNone: list(tags) }).map(
    (tag) => ({ tag }),
  ),
  numbers(fc.constantFrom(...amounts)).map((convertedTotal) => ({ convertedTotal })),
  fc
    .tuple(fc.constantFrom(...currencies, 'USD'), numbers(fc.constantFrom(...amounts)))
    .map(([currency, bounds]) => ({ purchaseTotal: { currency, ...bounds } })),
  fc
    .tuple(fc.integer({ min: 1, max: 8 }), numbers(fc.integer({ min: 0, max: 4 })))
    .map(([days, bounds]) => ({ complaintsInDays: { days, ...bounds } })),
  some<unknown>({
    r: numbers(fc.integer({ min: 1, max: 5 })),
    f: numbers(fc.integer({ min: 1, max: 5 })),
    m: numbers(fc.integer({ min: 1, max: 5 })),
    score: numbers(fc.integer({ min: 3, max: 15 })),
  }).map((rfm) => ({ rfm })),
) as fc.Arbitrary<SegmentRule>

const rules: fc.Arbitrary<SegmentRule> = fc.letrec<{ node: SegmentRule }>((tie) => ({
  node: fc.oneof(
    { maxDepth: mostLevels - 1, depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })) },
    { weight: 1, arbitrary: fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })) },
    { weight: 1, arbitrary: tie('node').map((not) => ({ not })) },
  ),
})).node

const actor = (tenant: string) => ({ subject: 't', roles: [], tenant, territories: [], kind: 'person' as const })
const em = svc.database.fork(actor('acme'), now)

const store = async (population: readonly (Facts & { id: string })[]) => {
  await em.execute(
    `insert into customer_facts (id, customer_version, kind, status, owner_id, territory, source, tags, customer_created_at,
       purchase_count, first_purchase_at, last_purchase_at, purchase_totals, complaint_count, open_complaints,
       last_complaint_at, last_complaint_severity, visit_count, last_visit_at, nps, csat, ces, last_responded_at,
       converted_total, converted_currency, country, region, city, industry, size_band, age_band, gender, as_of)
     select id, 1, kind, status, "ownerId", territory, source, array(select jsonb_array_elements_text(tags)), "customerCreatedAt",
       "purchaseCount", "firstPurchaseAt", "lastPurchaseAt", "purchaseTotals", "complaintCount", "openComplaints",
       "lastComplaintAt", "lastComplaintSeverity", "visitCount", "lastVisitAt", nps, csat, ces, "lastRespondedAt",
       coalesce("convertedTotal", 0), case when "convertedTotal" is not null then 'EUR' end,
       country, region, city, industry, "sizeBand", "ageBand", gender, ?
     from jsonb_to_recordset(?::jsonb) as row (id uuid, kind text, status text, "ownerId" text, territory text, source text,
       tags jsonb, "customerCreatedAt" timestamptz, "purchaseCount" int, "firstPurchaseAt" timestamptz,
       "lastPurchaseAt" timestamptz, "purchaseTotals" jsonb, "complaintCount" int, "openComplaints" int,
       "lastComplaintAt" timestamptz, "lastComplaintSeverity" text, "visitCount" int, "lastVisitAt" timestamptz,
       nps int, csat int, ces int, "lastRespondedAt" timestamptz, "convertedTotal" numeric, country text, region text, city text, industry text,
       "sizeBand" text, "ageBand" text, gender text)`,
    [now.toISOString(), JSON.stringify(population)],
  )
  for (const { id, rfm, complaintsReceivedAt } of population) {
    if (rfm) await em.execute('insert into rfm_score (id, r, f, m) values (?, ?, ?, ?)', [id, rfm.r, rfm.f, rfm.m])
    for (const [at, status] of [...complaintsReceivedAt.map((one) => [one, 'CLOSED']), [now, 'DUPLICATE']]) {
      await em.execute(
        `insert into complaint_fact (id, version, customer_id, status, severity, received_at) values (?, 1, ?, ?, 'LOW', ?)`,
        [randomUUID(), id, status as string, (at as Date).toISOString()],
      )
    }
  }
}

const selected = async (rule: SegmentRule) => {
  const { sql, params } = await compileRule({ em }, rule, now)
  const rows = await em.execute<{ id: string; holds: boolean }[]>(
    `select f.id, (${sql}) as holds from ${factsWithScore} where ${isKnown}`,
    params,
  )
  return new Map(rows.map(({ id, holds }) => [id, holds]))
}

/** Whether some number is as all comparisons at a place of a rule say: one of their bounds, or one beside it. */
const isMet = (rule: object, path: string) => {
  const place = path.split('.').slice(1)
  const operand = place.reduce((part: any, name) => part[name], rule) as Record<string, number | string>
  const bounds = ['eq', 'gt', 'gte', 'lt', 'lte'].flatMap((sign) => (sign in operand ? [Number(operand[sign])] : []))
  const holds: Record<string, (one: number, bound: number) => boolean> = {
    eq: (one, bound) => one === bound,
    gt: (one, bound) => one > bound,
    gte: (one, bound) => one >= bound,
    lt: (one, bound) => one < bound,
    lte: (one, bound) => one <= bound,
  }
  const near = bounds.flatMap((bound) => bounds.map((other) => (bound + other) / 2).concat(bound - 1, bound + 1))
  return near.some((one) => Object.entries(operand).every(([sign, bound]) => holds[sign]?.(one, Number(bound)) ?? true))
}

test('SQL and oracle agree on generated rules and facts, unknown ones included', async () => {
  const population = fc.sample(facts, { numRuns: 150, seed: 7 }).map((one) => ({ ...one, id: randomUUID() }))
  await store(population)
  let held = 0
  let failed = 0
  await fc.assert(
    fc.asyncProperty(rules, async (rule) => {
      const issues = validationIssues('')
      checkRule(issues, 'rule', rule)
      const others = issues.found.filter(
        ({ reason, path }) => reason !== 'condition.nothing_between' || isMet(rule, path),
      )
      expect(others.filter(({ reason }) => !/^(number.out_of_range|rule.too_large)$/.test(reason))).toEqual([])
      const answers = await selected(rule)
      const holds = evaluator(customerVocabulary, rule)
      for (const one of population) {
        const expected = holds(one, now)
        if (expected) held++
        else failed++
        expect({ rule, one, holds: answers.get(one.id) }).toEqual({ rule, one, holds: expected })
      }
    }),
    { numRuns: 400 },
  )
  expect(Math.min(held, failed)).toBeGreaterThan(1_000)
})

test.each(names.map((name) => [name, plain[name][1]] as const))(
  'a customer of whom nothing is known satisfies no condition on %s, and its negation',
  async (name, type) => {
    const id = randomUUID()
    await em.execute(
      `insert into customer_facts (id, customer_version, as_of, purchase_count, complaint_count, open_complaints, visit_count)
       values (?, 1, ?, 0, 0, 0, 0)`,
      [id, now.toISOString()],
    )
    const rule = { [name]: type === 'code' ? { in: codes[name] } : { gte: 1 } } as SegmentRule
    expect((await selected(rule)).get(id)).toBe(false)
    expect((await selected({ not: rule })).get(id)).toBe(true)
  },
)
