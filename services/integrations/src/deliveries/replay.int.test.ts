import { startWebhookBench } from '../../fixture/webhook-bench.js'

const clock = { now: new Date('2026-03-01T12:00:00Z') }
const pass = (seconds: number) => {
  clock.now = new Date(clock.now.getTime() + seconds * 1000)
}
const day = 24 * 60 * 60
const bench = await startWebhookBench({ now: () => clock.now })
const { svc, receiver, admin, endpoint, happen, run, look, only } = bench
const fail = (path: string, status = 500, headers: Record<string, string> = {}) =>
  receiver.react(path, (response) => void response.writeHead(status, headers).end())
const heal = (path: string) => fail(path, 204)

const REPLAY = 'mutation ($id: ID!) { replayDelivery(input: { id: $id }) { id status cause nextAt } }'
const REPLAY_FAILED =
  'mutation ($id: ID!, $since: DateTime!) { replayFailedDeliveries(input: { endpointId: $id, since: $since }) { count endpoint { id } } }'
const DISABLE = 'mutation ($id: ID!) { disableWebhookEndpoint(input: { id: $id }) { status disabledReason } }'
const ENABLE = 'mutation ($id: ID!) { enableWebhookEndpoint(input: { id: $id }) { status disabledReason } }'

test('a replay sends the same event with a fresh signature, and its failures say nothing against the endpoint', async () => {
  const hook = await endpoint()
  const event = await happen(hook.tenant)
  await run()
  const { id } = await only(hook)
  pass(day)
  const { replayDelivery: replayed } = await admin(hook.tenant).mutate(REPLAY, { id })
  expect(replayed).toMatchObject({ id, status: 'PENDING', cause: 'REPLAY', nextAt: clock.now.toISOString() })
  await expect(admin(hook.tenant).mutate(REPLAY, { id })).rejects.toMatchObject({
    code: 'CONFLICT',
    reason: 'delivery.illegal_transition',
  })
  fail(hook.path)
  await run()
  expect(await look(hook)).toMatchObject({ status: 'ACTIVE', failingSince: null })
  heal(hook.path)
  pass(6)
  await run()
  const [first, , last] = receiver.at(hook.path)
  expect(last!.body).toBe(first!.body)
  expect(last!.headers['webhook-id']).toBe(event.id)
  expect(Number(last!.headers['webhook-timestamp'])).toBe(Number(first!.headers['webhook-timestamp']) + day + 6)
  expect(await only(hook)).toMatchObject({ status: 'DELIVERED', attemptCount: 3 })
})

test('what waits for its next attempt has it at once, and still counts for the endpoint', async () => {
  const hook = await endpoint()
  fail(hook.path)
  await happen(hook.tenant)
  await run()
  const { id, nextAt } = await only(hook)
  expect(nextAt > clock.now.toISOString()).toBe(true)
  heal(hook.path)
  const { replayDelivery } = await admin(hook.tenant).mutate(REPLAY, { id })
  expect(replayDelivery).toEqual({ id, status: 'PENDING', cause: 'EVENT', nextAt: clock.now.toISOString() })
  await run()
  expect(await only(hook)).toMatchObject({ status: 'DELIVERED', cause: 'EVENT', attemptCount: 2 })
})

test('what happens while an endpoint is disabled is cancelled, and a replay brings it back', async () => {
  const hook = await endpoint()
  const as = admin(hook.tenant)
  await as.mutate(DISABLE, { id: hook.id })
  const since = clock.now.toISOString()
  const missed = [await happen(hook.tenant), await happen(hook.tenant)]
  await run()
  expect(receiver.at(hook.path)).toEqual([])
  expect((await look(hook)).deliveries.nodes).toMatchObject([
    { status: 'CANCELLED', lastError: 'endpoint.disabled' },
    { status: 'CANCELLED', lastError: 'endpoint.disabled' },
  ])
  const [{ id }] = (await look(hook)).deliveries.nodes
  const refused = { code: 'CONFLICT', reason: 'webhook_endpoint.disabled' }
  await expect(as.mutate(REPLAY, { id })).rejects.toMatchObject(refused)
  await expect(as.mutate(REPLAY_FAILED, { id: hook.id, since })).rejects.toMatchObject(refused)
  expect((await as.mutate(ENABLE, { id: hook.id })).enableWebhookEndpoint).toEqual({
    status: 'ACTIVE',
    disabledReason: null,
  })
  const later = new Date(clock.now.getTime() + 1).toISOString()
  expect((await as.mutate(REPLAY_FAILED, { id: hook.id, since: later })).replayFailedDeliveries.count).toBe(0)
  expect((await as.mutate(REPLAY_FAILED, { id: hook.id, since })).replayFailedDeliveries).toEqual({
    count: 2,
    endpoint: { id: hook.id },
  })
  await run()
  const got = receiver.at(hook.path).map(({ headers }) => headers['webhook-id'])
  expect(got.toSorted()).toEqual(missed.map((event) => event.id).toSorted())
})

test('a delivery under way when its endpoint is disabled may still succeed, and is not tried again when it fails', async () => {
  for (const [status, expected] of [
    [204, 'DELIVERED'],
    [500, 'CANCELLED'],
  ] as const) {
    const hook = await endpoint()
    const answer = Promise.withResolvers<void>()
    receiver.react(hook.path, (response) => void answer.promise.then(() => response.writeHead(status).end()))
    await happen(hook.tenant)
    const running = run()
    await receiver.waitFor(hook.path, 1)
    await admin(hook.tenant).mutate(DISABLE, { id: hook.id })
    answer.resolve()
    await running
    expect(await only(hook)).toMatchObject({ status: expected, attemptCount: 1, lastStatusCode: status, nextAt: null })
  }
})

test('a deleted endpoint takes its secrets and deliveries along, also one that is under way', async () => {
  const hook = await endpoint()
  const answer = Promise.withResolvers<void>()
  receiver.react(hook.path, (response) => void answer.promise.then(() => response.writeHead(500).end()))
  await happen(hook.tenant)
  const running = run()
  await receiver.waitFor(hook.path, 1)
  await admin(hook.tenant).mutate('mutation ($id: ID!) { deleteWebhookEndpoint(input: { id: $id }) { id } }', {
    id: hook.id,
  })
  answer.resolve()
  await running
  const { rows } = await svc.database.system.query(
    `select (select count(*)::int from delivery where endpoint_id = $1) as deliveries,
       (select count(*)::int from webhook_secret where endpoint_id = $1) as secrets`,
    [hook.id],
  )
  expect(rows).toEqual([{ deliveries: 0, secrets: 0 }])
})
