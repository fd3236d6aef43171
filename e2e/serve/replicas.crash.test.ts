import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '@clientele/testkit/until'
import { startServeBacking } from './backing.js'
import { type Ask, checkLedger, newLedger, startClients } from './ledger.js'
import { type Replica, startReplica, untilReady } from './replica.js'

const kills = Number(process.env.CLIENTELE_KILLS ?? 10)

const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id version } }'

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
const ask: Ask = async (query, variables, at) => {
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
  const ledger = newLedger()
  const clients = startClients(ask, ledger)
  for (let kill = 0; kill < kills; kill++) {
    await new Promise((resume) => setTimeout(resume, 200 + Math.random() * 800))
    await replicas[kill % replicas.length]!.kill()
  }
  await clients.stop()
  expect(ledger.versions.size).toBeGreaterThan(6)
  await checkLedger(backing, ledger)
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
