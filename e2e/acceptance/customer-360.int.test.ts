import { readFile } from 'node:fs/promises'
import { until } from '@clientele/testkit'
import { AuthorizationHeader } from '../platform/authorization.js'
import { startAcceptance } from '../platform/platform.js'
import { tellStory } from '../platform/story.js'

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
const CUSTOMER_360 = /```graphql\n(query Customer360[\s\S]*?)```/.exec(readme)?.[1] ?? ''

const platform = await startAcceptance()
const { customerId, number } = await tellStory(platform)
await platform.ask('manager', 'mutation ($input: RecomputeRfmInput!) { recomputeRfm(input: $input) { __typename } }', {
  input: {},
})

// What crosses services by events is there a moment later.
const whole = await until(async () => {
  const data = await platform.ask('manager', CUSTOMER_360, { id: customerId })
  return data.customer.segments.length && data.customer.rfm?.r && data.customer.externalRefs.length && data
})

test('one query answers everything about a customer, from all five services', () => {
  expect(whole).toEqual({
    customer: {
      id: customerId,
      number,
      kind: 'PERSON',
      displayName: '张伟 Wei Zhang',
      contactPoints: [
        { kind: 'EMAIL', value: 'zhang.wei@example.com' },
        { kind: 'PHONE', value: '138 0013 8000' },
      ],
      tags: [{ name: 'vip' }],
      purchaseSummary: {
        count: 1,
        total: { amount: '317', currency: 'CNY' },
        firstAt: '2026-11-01T08:00:00.000Z',
        lastAt: '2026-11-01T08:00:00.000Z',
      },
      visits: {
        nodes: [
          {
            id: expect.any(String),
            status: 'COMPLETED',
            plannedStart: '2026-11-10T09:00:00.000Z',
            report: { summary: '张伟 is content' },
          },
        ],
        totalCount: 1,
      },
      complaints: {
        nodes: [
          {
            id: expect.any(String),
            number: expect.any(String),
            status: 'RECEIVED',
            severity: 'HIGH',
            resolveBy: expect.stringMatching(/^\d{4}-.*Z$/),
          },
        ],
      },
      timeline: {
        nodes: expect.arrayContaining([
          { __typename: 'Visit', occurredAt: expect.any(String) },
          { __typename: 'Complaint', occurredAt: expect.any(String) },
        ]),
      },
      satisfaction: { nps: 9, csat: 4, lastRespondedAt: expect.any(String) },
      segments: [{ key: 'vip-complaints', name: 'VIPs who complain', enteredAt: expect.any(String) }],
      rfm: {
        recencyDays: expect.any(Number),
        frequency: 1,
        monetary: { amount: '317', currency: 'CNY' },
        r: expect.any(Number),
        f: expect.any(Number),
        m: expect.any(Number),
      },
      externalRefs: [{ system: 'erp', externalId: 'C-77' }],
    },
  })
  expect(whole.customer.timeline.nodes).toHaveLength(2)
})

test('every connection has edges with cursors, nodes, pageInfo and totalCount', async () => {
  const { __schema } = await platform.ask('manager', '{ __schema { types { name fields { name } } } }')
  const fieldsOf = new Map<string, string[]>(
    __schema.types.map((type: any) => [type.name, (type.fields ?? []).map((field: any) => field.name)]),
  )
  const connections = [...fieldsOf.keys()].filter((name) => name.endsWith('Connection'))
  expect(connections.length).toBeGreaterThan(8)
  for (const connection of connections) {
    expect(fieldsOf.get(connection)).toEqual(expect.arrayContaining(['edges', 'nodes', 'pageInfo', 'totalCount']))
    expect(fieldsOf.get(connection.replace(/Connection$/, 'Edge'))).toEqual(expect.arrayContaining(['cursor', 'node']))
  }
  expect(fieldsOf.get('PageInfo')?.toSorted()).toEqual(['endCursor', 'hasNextPage', 'hasPreviousPage', 'startCursor'])
})

test("another tenant's customer is NOT_FOUND", async () => {
  const answer = await platform.request({ roles: ['manager'], tenant: 'globex' }, CUSTOMER_360, { id: customerId })
  expect(answer.data).toEqual({ customer: null })
  expect(answer.errors).toMatchObject([{ path: ['customer'], extensions: { code: 'NOT_FOUND' } }])
})

const authorizations = await AuthorizationHeader.bad(platform.issuer)
test.each(authorizations)('%s is UNAUTHENTICATED', async (_, authorization) => {
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
  const { status, body } = await platform.post({ query: CUSTOMER_360, variables: { id: customerId } }, headers)
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED'])
  expect(body.data?.customer ?? null).toBeNull()
  expect([200, 401]).toContain(status)
})

test('each service that is stopped costs its own fields and nothing else', async () => {
  const lost = new Set<string>()
  const own: Record<string, string[]> = {
    integrations: ['externalRefs'],
    segmentation: ['segments', 'rfm'],
    surveys: ['satisfaction'],
    interactions: ['visits', 'complaints', 'timeline'],
  }
  for (const [service, fields] of Object.entries(own)) {
    await platform.service(service).stop()
    for (const field of fields) lost.add(field)
    const { data, errors } = await platform.request('manager', CUSTOMER_360, { id: customerId })
    for (const [field, value] of Object.entries(whole.customer)) {
      expect(data.customer[field]).toEqual(lost.has(field) ? null : value)
    }
    expect(errors?.every(({ extensions }) => extensions.code === 'UNAVAILABLE')).toBe(true)
    expect(new Set(errors?.map(({ path }) => path?.join('.')))).toEqual(
      new Set([...lost].map((field) => `customer.${field}`)),
    )
  }
  await platform.service('profiles').stop()
  const { data, errors } = await platform.request('manager', CUSTOMER_360, { id: customerId })
  expect(data?.customer ?? null).toBeNull()
  expect(errors).toMatchObject([{ path: ['customer'], extensions: { code: 'UNAVAILABLE' } }])
})
