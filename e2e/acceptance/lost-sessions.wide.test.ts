import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { createLog } from '@clientele/kit'
import { until } from '@clientele/testkit'
import { backing } from '@clientele/testkit/backing'
import {
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import pg from 'pg'
import { startAcceptance } from '../platform/platform.js'
import { supergraph } from './text-inputs.js'

const lines: string[] = []
const log = createLog({ name: 'test', level: 'error', destination: { write: (line) => void lines.push(line) } })
const platform = await startAcceptance({ log })
const authorization = `Bearer ${await platform.token({ roles: ['admin', 'manager'] })}`
const customerId: string = (
  await platform.ask('admin', 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }', {
    input: { kind: 'PERSON', displayName: '王小明', contactPoints: [{ kind: 'EMAIL', value: 'a@b.example' }] },
  })
).createCustomer.id

const admin = new pg.Client({ connectionString: backing().adminUrl })
await admin.connect()
platform.defer(() => admin.end())
const databases = [...platform.services.keys()].map((name) => new URL(platform.urls(name).url).pathname.slice(1))
const endSessions = () =>
  admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = any($1)', [databases])

interface Request {
  what: string
  query: string
  variables: object
}

const around = `query ($id: ID!) { customer(id: $id) { id displayName contactPoints { value } tags { name }
  purchases(first: 5) { nodes { id } } visits(first: 5) { nodes { id } totalCount } complaints(first: 5) { nodes { id } }
  timeline(first: 5) { nodes { __typename } } satisfaction { nps } segments { key } rfm { frequency } externalRefs { system } } }`
/** An argument that must be given, by its type; undefined where it is no plain value. */
const sampleOf = (type: GraphQLInputType): unknown => {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return [sampleOf(nullable.ofType)]
  if (isEnumType(nullable)) return nullable.getValues()[0]!.name
  return { ID: customerId, String: 'a', Int: 5 }[getNamedType(type).name]
}
/** Every query of the supergraph that plain values answer, asked for something that is in a database. */
const queries: Request[] = Object.values(supergraph.getQueryType()!.getFields()).flatMap(({ name, args, type }) => {
  const given = args.filter(isRequiredArgument).map((arg) => [arg, sampleOf(arg.type)] as const)
  const named = getNamedType(type)
  const plain = isObjectType(named)
    ? Object.values(named.getFields()).find((field) => !field.args.length && isLeafType(getNamedType(field.type)))
    : undefined
  if (given.some(([, value]) => value === undefined) || (isObjectType(named) && !plain)) return []
  const declared = given.map(([arg]) => `$${arg.name}: ${arg.type}`)
  const passed = given.map(([arg]) => `${arg.name}: $${arg.name}`)
  const within = (inner: string[], [open, close] = ['(', ')']) => (inner.length ? `${open}${inner}${close}` : '')
  const query = `query ${within(declared)} { ${name}${within(passed)} ${plain ? `{ ${plain.name} }` : ''} }`
  return [{ what: name, query, variables: Object.fromEntries(given.map(([arg, value]) => [arg.name, value])) }]
})
const reads: Request[] = Array.from({ length: 12 }, () => ({
  what: '360',
  query: around,
  variables: { id: customerId },
}))
const now = '2026-03-02T08:00:00Z'
const inputs: Record<string, (at: string) => object> = {
  createCustomer: () => ({ kind: 'PERSON', displayName: 'lost' }),
  recordPurchase: () => ({
    ...{ customerId, orderedAt: now, currency: 'EUR', lines: [{ quantity: '1', unitPrice: '2.5' }] },
  }),
  planVisit: () => ({
    customerId,
    mode: 'PHONE',
    purpose: 'lost',
    plannedStart: now,
    plannedEnd: '2026-03-02T09:00:00Z',
  }),
  receiveComplaint: () => ({ customerId, channel: 'phone', description: 'lost' }),
  recordContact: () => ({ customerId, kind: 'NOTE', direction: 'INTERNAL', body: 'lost' }),
  createSurvey: (at) => ({ key: `lost-${at}`, title: 'lost' }),
  createSegment: (at) => ({ key: `lost-${at}`, name: 'lost', kind: 'STATIC' }),
  linkExternalRef: (at) => ({ customerId, system: 'erp', externalId: at }),
  createWebhookEndpoint: (at) => ({ url: `http://127.0.0.1:9/${at}`, types: ['clientele.profiles.tag.*'] }),
}
const writes = new Set(Object.keys(inputs))
const types = (mutation: string) => `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input!`
const write = (mutation: string): Request => ({
  what: mutation,
  query: `mutation ($input: ${types(mutation)}) { ${mutation}(input: $input) { id } }`,
  variables: { input: { ...inputs[mutation]!(randomUUID()), idempotencyKey: randomUUID() } },
})

const send = async ({ query, variables }: Request) =>
  (await platform.post({ query, variables }, { authorization })).body
const refusal = /^(NOT_FOUND|FORBIDDEN) /
/** The audit log is in the database too, and fields share a transaction. */
const away = /^UNAVAILABLE (database|audit|request\.broken)$/
type Outcome = { request: Request; codes: string[] }
const codesOf = async (request: Request): Promise<Outcome> => {
  const { errors = [] } = await send(request)
  return {
    request,
    codes: errors.map(({ extensions }) => [extensions.code, extensions.reason].filter(Boolean).join(' ')),
  }
}

test('every request is one that is answered, by each service', async () => {
  expect(queries.length).toBeGreaterThan(30)
  const all = await Promise.all([...reads, ...Object.keys(inputs).map(write)].map(codesOf))
  const wrong = all.filter(({ request, codes }) =>
    codes.some((code) => writes.has(request.what) || !refusal.test(code)),
  )
  expect(wrong.map(({ request, codes }) => [request.what, codes])).toEqual([])
})

test('a database that ends every session in mid-request is UNAVAILABLE to those at work, and what is tried again is done once', async () => {
  const seen = new Map<string, number>()
  const faults: unknown[] = []
  const unanswered: Request[] = []
  const [rounds, ofEach] = [6, 2]
  for (let round = 0; round < rounds; round++) {
    const written = Object.keys(inputs).flatMap((mutation) => Array.from({ length: ofEach }, () => write(mutation)))
    const some = Array.from({ length: 50 - written.length }, (_, at) => reads[(round * 32 + at) % reads.length]!)
    const asked = Promise.all([...written, ...some].map(codesOf))
    for (let times = 0; times < 3; times++) {
      await setTimeout(5 + 10 * ((round + times) % 5))
      await endSessions()
    }
    for (const { request, codes } of await asked) {
      for (const code of codes) seen.set(code, (seen.get(code) ?? 0) + 1)
      const unexpected = codes.filter((code) => !refusal.test(code) && !away.test(code))
      if (unexpected.length) faults.push([request.what, unexpected])
      if (codes.length && writes.has(request.what)) unanswered.push(request)
    }
  }
  console.info(JSON.stringify(Object.fromEntries(seen)), `${unanswered.length} writes unanswered`)
  const causes = lines.filter((line) => line.includes('masked')).map((line) => JSON.parse(line).err)
  expect({ faults: faults.slice(0, 5), causes: causes.slice(0, 2) }).toEqual({ faults: [], causes: [] })
  expect(seen.get('UNAVAILABLE database')).toBeGreaterThan(rounds)
  await Promise.all(unanswered.map((request) => until(async () => !(await codesOf(request)).codes.length)))
  const { customers } = await platform.ask(
    'admin',
    '{ customers(filter: { displayName: { eq: "lost" } }) { totalCount } }',
  )
  expect(customers.totalCount).toBe(1 + rounds * ofEach)
}, 120_000)
