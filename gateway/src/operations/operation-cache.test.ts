import { writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import type { Subgraph, SubgraphRequest } from '@clientele/kit'
import { until } from '@clientele/testkit'
import { answeredKnown } from '../../fixture/exchange.js'
import { type Fixture, type Reply, startFixture } from '../../fixture/platform.js'
import { schemas } from '../../fixture/subgraphs.js'
import type { GatewayConfig } from '../config.js'
import { compose } from '../supergraph/compose.js'

/** Asks as somebody with a role, or without a token. */
type As = (
  role: string | undefined,
  variables: object,
  headers?: Record<string, string>,
) => Promise<Reply & { wasKnown: boolean }>

/** A gateway where one document is known, and the way to ask it as somebody. */
async function withKnown(
  config: Partial<GatewayConfig>,
  query: string,
  use: (o: { fixture: Fixture; as: As }) => Promise<void>,
) {
  const fixture = await startFixture({ config: { executor: 'compiled' as const, ...config }, logLevel: 'debug' })
  try {
    const as: As = async (role, variables, headers) => {
      const authorization =
        role && `Bearer ${await fixture.issuer.token({ claims: { realm_access: { roles: [role] } } })}`
      const before = answeredKnown(fixture)
      const reply = await fixture.post({ query, variables }, { ...(authorization && { authorization }), ...headers })
      return { ...reply, wasKnown: answeredKnown(fixture) > before }
    }
    for (const _ of [1, 2]) await as('admin', { n: 1 })
    expect(await as('admin', { n: 1 })).toMatchObject({ status: 200, wasKnown: true })
    await use({ fixture, as })
  } finally {
    await fixture.stop()
  }
}

const page = 'query ($n: Int!) { customers(first: $n) { nodes { id complaints { id } } } }'

test('a cached operation is held to the budget of each caller', async () => {
  const costBudgets = { default: 100, anonymous: 50, admin: 10_000 }
  await withKnown({ costBudgets }, page, async ({ as }) => {
    expect(await as('admin', { n: 50 })).toMatchObject({ status: 200, wasKnown: true })
    for (const role of ['sales', undefined]) {
      const reply = await as(role, { n: 50 })
      expect(reply).toMatchObject({
        status: 400,
        errors: [{ extensions: { reason: 'query.too_costly' } }],
        wasKnown: false,
      })
      expect(await as(role, { n: 2 })).toMatchObject({ status: 200, wasKnown: true })
    }
    const tells = { 'x-clientele-cost': '1' }
    expect(await as('sales', { n: 2 }, tells)).toMatchObject({
      extensions: { cost: { cost: 26, budget: 100 } },
      wasKnown: true,
    })
    expect(await as('admin', { n: 3 }, tells)).toMatchObject({
      extensions: { cost: { cost: 38, budget: 10_000 } },
      wasKnown: true,
    })
  })
})

test('an operation that one caller made known is not open to those who may send trusted documents only', async () => {
  await withKnown({ freeFormRoles: ['admin'] }, page, async ({ as }) => {
    for (const role of ['sales', undefined])
      expect(await as(role, { n: 1 })).toMatchObject({
        status: 403,
        errors: [{ extensions: { reason: 'document.not_trusted' } }],
        wasKnown: false,
      })
  })
})

test('a cached operation is limited in rate', async () => {
  await withKnown({ rateLimits: { default: 6, anonymous: 6, admin: 6_000 } }, page, async ({ as }) => {
    expect(await as('sales', { n: 1 })).toMatchObject({ status: 200, wasKnown: true })
    expect(await as('sales', { n: 1 })).toMatchObject({ status: 429, wasKnown: false })
  })
})

test('no more operations are kept than allowed, and the one used last stays', async () => {
  await withKnown({ cachedOperations: 2 }, page, async ({ fixture, as }) => {
    for (const field of ['id', 'kind']) {
      await fixture.ask(`{ customer(id: 1) { ${field} } }`)
      expect(await as('admin', { n: 1 })).toMatchObject({ wasKnown: true })
    }
    const before = answeredKnown(fixture)
    await fixture.ask('{ customer(id: 1) { id } }')
    expect(answeredKnown(fixture)).toBe(before)
    await fixture.ask('{ customer(id: 1) { id } }')
    expect(answeredKnown(fixture)).toBe(before + 1)
  })
})

test('what is known of one supergraph is not answered from the next', async () => {
  await withKnown({}, page, async ({ fixture, as }) => {
    await writeFile(fixture.supergraphFile, withoutComplaints())
    await until(() => fixture.lines.some((line) => line.includes('supergraph reloaded')))
    const reply = await as('admin', { n: 1 })
    expect(reply).toMatchObject({ status: 400, errors: [{ extensions: { reason: 'query.invalid' } }], wasKnown: false })
  })
})

function withoutComplaints(): string {
  const { sdl, errors } = compose(
    schemas.map(({ name, sdl }) => ({ name, sdl: sdl.replace('complaints: [Visit!]!', '') })),
  )
  if (!sdl) throw new Error(errors.join('\n'))
  return sdl
}

test.each([
  ['a known query is given up', '{ visit(id: 1) { id } }', 30_000],
  ['a known mutation goes on, up to its time', 'mutation { planVisit(customerId: 1) { id } }', 1_000],
])('when the client leaves, %s', async (_, query, subgraphTimeoutMs) => {
  const asked = Promise.withResolvers<SubgraphRequest>()
  let silent = false
  const execute: Subgraph['execute'] = async (request) => {
    if (silent) {
      asked.resolve(request)
      return new Promise(() => {})
    }
    return { data: request.query.startsWith('mutation') ? { planVisit: { id: '1' } } : { visit: { id: '1' } } }
  }
  const config = { executor: 'compiled' as const, subgraphTimeoutMs }
  const fixture = await startFixture({ config, logLevel: 'debug', replace: { name: 'interactions', execute } })
  try {
    const before = answeredKnown(fixture)
    for (const _ of [1, 2]) expect((await fixture.ask(query)).errors).toBeUndefined()
    expect(answeredKnown(fixture)).toBe(before + 1)

    silent = true
    const client = request(`${fixture.gateway.url}/graphql`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json' },
    })
    client.once('error', () => {}).end(JSON.stringify({ query }))
    const { signal } = await asked.promise
    const told = new Promise((resolve) => signal?.addEventListener('abort', resolve))
    client.destroy()
    await told
    const wasLate = fixture.lines.some((line) => line.includes('did not answer in time'))
    expect(wasLate).toBe(query.startsWith('mutation'))
  } finally {
    await fixture.stop()
  }
})

test('a known mutation that ends with an error has run once', async () => {
  let runs = 0
  const execute: Subgraph['execute'] = async () => {
    runs++
    if (runs < 3) return { data: { planVisit: { id: '1' } } }
    return { data: { planVisit: null }, errors: [{ message: 'It was changed.', extensions: { code: 'CONFLICT' } }] }
  }
  const config = { executor: 'compiled' as const }
  const fixture = await startFixture({ config, replace: { name: 'interactions', execute } })
  try {
    const plan = 'mutation { planVisit(customerId: 1) { id } }'
    for (const _ of [1, 2]) expect(await fixture.ask(plan)).toMatchObject({ data: { planVisit: { id: '1' } } })
    const reply = await fixture.ask(plan)
    expect(reply).toMatchObject({
      status: 200,
      data: { planVisit: null },
      errors: [{ extensions: { code: 'CONFLICT' } }],
    })
    expect(runs).toBe(3)
  } finally {
    await fixture.stop()
  }
})
