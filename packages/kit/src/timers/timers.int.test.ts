import { randomUUID } from 'node:crypto'
import {
  type Actor,
  arrayParameter,
  clearTimers,
  createLog,
  defineService,
  run,
  setTimers,
  type Transaction,
  timer,
  Unavailable,
} from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'

let now = new Date('2026-03-01T12:00:00.000Z')
const failing = new Set<string>()
const gates = new Map<string, Promise<void>>()
const late: string[] = []
let handling: ((tx: Transaction, ids: readonly string[]) => Promise<void>) | undefined

/** Counts in the database how often each has gone off. */
const countUp = timer('countUp', async (tx, due) => {
  await gates.get(tx.actor.tenant)
  const ids = due.map(({ entityId }) => entityId)
  if (ids.some((id) => failing.has(id))) throw new TypeError('secret detail')
  await tx.em.execute(
    `insert into note_count (subject_id, notes) select id, 1 from unnest(?::uuid[]) as id
     on conflict (tenant, subject_id) do update set notes = note_count.notes + 1`,
    [arrayParameter(ids)],
  )
  late.push(...due.map(({ entityId, dueAt }) => `${entityId} ${dueAt.toISOString()}`))
  await handling?.(tx, ids)
})
const other = timer('other', async () => {})

const service = defineService({ ...example, consumers: [], timers: [countUp, other] })
const svc = await startForTest(service, { now: () => now })
const actor = (tenant: string): Actor => ({ subject: 'anna', roles: [], tenant, territories: [], kind: 'person' })
const within = <T>(tenant: string, work: (tx: Transaction) => Promise<T>) =>
  svc.context(actor(tenant)).transaction(work)
const set = (entityIds: readonly string[], at: Date, tenant = 'acme') =>
  within(tenant, (tx) =>
    setTimers(
      tx,
      countUp,
      entityIds.map((entityId) => ({ entityId, at })),
    ),
  )
const timersOf = ({ jobs }: Pick<typeof svc, 'jobs'>) => jobs.find(({ name }) => name === 'example-timers')!
const round = () => timersOf(svc).run()
const goOff = async () => {
  while (await round());
}
const counts = async (entityIds: readonly string[], tenant = 'acme') => {
  const rows = await svc.database
    .fork(actor(tenant), now)
    .execute<{ id: string; notes: number }[]>(
      `select subject_id as id, notes from note_count where subject_id = any(?::uuid[])`,
      [arrayParameter(entityIds)],
    )
  const found = new Map(rows.map(({ id, notes }) => [id, notes]))
  return entityIds.map((id) => found.get(id) ?? 0)
}
const waiting = async (tenant: string) => {
  const { rows } = await svc.database.system.query<{ count: number }>(
    'select count(*)::int from timer where tenant = $1',
    [tenant],
  )
  return rows[0]?.count
}
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000)
const pass = (seconds: number) => {
  now = after(seconds)
}
const ids = (count: number) => Array.from({ length: count }, () => randomUUID())

test('a timer goes off once, when it is due and not before, and says when that was', async () => {
  const [one] = ids(1) as [string]
  const at = after(60)
  await set([one], at)
  pass(59.999)
  await goOff()
  expect(await counts([one])).toEqual([0])
  pass(0.001)
  await goOff()
  await goOff()
  expect(await counts([one])).toEqual([1])
  expect(late.at(-1)).toBe(`${one} ${at.toISOString()}`)
})

test('after a downtime it goes off still, and knows how late it is', async () => {
  const [one] = ids(1) as [string]
  const at = after(60)
  await set([one], at)
  pass(86_400)
  await goOff()
  expect(late.at(-1)).toBe(`${one} ${at.toISOString()}`)
})

test('one that is set again has moved; one that is taken back is gone; a moment in the past is due at once', async () => {
  const [moved, taken, past] = ids(3) as [string, string, string]
  await set([moved, taken], after(10))
  await set([moved], after(20))
  await set([past], after(-1_000))
  await within('acme', (tx) => clearTimers(tx, countUp, [taken, randomUUID()]))
  pass(10)
  await goOff()
  expect(await counts([moved, taken, past])).toEqual([0, 0, 1])
  pass(10)
  await goOff()
  expect(await counts([moved, taken, past])).toEqual([1, 0, 1])
})

test('a transaction that fails sets none and takes none back', async () => {
  const [unset, kept] = ids(2) as [string, string]
  await set([kept], after(5))
  const failed = within('acme', async (tx) => {
    await setTimers(tx, countUp, [{ entityId: unset, at: now }])
    await clearTimers(tx, countUp, [kept])
    throw new Error('not so')
  })
  await expect(failed).rejects.toThrow('not so')
  pass(5)
  await goOff()
  expect(await counts([unset, kept])).toEqual([0, 1])
})

test('another tenant, and a timer of another name, are not touched', async () => {
  const [one] = ids(1) as [string]
  await set([one], after(5))
  await set([one], after(50), 'globex')
  await within('acme', (tx) => setTimers(tx, other, [{ entityId: one, at: after(5) }]))
  await within('globex', (tx) => clearTimers(tx, other, [one]))
  pass(5)
  await goOff()
  expect(await counts([one])).toEqual([1])
  expect([await waiting('acme'), await waiting('globex')]).toEqual([0, 1])
  pass(50)
  await goOff()
  expect(await waiting('globex')).toBe(0)
})

test('what it does may set it again', async () => {
  const [one] = ids(1) as [string]
  handling = (tx, entityIds) =>
    setTimers(
      tx,
      countUp,
      entityIds.map((entityId) => ({ entityId, at: after(10) })),
    )
  await set([one], now)
  await goOff()
  handling = undefined
  await goOff()
  expect(await counts([one])).toEqual([1])
  pass(10)
  await goOff()
  expect(await counts([one])).toEqual([2])
})

test('those that fail stop none of the others, and are tried again later and later', async () => {
  const all = ids(150)
  const bad = [all[3], all[77], all[149]] as string[]
  for (const id of bad) failing.add(id)
  await set(all, now)
  await goOff()
  expect(await counts(all)).toEqual(all.map((id) => (bad.includes(id) ? 0 : 1)))
  pass(1)
  await goOff()
  pass(1.5)
  await goOff()
  const { rows } = await svc.database.system.query<{ failures: number }>(
    'select failures from timer where failures > 0',
  )
  expect(rows.map(({ failures }) => failures)).toEqual([2, 2, 2])
  failing.clear()
  pass(2.5)
  await goOff()
  expect(await counts(bad)).toEqual([1, 1, 1])
})

test('more than go off together that all fail are all tried again, and keep no one else waiting', async () => {
  const bad = ids(230)
  for (const id of bad) failing.add(id)
  const [good] = ids(1) as [string]
  await set(bad, now)
  await set([good], after(0.5))
  await goOff()
  pass(0.5)
  await goOff()
  expect(await counts([good])).toEqual([1])
  failing.clear()
  pass(3_600)
  await goOff()
  expect(new Set(await counts(bad))).toEqual(new Set([1]))
})

const pending = async (name: string) => {
  const { rows } = await svc.database.system.query<{ failures: number; id: string }>(
    'select failures, entity_id as id from timer where name = $1',
    [name],
  )
  return rows
}

test('where one timer waits for a service that is away, the others of the tenant go off, and it is tried again within a minute', async () => {
  const all = ids(250)
  let asked = 0
  handling = () => Promise.reject(new Unavailable(`away ${++asked}`, { reason: 'database.busy' }))
  await set(all, after(-1))
  await within('acme', (tx) => setTimers(tx, other, [{ entityId: randomUUID(), at: now }]))
  while ((await waiting('acme')) !== all.length) await round()
  expect(asked).toBeLessThan(30)
  for (let times = 0; times < 12; times++) {
    pass(60)
    await round()
  }
  handling = undefined
  pass(60)
  await goOff()
  expect(new Set(await counts(all))).toEqual(new Set([1]))
})

test('one for which a service is away stops no other, and waits for its own back-off', async () => {
  const all = ids(150)
  const [bad] = all.slice(90) as [string]
  handling = async (_, some) => {
    if (some.includes(bad)) throw new Unavailable('away', { reason: 'database.busy' })
  }
  await set(all, now)
  await goOff()
  expect(await counts(all)).toEqual(all.map((id) => (id === bad ? 0 : 1)))
  pass(1)
  await goOff()
  expect(await pending('countUp')).toEqual([{ id: bad, failures: 2 }])
  handling = undefined
  pass(60)
  await goOff()
  expect(await counts([bad])).toEqual([1])
})

test('a tenant whose work takes long keeps no other waiting', async () => {
  const [slow, quick] = ids(2) as [string, string]
  let open = () => {}
  gates.set(
    'acme',
    new Promise((resolve) => {
      open = resolve
    }),
  )
  await set([slow], now)
  await round()
  await set([quick], now, 'globex')
  while (!(await counts([quick], 'globex'))[0]) await round()
  expect(await counts([slow])).toEqual([0])
  open()
  await goOff()
  gates.clear()
  expect(await counts([slow])).toEqual([1])
})

test('a tenant with more than one round can take keeps no other waiting', async () => {
  const many = ids(3_000)
  const few = Array.from({ length: 6 }, (_, at) => [`tenant-${at}`, randomUUID()] as const)
  await set(many, after(-1_000), 'aaa')
  for (const [tenant, id] of few) await set([id], now, tenant)
  for (const [tenant, id] of few) while (!(await counts([id], tenant))[0]) await round()
  expect(await waiting('aaa')).toBeGreaterThan(0)
  await goOff()
  expect(new Set(await counts(many, 'aaa'))).toEqual(new Set([1]))
})

test('with two replicas each timer goes off once, also when the lease changes hands all the time', async () => {
  const replica = await run(service, {
    database: svc.urls,
    natsUrl: svc.natsUrl,
    verifier: svc.verifier,
    masterKeys: svc.masterKeys,
    peers: { subgraph: () => undefined, token: svc.issuer.serviceToken },
    log: createLog({ name: 'replica', level: 'silent' }),
    now: () => now,
    migrate: false,
    background: false,
  })
  try {
    const all = ids(500)
    await set(all, now)
    const replicas = [timersOf(svc), timersOf(replica)]
    for (let times = 0; times < 3; times++) {
      await Promise.all(replicas.map((one) => one.run()))
      await svc.database.system.query(takeAway)
    }
    while (await waiting('acme')) await Promise.all(replicas.map((one) => one.run()))
    while ((await Promise.all(replicas.map((one) => one.run()))).some(Boolean));
    expect(new Set(await counts(all))).toEqual(new Set([1]))
    expect(await waiting('acme')).toBe(0)
  } finally {
    await replica.stop()
  }
})

const takeAway = `update lease set holder = gen_random_uuid(), fence = fence + 1, expires_at = '-infinity'`

test('a name stands for one timer', () => {
  expect(() => defineService({ ...example, timers: [countUp, countUp] })).toThrow('declared twice')
})
