import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
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
