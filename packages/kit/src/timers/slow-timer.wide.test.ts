import { randomUUID } from 'node:crypto'
import {
  type Actor,
  type Context,
  defineService,
  setTimers,
  slowTimer,
  type Transaction,
  timer,
  Unavailable,
} from '@clientele/kit'
import { startForTest, until } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import pg from 'pg'

let now = new Date('2026-03-01T12:00:00.000Z')
const reminded: string[] = []
const begun: string[] = []
const finished: string[] = []
let working: (ctx: Context, id: string, signal: AbortSignal) => Promise<unknown> = async () => {}

const remind = timer('remind', async (_, due) => void reminded.push(...due.map(({ entityId }) => entityId)))
const ask = slowTimer('ask', async (ctx, id, signal) => {
  begun.push(id)
  await working(ctx, id, signal)
  return async () => void finished.push(id)
})
const brief = slowTimer(
  'brief',
  async (ctx, id, signal) => {
    begun.push(id)
    await working(ctx, id, signal)
    return async () => void finished.push(id)
  },
  { mostMs: 50 },
)
const other = slowTimer('other', async (_, id) => async () => void finished.push(id))

const svc = await startForTest(defineService({ ...example, consumers: [], timers: [remind, ask, brief, other] }), {
  now: () => now,
})
const actor = (tenant: string): Actor => ({ subject: 'anna', roles: [], tenant, territories: [], kind: 'person' })
const within = <T>(tenant: string, work: (tx: Transaction) => Promise<T>) =>
  svc.context(actor(tenant)).transaction(work)
const set = (which: { name: string }, entityIds: readonly string[], tenant = 'acme') =>
  within(tenant, (tx) =>
    setTimers(
      tx,
      which,
      entityIds.map((entityId) => ({ entityId, at: now })),
    ),
  )
const jobs = svc.jobs.filter(({ name }) => name.startsWith('example-timers'))
const round = async () => (await Promise.all(jobs.map((job) => job.run()))).some(Boolean)
const ids = (count: number): string[] => Array.from({ length: count }, () => randomUUID())
const pass = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1_000)
}
const failuresOf = async (id: string) => {
  const { rows } = await svc.database.system.query<{ failures: number }>(
    'select failures from timer where entity_id = $1',
    [id],
  )
  return rows[0]?.failures
}
/** The statements that this takes, the look at its lease among them. */
const statementsOf = async (work: () => Promise<unknown>) => {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return query.mock.calls.map(([text]) => (text as unknown as { text?: string }).text ?? text)
  } finally {
    query.mockRestore()
  }
}
/** Lets go off what is due until this is so. */
const roundsUntil = (look: () => boolean | Promise<boolean>) =>
  until(async () => {
    await round()
    return look()
  })
const has = (list: readonly string[], wanted: readonly string[]) => () => wanted.every((id) => list.includes(id))

beforeEach(() => {
  begun.length = 0
  finished.length = 0
  working = async () => {}
})

test('what takes long is done outside of a transaction, and ends with its timer, once', async () => {
  const all = ids(30)
  working = async (ctx) => void (await ctx.em.execute('select 1'))
  await set(ask, all)
  await roundsUntil(has(finished, all))
  while (await round());
  expect(finished.toSorted()).toEqual(all.toSorted())
  const { rows } = await svc.database.system.query('select from timer')
  expect(rows).toHaveLength(0)
})

test('those that hang keep no urgent timer waiting, none of another name, and no other tenant', async () => {
  const { promise: end, resolve } = Promise.withResolvers<void>()
  const hanging = ids(6)
  working = (_, id) => (hanging.includes(id) ? end : Promise.resolve())
  await set(ask, hanging)
  await roundsUntil(() => begun.length >= 2)
  const [urgent, another, theirs] = ids(3) as [string, string, string]
  await set(remind, [urgent])
  await set(other, [another])
  await set(ask, [theirs], 'globex')
  await roundsUntil(() => has(reminded, [urgent])() && has(finished, [another, theirs])())
  // Two of four places are those of other tenants.
  expect(begun.filter((id) => hanging.includes(id))).toHaveLength(2)
  resolve()
  await roundsUntil(has(finished, hanging))
})

test('one that hangs leaves room for others of its tenant', async () => {
  const { promise: end, resolve } = Promise.withResolvers<void>()
  const [stuck, ...rest] = ids(5) as [string, ...string[]]
  working = (_, id) => (id === stuck ? end : Promise.resolve())
  await set(ask, [stuck])
  await roundsUntil(has(begun, [stuck]))
  await set(ask, rest)
  await roundsUntil(has(finished, rest))
  expect(finished).not.toContain(stuck)
  resolve()
  await roundsUntil(has(finished, [stuck]))
})

test.each<[string, Error]>([
  ['fails', new TypeError('secret detail')],
  ['says that something is away', new Unavailable('away', { reason: 'database.busy' })],
])('one that %s stops no other, and is tried again later and later', async (_, error) => {
  const all = ids(12)
  const [bad] = all as [string]
  working = async (_, id) => {
    if (id === bad) throw error
  }
  await set(ask, all)
  await roundsUntil(async () => (await failuresOf(bad)) === 1)
  pass(1)
  await roundsUntil(async () => has(finished, all.slice(1))() && (await failuresOf(bad)) === 2)
  const tried = begun.length
  for (let times = 0; times < 3; times++) await round()
  expect(begun.length).toBe(tried)
  working = async () => {}
  pass(2)
  await roundsUntil(has(finished, all))
})

test('while all of them say that something is away, they are tried one at a time and ever more rarely', async () => {
  const all = ids(40)
  working = () => Promise.reject(new Unavailable('away', { reason: 'database.busy' }))
  await set(ask, all)
  for (let times = 0; times < 120; times++) {
    await round()
    pass(1)
  }
  expect(begun.length).toBeGreaterThan(4)
  expect(begun.length).toBeLessThan(20)
  working = async () => {}
  pass(60)
  await roundsUntil(has(finished, all))
})

test('one that has moved meanwhile is not over', async () => {
  const [id] = ids(1) as [string]
  working = async () => {
    working = async () => {}
    await within('acme', (tx) => setTimers(tx, ask, [{ entityId: id, at: new Date(now.getTime() + 5_000) }]))
  }
  await set(ask, [id])
  while (await round());
  expect(finished).toEqual([])
  pass(5)
  await roundsUntil(has(finished, [id]))
})

test('what takes too long writes nothing any more, and is not tried beside itself', async () => {
  const { promise: end, resolve } = Promise.withResolvers<void>()
  const [id] = ids(1) as [string]
  const outcomeOf = (writing: Promise<unknown>) =>
    writing.then(
      () => 'written',
      (error: Error) => error.message,
    )
  let outcomes: Promise<string[]> | undefined
  working = (ctx) => {
    const begunBefore = outcomeOf(ctx.transaction(() => end))
    outcomes = end.then(() => Promise.all([begunBefore, outcomeOf(ctx.transaction(async () => {}))]))
    return outcomes
  }
  await set(brief, [id])
  await roundsUntil(async () => (await failuresOf(id)) === 1)
  pass(10)
  for (let times = 0; times < 5; times++) await round()
  expect(begun).toEqual([id])
  resolve()
  expect(await outcomes).toEqual(Array(2).fill('it took longer than 50 ms'))
  working = async () => {}
  await roundsUntil(has(finished, [id]))
  expect(begun).toEqual([id, id])
})

test('where nothing waits, slow timers cost about one statement a second, however many there are', async () => {
  const job = svc.jobs.find(({ name }) => name === 'example-timers-slow')!
  await job.run()
  const statements = await statementsOf(() => job.run())
  expect(statements).toEqual([expect.stringContaining('from lease'), expect.stringContaining('from timer')])
  expect(svc.jobs.filter(({ name }) => name.startsWith('example-timers'))).toHaveLength(2)
})

test('a service that stops ends what hangs', async () => {
  const { promise: told, resolve } = Promise.withResolvers<void>()
  working = (_, __, signal) => {
    signal.addEventListener('abort', () => resolve())
    return new Promise<never>(() => {})
  }
  const [id] = ids(1) as [string]
  await set(ask, [id])
  await roundsUntil(has(begun, [id]))
  for (const job of jobs) await job.stop()
  await told
  expect(await failuresOf(id)).toBe(0)
})
