import { Supergraph } from '@apollo/federation-internals'
import type { Subgraph, SubgraphResponse } from '@clientele/kit'
import { answeredKnown, exchange, type Received, type Sent, said } from '../../fixture/exchange.js'
import { generateOperation } from '../../fixture/executor/operations.js'
import { type Fixture, startFixture, supergraphSdl } from '../../fixture/platform.js'
import { requests } from '../../fixture/requests.js'
import type { GatewayConfig } from '../config.js'

/** The same in three gateways: cached operations answered without Apollo Server, all by Apollo Server, and all by Apollo Server on Apollo's executor. */
const ways = {
  known: { executor: 'compiled' },
  'all by Apollo Server': { executor: 'compiled', cachedOperations: 0 },
  stock: { executor: 'stock' },
} satisfies Record<string, Partial<GatewayConfig>>

const operations = Number(process.env.FRONT_OPERATIONS ?? 40)

type Gateways = Record<keyof typeof ways, Fixture>

/** What may be wrong with surveys, by the request's purpose. */
const troubles: Record<string, (entities: number) => SubgraphResponse> = {
  down: () => ({ errors: [{ message: 'Gone.', extensions: { code: 'UNAVAILABLE' } }] }),
  'breaking the schema': (entities) => surveysOf(entities, 'many'),
  throwing: () => {
    throw new Error('password=hunter2')
  },
}

const surveysOf = (entities: number, nps: unknown): SubgraphResponse => ({
  data: { _entities: Array.from({ length: entities }, () => ({ __typename: 'Customer', satisfaction: { nps } })) },
})

const surveys: Subgraph = {
  name: 'surveys',
  async execute({ variables, headers }) {
    const { length } = variables!.representations as unknown[]
    return troubles[headers['x-clientele-purpose'] ?? '']?.(length) ?? surveysOf(length, 9)
  },
}

const gateways = {} as Gateways
beforeAll(async () => {
  for (const [way, config] of Object.entries(ways) as [keyof Gateways, GatewayConfig][])
    gateways[way] = await startFixture({ config, logLevel: 'debug', replace: surveys })
})
afterAll(async () => {
  for (const fixture of Object.values(gateways)) await fixture.stop()
})

interface Told {
  answer: Received
  /** What was logged of errors. */
  errors: string[]
}

async function ask(fixture: Fixture, token: string | undefined, sent: Sent, id: string): Promise<Told> {
  const headers = {
    'x-request-id': id,
    'content-type': 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
    ...sent.headers,
  }
  const answer = said(await exchange(fixture, { ...sent, headers }))
  expect(Number(answer.headers['content-length'])).toBe(Buffer.byteLength(answer.text))
  delete answer.headers['content-length']
  const told = fixture.lines.filter((line) => line.includes('"level":"error"') && line.includes(`"${id}"`))
  const messages = told.map((line) => JSON.parse(line).msg as string)
  return {
    answer: { ...answer, text: answer.text.replaceAll(token ?? 'none', 'token') },
    // A transport may throw once more in ours, in a speculative fetch.
    errors: messages.filter((message) => message !== 'subgraph transport threw'),
  }
}

/** Asks all gateways, and expects one answer from all. */
async function expectOne(id: string, sent: Sent, withToken = true): Promise<Received> {
  const told = Object.values(gateways).map(async (fixture) =>
    ask(fixture, withToken ? await fixture.issuer.token() : undefined, sent, id),
  )
  const [known, ...others] = await Promise.all(told)
  for (const other of others) expect({ sent, ...known }).toEqual({ sent, ...other })
  return known!.answer
}

/** How many requests a gateway answered without Apollo Server meanwhile. */
async function knownDuring(use: () => Promise<void>): Promise<Record<keyof Gateways, number>> {
  const counts = () => Object.entries(gateways).map(([way, fixture]) => [way, answeredKnown(fixture)] as const)
  const before = new Map(counts())
  await use()
  return Object.fromEntries(counts().map(([way, count]) => [way, count - before.get(way)!])) as never
}

test('requests of all kinds, first and again, are answered as by Apollo Server', async () => {
  const statuses = new Set<number | undefined>()
  const known = await knownDuring(async () => {
    for (const round of [1, 2, 3]) {
      for (const [name, sent] of Object.entries(requests)) {
        const { status } = await expectOne(`${round}-${slugOf(name)}`, sent)
        statuses.add(status)
      }
    }
  })
  expect(known).toEqual({ known: expect.any(Number), 'all by Apollo Server': 0, stock: 0 })
  expect(known.known).toBeGreaterThan(80)
  expect([...statuses].sort()).toEqual([200, 400, 401, 405, 406, 415])
})

test.each(Object.keys(troubles))('with a subgraph that is %s', async (trouble) => {
  const touching = Object.entries(requests).filter(([, { body }]) => JSON.stringify(body)?.includes('satisfaction'))
  for (const [name, sent] of touching) {
    const headers = { ...sent.headers, 'x-clientele-purpose': trouble }
    const known = await knownDuring(async () => {
      const { text } = await expectOne(`${slugOf(trouble)}-${slugOf(name)}`, { ...sent, headers })
      expect(text).not.toContain('hunter2')
      if (text.includes('"satisfaction":null')) expect(text).toContain('"errors"')
    })
    const isMissing = name === 'a customer that is not there'
    expect({ name, known: known.known }).toEqual({ name, known: isMissing ? 1 : 0 })
  }
})

test('generated operations, first and again, are answered as by Apollo Server', async () => {
  const schema = Supergraph.build(supergraphSdl()).apiSchema().toGraphQLJSSchema()
  const known = await knownDuring(async () => {
    for (let seed = 0; seed < operations; seed++) {
      const { query, variables } = generateOperation(schema, `front ${seed}`)
      if (/\bwait\b/.test(query)) continue
      const wrong = Object.fromEntries(Object.keys(variables).map((name) => [name, { wrong: true }]))
      const ways: [object, boolean, Record<string, string>][] = [
        [{ query, variables }, true, {}],
        [{ query, variables }, true, { 'x-clientele-cost': '1' }],
        [{ query, variables }, false, {}],
        [{ query, variables: wrong }, true, {}],
        [{ query, variables, operationName: 'Generated' }, true, { accept: 'application/graphql-response+json' }],
      ]
      for (const [index, [body, withToken, headers]] of ways.entries())
        await expectOne(`${seed}-${index}`, { body, headers }, withToken)
    }
  })
  expect(known.known).toBeGreaterThan(operations)
})

const slugOf = (name: string) => name.replace(/[^\w]/g, '-').slice(0, 80)
