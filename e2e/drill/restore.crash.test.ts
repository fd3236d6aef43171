import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ConsumerState } from '@clientele/kit'
import { until } from '@clientele/testkit'
import { clientele } from '../crash/processes.js'
import { startServeBacking } from '../serve/backing.js'
import { checkLedger, type Ledger, newLedger, onDatabase, startClients } from '../serve/ledger.js'
import { type Replica, startReplica, untilReady } from '../serve/replica.js'
import { askReplica } from './ask-replica.js'
import { startBackup } from './backup.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-drill-'))
const backing = await startServeBacking(dir)
const backup = await startBackup(backing, dir)
const settings = { ...backing.env, FILES_FOLDER: join(dir, 'files'), WEBHOOK_ALLOW_LOOPBACK: 'true' }
let replica: Replica | undefined
const start = async () => {
  replica = await startReplica(settings)
  await untilReady(replica)
}
const stop = async () => {
  await replica?.stop()
  replica = undefined
}
const ask = askReplica(() => replica!.url, backing)

/** Ids of the events that a partner was posted, with repetitions. */
const posted: string[] = []
const partner = createServer((request, response) => {
  posted.push(String(request.headers['webhook-id']))
  request.resume().on('end', () => response.writeHead(204).end())
})
await new Promise<void>((resume) => partner.listen(0, '127.0.0.1', resume))

afterAll(async () => {
  await stop()
  partner.close()
  await backing.stop()
  await rm(dir, { recursive: true, force: true })
})

const copyOf = ({ versions, visits }: Ledger): Ledger => ({ versions: new Map(versions), visits: new Set(visits) })
const clients = 6

const answersIn = ({ versions, visits }: Ledger) => visits.size + [...versions.values()].reduce((sum, n) => sum + n, 0)
/** Waits until clients were answered so much more. */
const grown = (ledger: Ledger, by: number) => {
  const wanted = answersIn(ledger) + by
  return until(() => answersIn(ledger) >= wanted)
}

interface Row {
  id: string
  version: number
}

/** What the source has, read beside the platform. */
const readSource = async (): Promise<Ledger & { unpublished: number }> => {
  const versions = new Map<string, number>()
  let unpublished = 0
  await onDatabase(backing.databases.profiles!.url, async (rows) => {
    for (const { id, version } of await rows<Row>('select id, version from customer')) versions.set(id, version)
    unpublished = (await rows('select from outbox where stream_seq is null')).length
  })
  const visits = new Set<string>()
  await onDatabase(backing.databases.interactions!.url, async (rows) => {
    for (const { id } of await rows<Row>('select id from visit')) visits.add(id)
  })
  return { versions, visits, unpublished }
}

const statesOf = async () => {
  const { code, stdout, stderr } = await clientele(['events', 'check', '--minutes', '0', '--json'], {
    PATH: process.env.PATH,
    ...settings,
  })
  if (code > 1) throw new Error(stderr)
  return JSON.parse(stdout) as ConsumerState[]
}

/** Waits until every consumer has handled every event, and holds what they made of them against the source. */
const expectConverged = async (ledger: Ledger) => {
  await checkLedger(backing, ledger)
  await until(async () => (await statesOf()).every(({ waiting, missing }) => waiting + missing === 0))
  const states = await statesOf()
  expect(states.filter(({ ahead, dead }) => ahead + dead > 0)).toEqual([])
  expect(states.find(({ consumer }) => consumer === 'integrations-webhooks')!.events).toBeGreaterThan(0)
  for (const [service, table, version] of replicas) {
    await onDatabase(backing.databases[service]!.url, async (rows) => {
      const copies = await rows<Row>(`select id, ${version} as version from ${table}`)
      expect([service, new Map(copies.map((copy) => [copy.id, copy.version]))]).toEqual([service, ledger.versions])
    })
  }
  await onDatabase(backing.databases.segmentation!.url, async (rows) => {
    const visits = (await rows<Row>('select id from visit_fact')).map(({ id }) => id)
    expect(visits.toSorted()).toEqual([...ledger.visits].toSorted())
  })
  await expectPosted()
}

const replicas = [
  ['interactions', 'customer', 'version'],
  ['surveys', 'customer', 'version'],
  ['integrations', 'customer', 'version'],
  ['segmentation', 'customer_facts', 'customer_version'],
] as const

/** Every event of a customer is one delivery, and has reached the partner. */
const expectPosted = async () => {
  const eventIds = new Set<string>()
  await onDatabase(backing.databases.profiles!.url, async (rows) => {
    const events = await rows<{ id: string }>(
      `select event_id as id from outbox where type like 'clientele.profiles.customer.%'`,
    )
    for (const { id } of events) eventIds.add(id)
  })
  await onDatabase(backing.databases.integrations!.url, async (rows) => {
    const deliveries = await until(async () => {
      const all = await rows<{ id: string; status: string }>('select event_id as id, status from delivery')
      return all.every(({ status }) => status === 'DELIVERED') && all
    })
    expect(deliveries.map(({ id }) => id).toSorted()).toEqual([...eventIds].toSorted())
  })
  expect([...eventIds].filter((id) => !posted.includes(id))).toEqual([])
}

const ledger = newLedger()
let atLeast: Ledger
let atMost: Ledger

test('a base backup, and a point at which events were under way, are taken while clients write', async () => {
  await start()
  const input = {
    url: `http://127.0.0.1:${(partner.address() as AddressInfo).port}/`,
    types: ['clientele.profiles.customer.*'],
  }
  await ask(
    'mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { id } }',
    { input },
    0,
  )
  const writing = startClients(ask, ledger, clients)
  await grown(ledger, 3 * clients)
  await backup.takeBase()
  await grown(ledger, clients)
  // What is written now can leave only after the point.
  await backing.restartNats(async () => {
    await grown(ledger, 2 * clients)
    atLeast = copyOf(ledger)
    await backup.markPoint('drill')
    atMost = copyOf(ledger)
  })
  await grown(ledger, 5 * clients)
  await writing.stop()
  await expectConverged(ledger)
})

describe.each([
  ['the stream is there still, and ahead', async () => {}],
  [
    'the stream is lost as well',
    (): Promise<void> => backing.restartNats(() => rm(join(dir, 'nats', 'jetstream'), { recursive: true })),
  ],
])('all databases are turned back; %s', (_, loseStream) => {
  test('they are as they were at the point, and every consumer comes to what the source has, with nothing doubled', async () => {
    await stop()
    await backup.restoreTo('drill')
    await loseStream()
    const source = await readSource()
    expect(source.unpublished).toBeGreaterThan(0)
    expectBetween(source)
    const { code } = await clientele(['events', 'republish'], { PATH: process.env.PATH, ...settings })
    expect(code).toBe(0)
    await start()
    await expectConverged(source)
    const writing = startClients(ask, source, clients)
    await grown(source, 3 * clients)
    await writing.stop()
    await expectConverged(source)
  })
})

/** What was answered before the point is there, and nothing that was asked after it: each client had one request under way. */
const expectBetween = ({ versions, visits }: Ledger) => {
  for (const [id, version] of atLeast.versions) expect(versions.get(id)).toBeGreaterThanOrEqual(version)
  expect([...atLeast.visits].filter((id) => !visits.has(id))).toEqual([])
  let beyond = [...visits].filter((id) => !atMost.visits.has(id)).length
  for (const [id, version] of versions) beyond += Math.max(0, version - (atMost.versions.get(id) ?? 0))
  expect(beyond).toBeLessThanOrEqual(clients)
}
