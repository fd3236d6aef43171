import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEvents, until } from '@clientele/testkit'
import { connect } from '@nats-io/transport-node'
import pg from 'pg'
import { startServeBacking } from './backing.js'
import { type Replica, startReplica, untilReady } from './replica.js'

const kills = Number(process.env.CLIENTELE_KILLS ?? 10)
const clients = 6
const changesEach = 3

const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id version } }'
const UPDATE = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { id version } }'
const PLAN = 'mutation ($input: PlanVisitInput!) { planVisit(input: $input) { id } }'

const dir = await mkdtemp(join(tmpdir(), 'clientele-serve-'))
const backing = await startServeBacking(dir)
const replicas = await Promise.all([startReplica(backing.env), startReplica(backing.env)])
const stopped = new Set<Replica>()
afterAll(async () => {
  for (const replica of replicas) if (!stopped.has(replica)) await replica.stop()
  await backing.stop()
  await rm(dir, { recursive: true, force: true })
})

/** Asks one replica after the other until one has answered: what a client behind a load balancer does. */
const ask = async (
  query: string,
  variables: object,
  at: number,
): Promise<Record<string, { id: string; version: number }>> => {
  for (let attempt = 0; ; attempt++) {
    const { url } = replicas[(at + attempt) % replicas.length]!
    const authorization = `Bearer ${await backing.token('admin')}`
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query, variables }),
    })
      .then((response) => response.json() as Promise<{ data?: never; errors?: { extensions: { code: string } }[] }>)
      .catch(() => undefined)
    if (answer && !answer.errors) return answer.data as never
    const code = answer?.errors?.[0]?.extensions.code
    if (answer && code !== 'UNAVAILABLE') throw new Error(JSON.stringify(answer.errors))
    await new Promise((resume) => setTimeout(resume, 50))
  }
}

test('a replica lives from the beginning, and is ready once its services are', async () => {
  const seen = new Set<number | undefined>()
  await until(async () => (await replicas[0]!.probe('/livez')) === 200)
  for (let status: number | undefined; status !== 200; seen.add(status)) status = await replicas[0]!.probe('/readyz')
  expect(seen).toEqual(new Set([503, 200]))
  await untilReady(replicas[1]!)
})

test(`two replicas share the work under ${kills} kills: what was answered is there once, with every event once and in order`, async () => {
  const versions = new Map<string, number>()
  const visits = new Set<string>()
  let working = true
  const client = async (number: number) => {
    for (let round = 0; working; round++) {
      const key = `${number}-${round}`
      const input = { kind: 'PERSON', displayName: `客户 ${key}`, idempotencyKey: key }
      const { id } = (await ask(CREATE, { input }, number)).createCustomer!
      versions.set(id, 1)
      for (let change = 0; change < changesEach; change++) {
        await ask(UPDATE, { input: { id, displayName: `客户 ${key} ${change}` } }, number + change)
        versions.set(id, change + 2)
      }
      const plan = {
        customerId: id,
        purpose: key,
        mode: 'PHONE',
        plannedStart: '2027-01-04T09:00:00Z',
        plannedEnd: '2027-01-04T10:00:00Z',
      }
      visits.add((await ask(PLAN, { input: { ...plan, idempotencyKey: key } }, number)).planVisit!.id)
    }
  }
  const done = Array.from({ length: clients }, (_, number) => client(number))
  for (let kill = 0; kill < kills; kill++) {
    await new Promise((resume) => setTimeout(resume, 200 + Math.random() * 800))
    await replicas[kill % replicas.length]!.kill()
  }
  working = false
  await Promise.all(done)
  expect(versions.size).toBeGreaterThan(clients)

  await onDatabase('profiles', async (rows) => {
    await until(async () => (await rows('select from outbox where stream_seq is null')).length === 0)
    const stored = await rows<{ id: string; version: number }>('select id, version from customer')
    expect(new Map(stored.map(({ id, version }) => [id, version]))).toEqual(versions)
  })
  await onDatabase('interactions', async (rows) => {
    expect(new Set((await rows<{ id: string }>('select id from visit')).map(({ id }) => id))).toEqual(visits)
    await until(async () => (await rows('select from customer')).length === versions.size)
    expect(await rows('select from dead_letter')).toEqual([])
  })
  const nats = await connect({ servers: backing.natsUrl })
  const events = await readEvents(nats, 'clientele.evt.*.profiles.customer.*.v1.*').finally(() => nats.close())
  const sequences = new Map<string, number[]>()
  for (const { partitionkey, sequence } of events) {
    sequences.set(partitionkey, [...(sequences.get(partitionkey) ?? []), Number(sequence)])
  }
  for (const [id, version] of versions) {
    expect(sequences.get(id)).toEqual(Array.from({ length: version }, (_, at) => at + 1))
  }
})

test('SIGTERM answers what is in flight and ends with 0, while the other replica goes on', async () => {
  const [first, second] = replicas as [Replica, Replica]
  const asked = Array.from({ length: 20 }, (_, at) =>
    ask(CREATE, { input: { kind: 'PERSON', displayName: 'x', idempotencyKey: `last-${at}` } }, 0),
  )
  const code = await first.stop()
  stopped.add(first)
  expect(code).toBe(0)
  expect(new Set((await Promise.all(asked)).map(({ createCustomer }) => createCustomer!.id)).size).toBe(20)
  expect(await second.probe('/readyz')).toBe(200)
})

type Rows = <T>(sql: string) => Promise<T[]>

/** Reads a service's tables as the service does, in the tenant of the test. */
const onDatabase = async (service: string, work: (rows: Rows) => Promise<void>) => {
  const client = new pg.Client({ connectionString: backing.databases[service]!.url })
  await client.connect()
  await client.query(`select set_config('app.tenant', 'acme', false)`)
  try {
    await work(async (sql) => (await client.query(sql)).rows as never)
  } finally {
    await client.end()
  }
}
