import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { defaultCacheDir, freePort, startNats, startPostgres } from '@clientele/embedded'
import {
  createLog,
  createVerifier,
  databaseUrls,
  isUnavailable,
  type JobContext,
  makeMasterKeyFile,
  masterKeyFile,
  provisionDatabase,
  provisionRoles,
  run,
  start,
  whole,
} from '@clientele/kit'
import { callAs } from '@clientele/testkit/call-as'
import { example } from '@clientele/testkit/example/example.service'
import { readEvents } from '@clientele/testkit/stream'
import { audience, startTestIssuer } from '@clientele/testkit/tokens'
import { until } from '@clientele/testkit/until'
import pg from 'pg'
import { z } from 'zod'

const CREATE = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { id } }'
const password = 'a p@ss/w%41rd?#:é'
const cleanups: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup()
})

/** What fails while something is away has not come yet. */
const untilDone = (met: () => Promise<unknown>) => until(() => met().catch(() => false))
const dir = await mkdtemp(join(tmpdir(), 'clientele-outage-'))
cleanups.push(() => rm(dir, { recursive: true, force: true }))
const issuer = await startTestIssuer()
cleanups.push(issuer.stop)
const places = { postgres: await freePort(), nats: await freePort() }
const natsUrl = `nats://127.0.0.1:${places.nats}`
const openNats = async () => {
  const nats = await startNats({ dir: join(dir, 'nats'), port: places.nats, cacheDir: defaultCacheDir() })
  cleanups.push(nats.stop)
  return nats
}
const openPostgres = async () => {
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), port: places.postgres })
  cleanups.push(postgres.stop)
  return postgres
}
const log = createLog({ name: 'outage', level: 'silent' })
let nats: Awaited<ReturnType<typeof openNats>>
let postgres = await openPostgres()
await provisionRoles(postgres.url, ['example'], password)
await provisionDatabase(postgres.url, 'example')
const database = databaseUrls(postgres.url, 'example', password)
const masterKeyPath = join(dir, 'master-key')
await makeMasterKeyFile(masterKeyPath)
const surroundings = {
  database,
  natsUrl,
  verifier: createVerifier({ issuer: issuer.issuer, audience }),
  masterKeys: masterKeyFile(masterKeyPath, { strict: false }),
  peers: { subgraph: () => undefined, token: issuer.serviceToken },
  log,
  backoff: [0],
}

test('without NATS a start gives up when its patience ends, and leaves nothing open', async () => {
  await expect(run(example, { ...surroundings, patience: 300 })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: `NATS at ${new URL(natsUrl).host} cannot be reached.`,
  })
})

test('a process answers probes while it waits for NATS, then is ready, and stops twice without harm', async () => {
  const contexts: { settings: unknown }[] = []
  const looking = {
    ...example,
    config: z.object({ NOTE_LIMIT: whole(1, 9) }),
    jobs: [
      { name: 'look', everyMs: 60_000, run: async (ctx: JobContext) => contexts.push(ctx, ctx.forTenant('acme')) * 0 },
    ],
  }
  const started = await start(looking, {
    PORT: '0',
    NOTE_LIMIT: '7',
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATABASE_SYSTEM_URL: database.systemUrl,
    NATS_URL: natsUrl,
    OIDC_ISSUER_URL: issuer.issuer,
    OIDC_CLIENT_ID: 'example',
    OIDC_CLIENT_SECRET: 'a-secret-of-enough-length',
    CLIENTELE_MASTER_KEY_FILE: masterKeyPath,
    LOG_LEVEL: 'error',
  })
  cleanups.push(started.stop)
  const status = async (path: string) => (await fetch(started.url + path)).status
  expect([await status('/livez'), await status('/readyz')]).toEqual([200, 503])
  nats = await openNats()
  const { context, jobs } = await started.ready
  await untilDone(async () => (await status('/readyz')) === 200)
  await untilDone(async () => {
    await jobs[0]?.run()
    return contexts.length > 0
  })
  contexts.push(context({ subject: 't', roles: [], tenant: 'acme', territories: [], kind: 'person' }))
  // Nothing that a resolver, consumer or job can reach tells it how to become the owner of the database or the service's own account.
  for (const each of contexts) {
    expect(each.settings).toEqual({ NOTE_LIMIT: 7 })
    expect(inspect(each, { depth: 6 })).not.toMatch(/example_owner|a-secret-of-enough-length/)
  }
  await Promise.all([started.stop(), started.stop()])
})

const endSessions = async () => {
  const admin = new pg.Client({ connectionString: postgres.url })
  await admin.connect()
  await admin.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = 'example'`)
  await admin.end()
}

describe('a service that runs', () => {
  const service = () => running as Awaited<ReturnType<typeof run>>
  let running: Awaited<ReturnType<typeof run>> | undefined
  const as = callAs({ name: 'example', execute: (r) => service().subgraph.execute(r) }, () =>
    issuer.token({ roles: ['manager'] }),
  )
  const create = async (subjectId: string = randomUUID()) =>
    (await as.mutate(CREATE, { input: { subjectId, kind: 'PLAIN', title: 't' } })).createNote.id as string
  const counted = async (subjectId: string) =>
    (await service().database.system.query('select 1 from inbox')).rowCount &&
    (
      await service()
        .context({ subject: 't', roles: [], tenant: 'acme', territories: [], kind: 'person' })
        .em.execute('select 1 from note_count where subject_id = ?', [subjectId])
    ).length
  const published = async () => (await readEvents(service().nats, 'clientele.evt.>')).map(({ data }) => data.id)

  beforeAll(async () => {
    running = await run(example, { ...surroundings, connections: 8 })
    cleanups.push(running.stop)
  })

  test('PostgreSQL ends every session: those at work answer UNAVAILABLE, and the next ones work again', async () => {
    await create()
    const ctx = service().context({ subject: 't', roles: [], tenant: 'acme', territories: [], kind: 'person' })
    const more = 6 // than transactions have of 8 connections
    for (let time = 0; time < more; time++) {
      const held = ctx.transaction(async (tx) => {
        await tx.em.execute('select 1')
        await endSessions()
        await tx.em.execute('select 1')
      })
      expect(isUnavailable(await held.catch((error: unknown) => error))).toBe(true)
    }
    const asked = await Promise.all(Array.from({ length: 12 }, () => as.request('{ notes { totalCount } }')))
    expect(asked.flatMap(({ errors }) => errors ?? [])).toEqual([])
    const subject = randomUUID()
    const id = await create(subject)
    await untilDone(async () => (await published()).includes(id))
    await untilDone(() => counted(subject))
  })

  test('PostgreSQL is killed and started again: UNAVAILABLE meanwhile, then everything goes on by itself', async () => {
    process.kill(postgres.pid, 'SIGKILL')
    await untilDone(async () => (await as.request('{ notes { totalCount } }')).errors)
    const { errors } = await as.request('{ notes { totalCount } }')
    expect(errors).toMatchObject([{ extensions: { code: 'UNAVAILABLE', reason: 'database' } }])
    await expect(create()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await expect(service().checks.database?.()).rejects.toThrow()
    await untilDone(async () => {
      postgres = await openPostgres()
      return true
    })
    const subject = randomUUID()
    await untilDone(() => create(subject))
    await untilDone(() => counted(subject))
  })

  test('NATS is killed and started again: requests are answered meanwhile, and their events follow', async () => {
    process.kill(nats.pid, 'SIGKILL')
    await untilDone(() =>
      service().checks.nats!().then(
        () => false,
        () => true,
      ),
    )
    const subject = randomUUID()
    const ids = [await create(subject), await create(subject)]
    await expect(service().checks.nats?.()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    nats = await openNats()
    await untilDone(async () => {
      const all = await published()
      return ids.every((id) => all.includes(id))
    })
    await untilDone(() => counted(subject))
    await service().checks.nats?.()
  })

  test('it stops, twice, though PostgreSQL and NATS are away', async () => {
    process.kill(nats.pid, 'SIGKILL')
    process.kill(postgres.pid, 'SIGKILL')
    await untilDone(async () => (await as.request('{ notes { totalCount } }')).errors)
    await Promise.all([service().stop(), service().stop()])
    await service().stop()
  })
})
