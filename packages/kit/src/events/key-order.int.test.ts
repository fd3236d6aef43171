import { randomUUID } from 'node:crypto'
import type { CloudEvent } from '@clientele/contracts'
import {
  type Consumer,
  consume,
  createLog,
  defineService,
  listDeadLetters,
  run,
  type Transaction,
} from '@clientele/kit'
import { backing, startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { noteChanged, noteCreated } from '@clientele/testkit/example/note.actions'
import { jetstream } from '@nats-io/jetstream'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'

const name = 'example-ordered'
const events = [noteCreated, noteChanged] as const
const svc = await startForTest(defineService({ ...example, consumers: [] }))
const js = jetstream(svc.nats)

type Handle = (tx: Transaction, event: { id: string; version: number; tenant: string }) => Promise<void>
const consumerOf = (handle: Handle): Consumer =>
  consume(name, events, (tx, { id, version }, { tenantid }) => handle(tx, { id, version, tenant: tenantid }))

/** A replica of the service whose consumer runs, until it is stopped, or killed: no goodbye, and its leases expire. */
const replica = async (handle: Handle, backoff: readonly number[] = [0]) => {
  const running = await run(defineService({ ...example, consumers: [consumerOf(handle)] }), {
    database: svc.urls,
    natsUrl: svc.natsUrl,
    verifier: svc.verifier,
    masterKeys: svc.masterKeys,
    peers: { subgraph: () => undefined, token: svc.issuer.serviceToken },
    log: createLog({ name: 'replica', level: 'silent' }),
    migrate: false,
    background: false,
    connections: 8,
    backoff,
  })
  for (const consumption of running.consumptions) consumption.start()
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= running.stop()
    return stopped
  }
  svc.defer(stop)
  return {
    stop,
    kill: async () => {
      await running.nats.close()
      await endLeases()
      void stop()
    },
  }
}

/** What PostgreSQL makes of a process that died: its transactions end, and after a while its leases. */
const endLeases = async () => {
  const admin = new pg.Client(backing().adminUrl)
  await admin.connect()
  await admin.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
     where usename = 'example_app' and datname = $1 and state like 'idle in transaction%'`,
    [new URL(svc.urls.url).pathname.slice(1)],
  )
  await admin.end()
  await svc.database.system.query(
    `update lease set holder = gen_random_uuid(), fence = fence + 1, expires_at = '-infinity'`,
  )
}

/** Events of one key as another relay would publish them: version by version. */
const publish = async (key: string, versions: readonly number[], tenant = 'acme') => {
  template ??= await svc.deliver(noteChanged, { id: randomUUID(), version: 1, subjectId: randomUUID(), kind: 'PLAIN' })
  const from = template
  const published = versions.map((version) => {
    const event = {
      ...from,
      id: uuidv7(),
      source: `/tenants/${tenant}/example`,
      subject: `note/${key}`,
      tenantid: tenant,
      partitionkey: key,
      sequence: String(version).padStart(20, '0'),
      data: { ...from.data, id: key, subjectId: key, version },
    }
    return js.publish(`clientele.evt.${tenant}.example.note.changed.v1.p00`, JSON.stringify(event), { msgID: event.id })
  })
  await Promise.all(published)
}
let template: CloudEvent | undefined

const until = async (met: () => unknown) => {
  while (!(await met())) await new Promise((resume) => setTimeout(resume, 10))
}
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at)

test('what waits for its next try is not overtaken by its key when another replica takes over', async () => {
  const [key, other] = [randomUUID(), randomUUID()]
  const tried: number[] = []
  const one = await replica(
    async (_, { id, version }) => {
      if (id !== key) return
      tried.push(version)
      throw new Error('not now')
    },
    [3_600_000],
  )
  await publish(key, [1, 2])
  await until(() => tried.length)
  await publish(key, [3])
  const seen: [string, number][] = []
  await until(async () => (await parkedOf(key)) === 3)
  await one.kill()
  const two = await replica(async (_, { id, version }) => void seen.push([id, version]))
  await publish(key, [4])
  await publish(other, [1])
  await until(() => seen.some(([id]) => id === other))
  expect(seen.filter(([id]) => id === key)).toEqual([])
  await svc.database.system.query('update parked_key set due_at = now() where partition_key = $1', [key])
  await two.stop()
  const three = await replica(async (_, { id, version }) => void seen.push([id, version]))
  await until(() => seen.filter(([id]) => id === key).length === 4)
  await three.stop()
  expect(seen.filter(([id]) => id === key).map(([, version]) => version)).toEqual([1, 2, 3, 4])
  expect(new Set(tried)).toEqual(new Set([1]))
  expect(await parkedOf(key)).toBe(0)
})

test('what a replica had in hand when it died is handled by the next one first, and at once', async () => {
  const key = randomUUID()
  let release = (_: Error) => {}
  const hanging = new Promise<void>((_, reject) => {
    release = reject
  })
  let taken = false
  const one = await replica(async (_, { id }) => {
    if (id !== key) return
    taken = true
    await hanging
  })
  await publish(key, [1])
  await until(() => taken)
  await one.kill()
  release(new Error('gone'))
  await publish(key, [2])
  const seen: number[] = []
  const two = await replica(async (_, { id, version }) => void (id === key && seen.push(version)))
  await until(() => seen.length === 2)
  await two.stop()
  expect(seen).toEqual([1, 2])
}, 20_000)

test('a key that is blocked, with more events than may be unacknowledged, holds up no other', async () => {
  const [blocked, other] = [randomUUID(), randomUUID()]
  let works = false
  const seen: [string, number][] = []
  const handle: Handle = async (_, { id, version }) => {
    if (id === blocked && !works) throw new Error('not now')
    seen.push([id, version])
  }
  const one = await replica(handle, [3_600_000])
  const count = 1_200
  await publish(blocked, upTo(count))
  await publish(other, [1], 'globex')
  await until(() => seen.some(([id]) => id === other))
  expect(seen.filter(([id]) => id === blocked)).toEqual([])
  await until(async () => (await parkedOf(blocked)) === count)
  works = true
  await svc.database.system.query('update parked_key set due_at = now() where partition_key = $1', [blocked])
  await one.stop()
  const two = await replica(handle)
  await until(() => seen.filter(([id]) => id === blocked).length === count)
  await two.stop()
  expect(seen.filter(([id]) => id === blocked).map(([, version]) => version)).toEqual(upTo(count))
  expect(await listDeadLetters(svc.database.system)).toEqual([])
}, 30_000)

test('a key with very many events, each of which takes its time, holds up no other', async () => {
  const [hot, other] = [randomUUID(), randomUUID()]
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const seen: [string, number][] = []
  const one = await replica(async (_, { id, version }) => {
    if (id === hot && version > 20) await gate
    seen.push([id, version])
  })
  await publish(hot, upTo(250))
  await publish(other, [1], 'globex')
  await until(() => seen.some(([id]) => id === other))
  expect(seen.filter(([id]) => id === hot).length).toBeLessThanOrEqual(20)
  release()
  await until(() => seen.filter(([id]) => id === hot).length === 250)
  await one.stop()
  expect(seen.filter(([id]) => id === hot).map(([, version]) => version)).toEqual(upTo(250))
}, 20_000)

/** A generator of numbers from 0 up to 1 that a seed determines (mulberry32). */
const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}

test.each([1, 2])(
  'whatever fails and whoever dies, every effect happens once and in the order of its key (seed %i)',
  async (seed) => {
    const random = randomOf(seed)
    const keys = Array.from({ length: 5 }, (): string => randomUUID())
    const length = 12
    const owner = new pg.Client(svc.urls.ownerUrl)
    await owner.connect()
    await owner.query('create table ledger (at bigserial, key uuid, version int)')
    await owner.query('grant insert on ledger to clientele_app; grant usage on ledger_at_seq to clientele_app')
    const entries = async () =>
      (await owner.query<{ key: string; version: number }>('select key, version from ledger order by at')).rows
    const handle: Handle = async (tx, { id, version }) => {
      if (!keys.includes(id)) return
      if (random() < 0.2) throw new Error('before the effect')
      await tx.em.execute('insert into ledger (key, version) values (?, ?)', [id, version])
      if (random() < 0.2) throw new Error('after the effect')
    }
    const backoff = Array(50).fill(5)
    let current = [await replica(handle, backoff), await replica(handle, backoff)]
    const left = new Map(keys.map((key) => [key, upTo(length)]))
    while ([...left.values()].some((versions) => versions.length)) {
      const key = keys[Math.floor(random() * keys.length)]!
      await publish(key, left.get(key)!.splice(0, 1 + Math.floor(random() * 3)))
      if (random() < 0.15) {
        const [dying, staying] = current
        await dying!.kill()
        current = [staying!, await replica(handle, backoff)]
      }
    }
    await until(async () => (await entries()).length >= keys.length * length)
    for (const each of current) await each.stop()
    const byKey = Map.groupBy(await entries(), (entry) => entry.key)
    await owner.query('drop table ledger')
    await owner.end()
    for (const key of keys) expect(byKey.get(key)?.map(({ version }) => version)).toEqual(upTo(length))
  },
  60_000,
)

const parkedOf = async (key: string) => {
  const { rows } = await svc.database.system.query(
    'select count(*)::int as count from parked_event where partition_key = $1',
    [key],
  )
  return rows[0].count as number
}
