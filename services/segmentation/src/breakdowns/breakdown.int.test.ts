import { customerCreated, customerUpdated } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aCustomer } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

const svc = await startForTest(segmentation)
const analyst = svc.as('analyst')
const BREAKDOWN = `query ($by: [CustomerDimension!]!, $rule: SegmentRuleInput) {
  customerBreakdown(by: $by, rule: $rule) { total groups { values count } } }`
const breakdown = async (by: string[], rule: object | null = null, as = analyst) => {
  const { total, groups } = (await as.query(BREAKDOWN, { by, rule })).customerBreakdown
  return { total, groups: groups.map(({ values, count }: { values: unknown[]; count: number }) => [...values, count]) }
}

type Fields = Parameters<typeof aCustomer>[0]
const known: { id: string }[] = []
const some = async (count: number, fields: Fields, tenant?: string) => {
  for (let at = 0; at < count; at++) {
    const { data } = await svc.deliver(
      customerCreated,
      aCustomer({
        ownerId: null,
        territory: 'emea/de',
        region: null,
        city: null,
        industry: null,
        sizeBand: null,
        ...fields,
      }),
      ...(tenant ? [{ tenant }] : []),
    )
    known.push(data)
  }
}
await some(9, { country: 'DE', city: 'München', gender: 'FEMALE', ageBand: 'FROM_25_TO_34' })
await some(6, { country: 'DE', city: 'Köln', gender: 'MALE', ageBand: 'FROM_65', territory: 'emea/de/nrw' })
await some(8, { country: 'CN', region: '广东省', city: '深圳 🏙', gender: 'FEMALE', territory: 'apac/cn' })
await some(5, { country: 'CN', city: 'القاهرة', gender: 'MALE', territory: 'apac/cn', source: 'web' })
await some(4, { country: null, industry: 'TRADE', sizeBand: 'FROM_250', territory: 'apac/cn' })
await some(2, { country: 'FR', territory: 'emea/fr' })
await svc.drain()

test.each<[string[], object | null, unknown]>([
  [
    ['COUNTRY'],
    null,
    {
      total: 34,
      groups: [
        ['DE', 15],
        ['CN', 13],
      ],
    },
  ],
  [
    ['GENDER'],
    { country: { eq: 'DE' } },
    {
      total: 15,
      groups: [
        ['FEMALE', 9],
        ['MALE', 6],
      ],
    },
  ],
  [
    ['AGE_BAND'],
    { country: { eq: 'DE' } },
    {
      total: 15,
      groups: [
        ['FROM_25_TO_34', 9],
        ['FROM_65', 6],
      ],
    },
  ],
  // A group of what is not known counts like any other; the small one takes it along.
  [['INDUSTRY'], { not: { country: { in: ['DE', 'CN'] } } }, { total: 6, groups: [] }],
  [['SIZE_BAND'], null, { total: 34, groups: [] }],
  [
    ['REGION'],
    null,
    {
      total: 34,
      groups: [
        [null, 26],
        ['广东省', 8],
      ],
    },
  ],
  [
    ['CITY'],
    { country: { eq: 'CN' } },
    {
      total: 13,
      groups: [
        ['深圳 🏙', 8],
        ['القاهرة', 5],
      ],
    },
  ],
  [
    ['COUNTRY', 'GENDER'],
    { country: { in: ['DE', 'CN'] } },
    {
      total: 28,
      groups: [
        ['DE', 'FEMALE', 9],
        ['CN', 'FEMALE', 8],
        ['DE', 'MALE', 6],
        ['CN', 'MALE', 5],
      ],
    },
  ],
  [['COUNTRY'], { source: { eq: 'nobody' } }, { total: null, groups: [] }],
  [['COUNTRY'], { country: { eq: 'FR' } }, { total: null, groups: [] }],
])('by %j and the rule %j there are %j', async (by, rule, expected) => {
  expect(await breakdown(by, rule)).toEqual(expected)
})

test.each([
  ['manager', ['emea'], 17, [['DE', 15]]],
  ['sales', ['emea/de/nrw'], 6, [['DE', 6]]],
  [
    'service',
    [],
    34,
    [
      ['DE', 15],
      ['CN', 13],
    ],
  ],
  [
    'privacy_officer',
    [],
    34,
    [
      ['DE', 15],
      ['CN', 13],
    ],
  ],
])('a %s of %j counts the customers in their access scope', async (role, territories, total, groups) => {
  const found = await breakdown(['COUNTRY'], null, svc.as({ roles: [role], territories }))
  expect(found).toEqual({ total, groups: total === 17 ? [] : groups })
})

test('it says how many customers are withheld, and how large a group must be', async () => {
  const told = async (by: string[], rule: object | null) => {
    const query = BREAKDOWN.replace('{ total', '{ withheld leastGroup total')
    const { withheld, total, leastGroup } = (await analyst.query(query, { by, rule })).customerBreakdown
    return { withheld, total, leastGroup }
  }
  expect(await told(['COUNTRY'], null)).toEqual({ total: 34, withheld: 6, leastGroup: 5 })
  expect(await told(['SIZE_BAND'], null)).toEqual({ total: 34, withheld: 34, leastGroup: 5 })
  expect(await told(['GENDER'], { country: { eq: 'DE' } })).toEqual({ total: 15, withheld: 0, leastGroup: 5 })
  expect(await told(['COUNTRY'], { country: { eq: 'FR' } })).toEqual({ total: null, withheld: null, leastGroup: 5 })
})

test('other tenants are not counted, and a partner counts nobody', async () => {
  expect(await breakdown(['COUNTRY'], null, svc.as({ roles: ['analyst'], tenant: 'other' }))).toEqual({
    ...{ total: null, groups: [] },
  })
  const partner = svc.as('partner').query(BREAKDOWN, { by: ['COUNTRY'] })
  await expect(partner).rejects.toMatchObject({ code: 'FORBIDDEN', reason: 'role' })
})

test.each([
  [[], 'list.too_short', 'by'],
  [['COUNTRY', 'CITY', 'GENDER'], 'list.too_long', 'by'],
  [['CITY', 'CITY'], 'list.repeated', 'by.1'],
])('by %j is refused', async (by, reason, path) => {
  await expect(analyst.query(BREAKDOWN, { by })).rejects.toMatchObject({
    code: 'INVALID',
    fields: [{ path, reason }],
  })
})

test('a customer who moves is counted where they are now, however often and late their events come', async () => {
  const rule = { source: { eq: 'web' } }
  const moved = known.slice(23, 28)
  const move = async (version: number, country: string) => {
    for (const { id } of moved) {
      const data = {
        ...aCustomer({ id, version, country, source: 'web', territory: 'apac/cn' }),
        changedFields: ['addresses'],
      }
      await svc.deliver(customerUpdated, data)
      await svc.deliver(customerUpdated, data)
    }
    await svc.drain()
  }
  await move(3, 'JP')
  await move(2, 'KR')
  expect(await breakdown(['COUNTRY'], rule)).toEqual({ total: 5, groups: [['JP', 5]] })
})
