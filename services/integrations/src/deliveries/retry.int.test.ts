import { webhookEndpointDisabled } from '@clientele/contracts'
import { createLog } from '@clientele/kit'
import { Webhook } from 'standardwebhooks'
import { startWebhookBench } from '../../fixture/webhook-bench.js'
import { config } from '../config.js'
import { claimDue } from './claim.js'

const clock = { now: new Date('2026-03-01T12:00:00Z') }
const pass = (seconds: number) => {
  clock.now = new Date(clock.now.getTime() + seconds * 1000)
}
const day = 24 * 60 * 60
const bench = await startWebhookBench({ now: () => clock.now })
const { svc, receiver, admin, endpoint, happen, run, look, only } = bench
const fail = (path: string, status = 500, headers: Record<string, string> = {}) =>
  receiver.react(path, (response) => void response.writeHead(status, headers).end())
/** What another process claims deliveries with. */
const worker = {
  system: svc.database.system,
  now: () => clock.now,
  log: createLog({ name: 'worker', level: 'silent' }),
  forTenant: (tenant: string) =>
    svc.context({ subject: 'worker', roles: [], tenant, territories: [], scopes: [], kind: 'service' }),
}
const heal = (path: string) => fail(path, 204)

test('a delivery is tried by the schedule, each time signed afresh, until it has failed', async () => {
  const hook = await endpoint()
  fail(hook.path)
  const event = await happen(hook.tenant)
  const { WEBHOOK_RETRY_SECONDS: pauses } = config.parse({})
  await run()
  for (const [at, seconds] of pauses.entries()) {
    expect(await only(hook)).toMatchObject({ status: 'PENDING', attemptCount: at + 1 })
    pass(seconds * 0.79)
    await run()
    expect(receiver.at(hook.path)).toHaveLength(at + 1)
    pass(seconds * 0.42)
    await run()
  }
  const failed = await only(hook)
  expect(failed).toMatchObject({
    status: 'FAILED',
    attemptCount: 10,
    lastStatusCode: 500,
    lastError: 'http.status',
    nextAt: null,
  })
  expect(failed.attempts.totalCount).toBe(10)
  pass(30 * day)
  await run()
  const requests = receiver.at(hook.path)
  expect(requests.map(({ headers }) => headers['webhook-id'])).toEqual(Array(10).fill(event.id))
  expect(new Set(requests.map(({ body }) => body)).size).toBe(1)
  expect(new Set(requests.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10)
  for (const { headers, body } of requests) {
    const at = new Date(Number(headers['webhook-timestamp']) * 1000)
    expect(headers['webhook-signature']).toBe(new Webhook(hook.secret).sign(event.id, at, body))
  }
})

test('an endpoint that recovers is ACTIVE again, and gets what it missed', async () => {
  const hook = await endpoint()
  fail(hook.path)
  await happen(hook.tenant)
  await run()
  expect(await look(hook)).toMatchObject({ status: 'FAILING', failingSince: clock.now.toISOString() })
  heal(hook.path)
  pass(6)
  await run()
  expect(await look(hook)).toMatchObject({ status: 'ACTIVE', failingSince: null, version: 1 })
  expect(await only(hook)).toMatchObject({ status: 'DELIVERED', attemptCount: 2, lastError: null, lastStatusCode: 204 })
})

test.each([429, 503])('after %p with Retry-After the whole endpoint is left alone for so long', async (status) => {
  const hook = await endpoint()
  fail(hook.path, status, { 'retry-after': '600' })
  await happen(hook.tenant)
  await run()
  const until = new Date(clock.now.getTime() + 600_000).toISOString()
  expect(await look(hook)).toMatchObject({ pausedUntil: until })
  expect(await only(hook)).toMatchObject({ nextAt: until })
  heal(hook.path)
  await happen(hook.tenant)
  pass(599)
  await run()
  expect(receiver.at(hook.path)).toHaveLength(1)
  pass(1)
  await run()
  expect(receiver.at(hook.path)).toHaveLength(3)
  expect(await look(hook)).toMatchObject({ status: 'ACTIVE', pausedUntil: null })
})

test('after five days of failures only the endpoint is disabled, which is published once', async () => {
  const hook = await endpoint()
  fail(hook.path)
  await happen(hook.tenant)
  await run()
  pass(5 * day - 1)
  await happen(hook.tenant)
  await run()
  expect(await look(hook)).toMatchObject({ status: 'FAILING' })
  pass(10)
  await happen(hook.tenant)
  await run()
  const after = await look(hook)
  expect(after).toMatchObject({ status: 'DISABLED', disabledReason: 'ONLY_FAILURES', version: 2 })
  const statuses = after.deliveries.nodes.map(({ status }: { status: string }) => status)
  expect(statuses).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED'])
  await svc.relay()
  const published = (await svc.published(webhookEndpointDisabled)).filter(({ id }) => id === hook.id)
  expect(published).toEqual([{ id: hook.id, version: 2, types: ['*'] }])
})

test('one success within the five days keeps the endpoint', async () => {
  const hook = await endpoint()
  fail(hook.path)
  await happen(hook.tenant)
  await run()
  pass(4 * day)
  heal(hook.path)
  await run()
  fail(hook.path)
  pass(2 * day)
  await happen(hook.tenant)
  await run()
  expect(await look(hook)).toMatchObject({ status: 'FAILING', failingSince: clock.now.toISOString() })
})

test('a process that dies while it delivers leaves the delivery to the next one, after the lease', async () => {
  const hook = await endpoint()
  await happen(hook.tenant)
  const settings = config.parse({})
  const lane = { failing: false, perEndpoint: 8, free: 64 }
  const claimed = await claimDue(worker, lane, new Map(), settings)
  expect(claimed.some(({ endpointId }) => endpointId === hook.id)).toBe(true)
  await run()
  expect(receiver.at(hook.path)).toEqual([])
  pass(settings.WEBHOOK_TIMEOUT_MS / 1000 + 31)
  await run()
  expect(receiver.at(hook.path)).toHaveLength(1)
  expect(await only(hook)).toMatchObject({ status: 'DELIVERED', attemptCount: 1 })
})

test('two workers never take the same delivery', async () => {
  const hook = await endpoint()
  for (let i = 0; i < 10; i++) await happen(hook.tenant)
  const lane = { failing: false, perEndpoint: 4, free: 64 }
  const claims = await Promise.all(Array.from({ length: 4 }, () => claimDue(worker, lane, new Map(), config.parse({}))))
  const ids = claims.flat().map(({ id }) => id)
  expect(ids.length).toBeGreaterThanOrEqual(4)
  expect(new Set(ids).size).toBe(ids.length)
  pass(60)
  await run()
})

test('a replaced secret signs for a day and no longer', async () => {
  const hook = await endpoint()
  const signatures = async () => {
    await happen(hook.tenant)
    await run()
    return String(receiver.at(hook.path).at(-1)!.headers['webhook-signature']).split(' ').length
  }
  expect(await signatures()).toBe(1)
  await admin(hook.tenant).mutate('mutation ($id: ID!) { rotateWebhookSecret(input: { id: $id }) { id } }', {
    id: hook.id,
  })
  pass(day - 1)
  expect(await signatures()).toBe(2)
  pass(1)
  expect(await signatures()).toBe(1)
})

test('the log is forgotten thirty days after the last that happened to a delivery; what waits never is', async () => {
  const forget = async () => {
    while (await svc.jobs[1]!.run());
  }
  const count = async (of: typeof old) => (await look(of)).deliveries.totalCount
  const old = await endpoint()
  const young = await endpoint()
  const waiting = await endpoint()
  const replayed = await endpoint()
  await happen(old.tenant)
  await happen(replayed.tenant)
  await run()
  await happen(waiting.tenant)
  await svc.database.system.query(`update webhook_endpoint set paused_until = $2 where id = $1`, [
    waiting.id,
    new Date(clock.now.getTime() + 60 * day * 1000),
  ])
  pass(29 * day)
  const { id } = await only(replayed)
  await admin(replayed.tenant).mutate('mutation ($id: ID!) { replayDelivery(input: { id: $id }) { id } }', { id })
  await happen(young.tenant)
  await run()
  await forget()
  expect(await count(old)).toBe(1)
  pass(day + 1)
  await forget()
  expect([await count(old), await count(young), await count(replayed), await count(waiting)]).toEqual([0, 1, 1, 1])
  pass(30 * day)
  await forget()
  expect([await count(young), await count(replayed), await count(waiting)]).toEqual([0, 0, 1])
  await run()
  expect(await only(waiting)).toMatchObject({ status: 'DELIVERED', attemptCount: 1 })
})
