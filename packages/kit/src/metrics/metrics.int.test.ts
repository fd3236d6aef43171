import { randomUUID } from 'node:crypto'
import { createMetrics, serveMetrics, streamName } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example, failing } from '@clientele/testkit/example/example.service'
import { jetstream } from '@nats-io/jetstream'

const svc = await startForTest(example)
const server = await serveMetrics(svc.metrics, { host: '127.0.0.1', port: 0 })
svc.defer(() => server.stop())

const read = async () => {
  const answer = await fetch(`${server.url}/metrics`)
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/)
  return answer.text()
}
/** The value of a metric whose line has all of these labels. */
const valueIn = (text: string, name: string, labels: Record<string, string> = {}) => {
  const line = text
    .split('\n')
    .find(
      (each) =>
        each.startsWith(`${name}{`) &&
        Object.entries({ service: 'example', ...labels }).every(([key, value]) => each.includes(`${key}="${value}"`)),
    )
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}
const create = (title = '王小明', subjectId = randomUUID()) =>
  svc.as('manager').mutate('mutation ($input: CreateNoteInput!) { createNote(input: $input) { id } }', {
    input: { subjectId, kind: 'PLAIN', title },
  })

test('operations are counted by kind and outcome, with how long they took', async () => {
  await create()
  await svc.as('manager').query('{ notes { totalCount } }')
  await expect(svc.as('stranger').query('{ notes { totalCount } }')).rejects.toThrow()
  await expect(svc.as('manager').query('{ nothing }')).rejects.toThrow()
  const text = await read()
  const count = (operation: string, outcome: string) =>
    valueIn(text, 'clientele_operation_duration_seconds_count', { operation, outcome })
  expect(count('mutation', 'OK')).toBe(1)
  expect(count('query', 'OK')).toBe(1)
  expect(count('query', 'FORBIDDEN')).toBe(1)
  expect(
    valueIn(text, 'clientele_operation_duration_seconds_sum', { operation: 'mutation', outcome: 'OK' }),
  ).toBeGreaterThan(0)
})

test('events are followed from the outbox to their consumer, and to the dead letters', async () => {
  await svc.settle()
  await create()
  const before = await read()
  expect(valueIn(before, 'clientele_outbox_events')).toBe(1)
  expect(valueIn(before, 'clientele_outbox_oldest_age_seconds')).toBeGreaterThan(0)
  await svc.relay()
  const published = await read()
  expect(valueIn(published, 'clientele_outbox_events')).toBe(0)
  expect(valueIn(published, 'clientele_consumer_pending_events', { consumer: 'example-count-notes' })).toBe(1)
  const doomed = randomUUID()
  failing.add(doomed)
  await create('x', doomed)
  await svc.settle()
  const after = await read()
  const consumer = 'example-count-notes'
  const difference = (name: string, labels: Record<string, string> = {}) =>
    (valueIn(after, name, labels) ?? 0) - (valueIn(before, name, labels) ?? 0)
  expect(difference('clientele_events_published_total')).toBe(2)
  expect(difference('clientele_consumer_events_total', { consumer, outcome: 'handled' })).toBe(1)
  expect(difference('clientele_consumer_events_total', { consumer, outcome: 'dead' })).toBe(1)
  expect(difference('clientele_consumer_events_total', { consumer, outcome: 'failed' })).toBeGreaterThan(0)
  expect(difference('clientele_consumer_delay_seconds_count', { consumer })).toBe(1)
  expect(valueIn(after, 'clientele_dead_letters')).toBe(1)
  expect(valueIn(after, 'clientele_consumer_pending_events', { consumer })).toBe(0)
})

test('an event that the stream gives again is seen until it is handled', async () => {
  await svc.settle()
  const consumer = 'example-count-notes'
  const redelivered = async () => valueIn(await read(), 'clientele_consumer_redelivered_events', { consumer })
  await create()
  await svc.relay()
  const js = jetstream(svc.nats)
  const taken = await (await js.consumers.get(streamName, consumer)).next({ expires: 2_000 })
  expect(await redelivered()).toBe(0)
  taken!.nak()
  const again = await (await js.consumers.get(streamName, consumer)).next({ expires: 2_000 })
  expect(again!.redelivered).toBe(true)
  expect(await redelivered()).toBe(1)
  again!.nak()
  // Its own feed notices that somebody else had the event, and is opened anew.
  await expect(svc.settle()).rejects.toThrow('missing')
  await svc.settle()
  expect(await redelivered()).toBe(0)
})

test('the age told of keys is that of the newest key whose tenant has gone longest without another', async () => {
  const age = async () => valueIn(await read(), 'clientele_tenant_key_oldest_age_seconds')!
  const { system } = svc.database
  const keys = `insert into tenant_key (tenant, generation, wrapped, master_key_id, created_at)
    select tenant, generation, 'x', 'none', now() - days * interval '1 day'
    from (values ('aged', 1, 90), ('aged', 2, 40), ('fresh', 1, 3)) as key (tenant, generation, days)`
  await system.query(keys)
  expect(await age()).toBeCloseTo(40 * 86_400, -3)
  await system.query(`update tenant_key set live = false, retired_at = now() where tenant = 'aged' and generation = 1`)
  expect(await age()).toBeCloseTo(40 * 86_400, -3)
  await system.query(`delete from tenant_key where tenant in ('aged', 'fresh')`).catch(() => {})
})

test('jobs and pools are measured', async () => {
  for (const job of svc.jobs) await job.run()
  const text = await read()
  expect(valueIn(text, 'clientele_job_duration_seconds_count', { outcome: 'ok' })).toBeGreaterThan(0)
  for (const pool of ['transactions', 'reads', 'system']) {
    expect(valueIn(text, 'clientele_database_connections_max', { pool })).toBeGreaterThan(0)
    for (const state of ['open', 'idle', 'waiting']) {
      expect(valueIn(text, 'clientele_database_connections', { pool, state })).toBeGreaterThanOrEqual(0)
    }
  }
  expect(valueIn(text, 'clientele_database_connections', { pool: 'system', state: 'open' })).toBeGreaterThan(0)
})

test('statements are measured by the pool that sends them, those that fail too', async () => {
  const count = async (pool: string, outcome: string) =>
    valueIn(await read(), 'clientele_statement_duration_seconds_count', { pool, outcome }) ?? 0
  const growth = async (pool: string, outcome: string, done: () => Promise<unknown>) => {
    const before = await count(pool, outcome)
    await done()
    return (await count(pool, outcome)) - before
  }
  const { system } = svc.database
  expect(await growth('transactions', 'ok', () => create())).toBeGreaterThan(1)
  // The metrics themselves are asked for by the system pool.
  expect(await growth('system', 'ok', () => system.query('select 1'))).toBeGreaterThan(1)
  expect(await growth('system', 'failed', () => system.query('select 1 / 0').catch(() => {}))).toBe(1)
  const client = await system.connect()
  expect(await growth('system', 'failed', () => client.query({ text: 'select 1 / 0' }).catch(() => {}))).toBe(1)
  client.release()
})

test('nothing of a person, a tenant or a request is in it', async () => {
  const id = randomUUID()
  await create(`张伟 👋 ${id}`, id)
  await svc.settle()
  const text = await read()
  expect(text).not.toMatch(/acme|张伟|王小明|[0-9a-f]{8}-[0-9a-f]{4}-/)
  const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label))
  const known = ['service', 'operation', 'outcome', 'consumer', 'timer', 'job', 'pool', 'state', 'le']
  expect([...labels].filter((label) => !known.includes(label!))).toEqual([])
})

test('names are as Prometheus wants them, and each says what it is', async () => {
  const text = await read()
  const families = [...text.matchAll(/^# TYPE (\S+) (\S+)/gm)].map(([, name, type]) => ({ name: name!, type }))
  expect(families.length).toBeGreaterThan(10)
  for (const { name, type } of families) {
    expect(name).toMatch(/^clientele_[a-z_]+$/)
    if (type === 'counter') expect(name).toMatch(/_total$/)
    if (type === 'histogram') expect(name).toMatch(/_seconds$/)
    expect(text).toMatch(new RegExp(`^# HELP ${name} [A-Z].+`, 'm'))
  }
})

test('a state that cannot be measured is left out, and keeps nobody waiting', async () => {
  const metrics = createMetrics({ ofProcess: true })
  metrics.sample(() => Promise.reject(new Error('away')))
  expect(await metrics.text()).toContain('nodejs_eventloop_lag_seconds')
  const end = metrics.sample(() => new Promise(() => {}))
  const began = performance.now()
  await metrics.text()
  expect(performance.now() - began).toBeLessThan(10_000)
  end()
})

test('there is nothing else on its port, and only reading', async () => {
  const status = async (path: string, method = 'GET') => (await fetch(`${server.url}${path}`, { method })).status
  expect([
    await status('/'),
    await status('/graphql'),
    await status('/metrics', 'POST'),
    await status('/metrics', 'HEAD'),
  ]).toEqual([404, 404, 405, 200])
})
