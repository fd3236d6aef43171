import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { QueryPlanner } from '@apollo/query-planner'
import { createLog, type Subgraph } from '@clientele/kit'
import { vi } from 'vitest'
import { hostileBodies } from '../../fixture/hostile-bodies.js'
import { hostileDocuments } from '../../fixture/hostile-documents.js'
import { startIssuer } from '../../fixture/issuer.js'
import { executor } from '../../fixture/platform.js'
import { startGateway } from '../gateway.js'
import { committedSupergraph } from '../supergraph/committed-supergraph.js'

/** What the requirement allows; the least of several runs counts, and of more where it is too much, so that a busy machine does not fail it. */
const mostCpuMs = 50
const runs = 3
const mostRuns = 15
const mostGrowth = 8 * 1024 * 1024
/** How many plain queries the largest request may cost: a query, and a write, whose rows are work that somebody wants done. */
const mostTimesPlain = { query: 25, mutation: 75 }

const filterQuery = 'query ($v: CustomerFilter) { customers(filter: $v) { totalCount } }'
const importQuery = 'mutation ($v: ImportCustomersInput!) { importCustomers(input: $v) { created } }'
const aRow = {
  externalId: '1',
  kind: 'PERSON',
  number: '1',
  territory: 'emea',
  source: 'erp',
  ownerId: 'u',
  tags: ['a'],
}

let reached = 0
const subgraphs: Subgraph[] = ['profiles', 'interactions', 'surveys', 'segmentation', 'integrations'].map((name) => ({
  name,
  execute: async () => {
    reached++
    return { data: {} }
  },
}))
const planned = vi.spyOn(QueryPlanner.prototype, 'buildQueryPlan')
let issuer: Awaited<ReturnType<typeof startIssuer>>
let gateway: Awaited<ReturnType<typeof startGateway>>
let headers: Record<string, string>

beforeAll(async () => {
  issuer = await startIssuer()
  gateway = await startGateway({
    config: { port: 0, supergraphFile: committedSupergraph, introspectionRoles: [], executor },
    subgraphs,
    verifier: issuer.verifier,
    log: createLog({ name: 'gateway', level: 'silent' }),
  })
  headers = { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token()}` }
})
afterAll(async () => {
  planned.mockRestore()
  await gateway?.stop()
  await issuer?.stop()
})

async function send(body: string | Uint8Array) {
  const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body: body as string })
  return { status: response.status, ...((await response.json()) as { data?: unknown; errors?: any[] }) }
}

/** A text that no cache has seen in an earlier run, so that each run does all the work. */
const attacks = [
  ...hostileDocuments.map(({ kind, query, variables }) => ({
    kind,
    text: query,
    body: (run: number) => JSON.stringify({ query: query && `${query}\n#${run}`, variables }),
  })),
  ...hostileBodies.map(({ kind, body }) => ({ kind, text: body.toString(), body: () => body })),
]

test('a proper query is planned and reaches a subgraph, so that the counts below mean something', async () => {
  await send(JSON.stringify({ query: '{ customers { totalCount } }' }))
  expect(planned).toHaveBeenCalledTimes(1)
  expect(reached).toBe(1)
})

test('hostile requests are refused, cheaply, before they are planned', async () => {
  const collect = collector()
  for (const { body } of attacks) await send(body(0))
  planned.mockClear()
  reached = 0
  const faults: string[] = []
  const costs: number[] = []
  for (const { kind, text, body } of attacks) {
    let least = Number.POSITIVE_INFINITY
    const before = planned.mock.calls.length
    for (let run = 1; run <= runs || (least > mostCpuMs && run <= mostRuns); run++) {
      const attack = body(run)
      const begun = process.cpuUsage()
      const { status, data, errors = [] } = await send(attack)
      const { user, system } = process.cpuUsage(begun)
      least = Math.min(least, (user + system) / 1000)
      const refused = errors.length > 0 && errors.every(({ extensions }) => isRefusal(extensions))
      if (status < 400 || data !== undefined || !refused)
        faults.push(`${kind}: ${text.slice(0, 90)}: ${status} ${JSON.stringify(errors[0])}`)
    }
    costs.push(least)
    if (least > mostCpuMs) faults.push(`${kind}: ${text.slice(0, 90)}: ${least.toFixed(1)} ms`)
    if (planned.mock.calls.length > before) faults.push(`${kind}: ${text.slice(0, 90)}: planned`)
  }
  const held = collect()
  for (let run = 1; run <= runs; run++) for (const { body } of attacks) await send(body(run))
  const growth = collect() - held

  const sorted = costs.toSorted((a, b) => a - b)
  const mib = (bytes: number) => (bytes / 1024 / 1024).toFixed(1)
  process.stdout.write(
    `${attacks.length} hostile requests: ${faults.length} faults; CPU median ${sorted[sorted.length >> 1]?.toFixed(1)} ms, ` +
      `most ${sorted.at(-1)?.toFixed(1)} ms; heap ${mib(held)} MiB, ${mib(growth)} MiB more after ${runs} repetitions; ` +
      `${planned.mock.calls.length} planned, ${reached} reached a subgraph\n`,
  )
  expect(faults).toEqual([])
  expect(attacks.length).toBeGreaterThanOrEqual(200)
  expect(reached).toBe(0)
  expect(growth).toBeLessThan(mostGrowth)
})

/** The largest that are not refused: a burst of them must leave the gateway to others. */
const largest: [kind: string, query: string, variables: object][] = [
  ['filters', filterQuery, { v: { or: Array(249).fill({}) } }],
  ['values of a filter', filterQuery, { v: { and: Array(19).fill({ number: { in: Array(1_000).fill('abc') } }) } }],
  ['rows', importQuery, { v: { system: 'erp', rows: Array(999).fill({ ...aRow, tags: Array(10).fill('a') }) } }],
  [
    'lists in rows',
    importQuery,
    { v: { system: 'erp', rows: Array(19).fill({ ...aRow, tags: Array(1_000).fill('a') }) } },
  ],
]

test('the largest requests that pass cost no more than a few plain ones', async () => {
  const costOf = async (query: string, variables: object) => {
    const body = JSON.stringify({ query, variables })
    let least = Number.POSITIVE_INFINITY
    for (let run = 0; run < 3 * runs; run++) {
      const begun = process.cpuUsage()
      const { errors } = await send(body)
      const { user, system } = process.cpuUsage(begun)
      least = Math.min(least, user + system)
      const refused = errors?.find(({ extensions }) => extensions.code === 'INVALID')
      if (refused) throw new Error(JSON.stringify(refused))
    }
    return least
  }
  const plain = await costOf('{ customers { totalCount } }', {})
  const times: Record<string, number> = {}
  const tooMuch: string[] = []
  for (const [kind, query, variables] of largest) {
    times[kind] = (await costOf(query, variables)) / plain
    if (times[kind] > mostTimesPlain[query.startsWith('query') ? 'query' : 'mutation']) tooMuch.push(kind)
  }
  process.stdout.write(`CPU of the largest requests, in plain ones: ${JSON.stringify(times)}\n`)
  expect(tooMuch).toEqual([])
})

const isRefusal = ({ code, reason }: { code: string; reason?: string }) =>
  ['INVALID', 'FORBIDDEN', 'NOT_FOUND'].includes(code) && typeof reason === 'string'

/** Collects all garbage; tells what the heap holds then. */
function collector(): () => number {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  return () => {
    gc()
    gc()
    return process.memoryUsage().heapUsed
  }
}
