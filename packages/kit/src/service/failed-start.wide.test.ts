import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createLog, migrate, run, type Service, type Surroundings } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { watchHandles } from '@clientele/testkit/leaks'
import { until } from '@clientele/testkit/until'

const svc = await startForTest(example)
const start = (service: Service, around: Partial<Surroundings> = {}) =>
  run(service, {
    database: svc.urls,
    natsUrl: svc.natsUrl,
    verifier: svc.verifier,
    masterKeys: svc.masterKeys,
    peers: { subgraph: () => undefined, token: svc.issuer.serviceToken },
    log: createLog({ name: 'failed', level: 'silent' }),
    migrate: false,
    ...around,
  })
const refuse = () => {
  throw new Error('not like this')
}

test.each(['entities', 'consumers', 'timers', 'jobs', 'queryCompiler', 'publicFields'] as const)(
  'a start that fails at the %s of the service leaves no connection open',
  async (part) => {
    const checkHandles = watchHandles()
    const service = Object.defineProperty({ ...example }, part, { get: refuse })
    await expect(start(service)).rejects.toThrow('not like this')
    await checkHandles()
  },
)

test('what a start waits for is told by its address', async () => {
  const told: unknown[] = []
  const starting = start(example, {
    natsUrl: 'nats://somebody:secret@127.0.0.1:9',
    patience: 1_000,
    onWait: (what) => told.push(what),
  })
  await expect(starting).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'start' })
  expect(told).toEqual(expect.arrayContaining(['NATS at 127.0.0.1:9']))
  expect(told.filter((what) => what !== undefined && what !== 'NATS at 127.0.0.1:9')).toEqual([])
})

/** Leads to NATS from the second connection on; the first is met otherwise. */
const natsBehind = async (meetFirst: (socket: Socket) => void) => {
  const { hostname, port } = new URL(svc.natsUrl)
  let met = 0
  const server = createServer((socket) => {
    socket.on('error', () => {})
    if (met++ === 0) return meetFirst(socket)
    const onward = connect(Number(port), hostname)
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy())
    socket.on('close', () => onward.destroy())
    socket.pipe(onward).pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  svc.defer(async () => void server.close())
  return `nats://127.0.0.1:${(server.address() as { port: number }).port}`
}

test.each<[string, (socket: Socket) => void]>([
  ['says nothing', (socket) => setTimeout(() => socket.destroy(), 8_000)],
  ['closes the connection without a word', (socket) => socket.end()],
])('a NATS that %s is waited for until it answers', async (_, meetFirst) => {
  const told: unknown[] = []
  const natsUrl = await natsBehind(meetFirst)
  const running = await start(example, { natsUrl, onWait: (what) => told.push(what) })
  await running.checks.nats?.()
  await running.stop()
  expect(told).toContain(`NATS at ${new URL(natsUrl).host}`)
})

test('a start that is not to migrate waits for the migration that is missing, and names it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'clientele-schema-'))
  const migrations = pathToFileURL(`${directory}/`)
  const told: unknown[] = []
  const around = { database: { ...svc.urls, ownerUrl: undefined }, onWait: (what: unknown) => told.push(what) }
  try {
    await cp(example.migrations, directory, { recursive: true })
    await writeFile(join(directory, '9998_parcel.sql'), 'create table parcel (id int);')
    const newer = { ...example, migrations }
    await expect(start(newer, { ...around, patience: 300 })).rejects.toMatchObject({ reason: 'schema' })
    const starting = start(newer, around)
    await until(() => told.includes('its schema: migration 9998_parcel is missing'))
    await migrate(svc.urls.ownerUrl, migrations, createLog({ name: 'schema', level: 'silent' }))
    const running = await starting
    await running.checks.schema?.()
    await running.stop()
    // The version before it runs on the schema of the next one, also where it migrates.
    for (const isMigrating of [false, true]) {
      const older = await start(example, { migrate: isMigrating })
      await older.checks.schema?.()
      await older.stop()
    }
  } finally {
    await rm(directory, { recursive: true })
  }
})

test('a service that has started closes all that it has opened, also where it is told twice', async () => {
  const checkHandles = watchHandles()
  const running = await start(example)
  await Promise.all([running.stop(), running.stop()])
  await checkHandles()
})
