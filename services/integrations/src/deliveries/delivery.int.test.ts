import { type AddressInfo, createServer } from 'node:net'
import { customerCreated, webhookEndpointCreated } from '@clientele/contracts'
import { Webhook } from 'standardwebhooks'
import { startWebhookBench, type TestEndpoint } from '../fixture/webhook-bench.js'
import { queueWebhooks } from './delivery.consumer.js'

// The clock stands still, so that no retry comes due between two tests.
const started = new Date()
const bench = await startWebhookBench({ now: () => started, settings: { WEBHOOK_TIMEOUT_MS: 400, WEBHOOK_CONCURRENCY: 3 } })
const { svc, receiver, admin, endpoint, happen, run, look, only } = bench
const verify = (secret: string, { body, headers }: { body: string; headers: object }) =>
  new Webhook(secret).verify(body, headers as Record<string, string>)

test('an event reaches the endpoint once, as the CloudEvent of the stream, signed', async () => {
  const hook = await endpoint()
  const event = await happen(hook.tenant)
  expect(await run()).toBe(1)
  expect(await run()).toBe(0)
  const [got, ...more] = receiver.at(hook.path)
  expect(more).toEqual([])
  expect(JSON.parse(got!.body)).toEqual(event)
  expect(verify(hook.secret, got!)).toEqual(event)
  expect(got!.headers).toMatchObject({
    'webhook-id': event.id,
    'content-type': 'application/cloudevents+json; charset=utf-8',
  })
  expect(got!.headers).not.toHaveProperty('clientele-test')
  expect(() => verify(hook.secret, { ...got!, body: got!.body.replace('ORGANIZATION', 'PERSON') })).toThrow('signature')
  expect(await only(hook)).toMatchObject({
    status: 'DELIVERED',
    cause: 'EVENT',
    eventId: event.id,
    eventType: event.type,
    body: got!.body,
    attemptCount: 1,
    nextAt: null,
    lastStatusCode: 204,
    lastError: null,
    deliveredAt: expect.any(String),
    attempts: { totalCount: 1, nodes: [{ statusCode: 204, error: null, responseSnippet: null }] },
  })
})

test('an event that the consumer gets twice is queued once for each endpoint that wants it', async () => {
  const all = await endpoint()
  const exact = await endpoint({ types: [customerCreated.type] }, all.tenant)
  const other = await endpoint({ types: ['clientele.interactions.*'] }, all.tenant)
  const foreign = await endpoint()
  const event = await happen(all.tenant)
  await svc
    .context({ subject: 'service:integrations', roles: [], tenant: all.tenant, territories: [], kind: 'service' })
    .transaction((tx) => queueWebhooks.handle(tx, [event, event] as never))
  await run()
  expect(receiver.at(all.path)).toHaveLength(1)
  expect(receiver.at(exact.path)).toHaveLength(1)
  expect((await look(other)).deliveries.nodes).toEqual([])
  expect((await look(foreign)).deliveries.nodes).toEqual([])
})

test('what happens to endpoints is published, but delivered to none', async () => {
  const hook = await endpoint()
  await svc.settle()
  expect((await svc.published(webhookEndpointCreated)).some(({ id }) => id === hook.id)).toBe(true)
  expect((await look(hook)).deliveries.totalCount).toBe(0)
})

const failsWith = async (hook: TestEndpoint, expected: object) => {
  await happen(hook.tenant)
  await run()
  const delivery = await only(hook)
  expect(delivery).toMatchObject({ status: 'PENDING', attemptCount: 1, deliveredAt: null, nextAt: expect.any(String) })
  expect(delivery.attempts.nodes[0]).toMatchObject(expected)
  expect(await look(hook)).toMatchObject({ status: 'FAILING', failingSince: expect.any(String) })
}

test.each([400, 401, 404, 500, 502])('%p is a failure', async (status) => {
  const hook = await endpoint()
  receiver.react(hook.path, (response) => void response.writeHead(status).end('no'))
  await failsWith(hook, { statusCode: status, error: 'http.status', responseSnippet: 'no' })
})

test.each([301, 302, 303, 307, 308])('%p is a failure, and its target is never asked', async (status) => {
  const hook = await endpoint()
  const target = `${hook.path}-target`
  receiver.react(hook.path, (response) => void response.writeHead(status, { location: receiver.url(target) }).end())
  await failsWith(hook, { statusCode: status, error: 'http.redirect' })
  expect(receiver.at(target)).toEqual([])
})

test('an endpoint that does not answer in time has failed', async () => {
  const hook = await endpoint()
  receiver.react(hook.path, () => {})
  await failsWith(hook, { statusCode: null, error: 'timeout' })
})

test('a cut connection is a failure', async () => {
  const hook = await endpoint()
  receiver.react(hook.path, (response) => void response.socket?.destroy())
  await failsWith(hook, { statusCode: null, error: 'connection.failed' })
})

test('a refused connection is a failure', async () => {
  const closed = createServer()
  await new Promise<void>((ready) => closed.listen(0, '127.0.0.1', ready))
  const { port } = closed.address() as AddressInfo
  await new Promise((done) => closed.close(done))
  await failsWith(await endpoint({ url: `http://127.0.0.1:${port}/` }), { statusCode: null, error: 'connection.refused' })
})

test('of an endless answer only the first kilobyte is read, and a 2xx counts all the same', async () => {
  const hook = await endpoint()
  let closed: Promise<unknown> | undefined
  receiver.react(hook.path, (response) => {
    closed = new Promise((resolve) => response.once('close', resolve))
    response.writeHead(200)
    const more = () => {
      if (!response.destroyed && response.write(`${'\0你'.repeat(1000)}`)) setImmediate(more)
    }
    response.on('drain', more)
    more()
  })
  await happen(hook.tenant)
  await run()
  await closed
  const delivery = await only(hook)
  expect(delivery).toMatchObject({ status: 'DELIVERED', lastStatusCode: 200 })
  const snippet: string = delivery.attempts.nodes[0].responseSnippet
  expect(snippet.startsWith('\uFFFD你\uFFFD你')).toBe(true)
  expect(snippet.length).toBeLessThanOrEqual(1024)
})

test('410 disables the endpoint at once and cancels what waits for it', async () => {
  const hook = await endpoint({ ordering: 'PER_CUSTOMER' })
  const id = customerCreated.example.id
  receiver.react(hook.path, (response) => void response.writeHead(410).end())
  await happen(hook.tenant, { id })
  await happen(hook.tenant, { id, version: 2 })
  await run()
  expect(receiver.at(hook.path)).toHaveLength(1)
  const after = await look(hook)
  expect(after).toMatchObject({ status: 'DISABLED', disabledReason: 'GONE' })
  expect(after.deliveries.nodes).toMatchObject([
    { status: 'CANCELLED', attemptCount: 0, lastError: 'endpoint.disabled', nextAt: null },
    { status: 'FAILED', attemptCount: 1, lastStatusCode: 410, nextAt: null },
  ])
})

test('slow and dead endpoints do not hold up a healthy one', async () => {
  const slow = await endpoint()
  const healthy = await endpoint({}, slow.tenant)
  let answered = 0
  receiver.react(slow.path, () => {})
  receiver.react(healthy.path, (response) => {
    answered++
    response.writeHead(204).end()
  })
  for (let i = 0; i < 9; i++) await happen(slow.tenant)
  const running = run()
  await receiver.waitFor(healthy.path, 9)
  // While the first three of the slow endpoint are still under way, all nine of the other have arrived.
  expect(receiver.at(slow.path).length).toBeLessThanOrEqual(3)
  expect(answered).toBe(9)
  await running
  expect((await look(healthy)).deliveries.nodes.every(({ status }: { status: string }) => status === 'DELIVERED')).toBe(true)
}, 30_000)

test('no more than the limit is under way to one endpoint at once', async () => {
  const hook = await endpoint()
  const open = new Set<object>()
  let most = 0
  receiver.react(hook.path, (response) => {
    open.add(response)
    most = Math.max(most, open.size)
    setImmediate(() => {
      open.delete(response)
      response.writeHead(204).end()
    })
  })
  for (let i = 0; i < 12; i++) await happen(hook.tenant)
  await run()
  expect(receiver.at(hook.path)).toHaveLength(12)
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(3)
})

test("an endpoint PER_CUSTOMER gets each customer's events in order, whatever takes how long", async () => {
  const hook = await endpoint({ ordering: 'PER_CUSTOMER' })
  const customers = Array.from({ length: 3 }, () => crypto.randomUUID())
  receiver.react(hook.path, (response, _, nth) =>
    nth % 2 ? setTimeout(() => response.writeHead(204).end(), 20) : void response.writeHead(204).end(),
  )
  for (const version of [1, 2, 3, 4]) for (const id of customers) await happen(hook.tenant, { id, version })
  await run()
  for (const id of customers) {
    const order = receiver.at(hook.path).map(({ body }) => JSON.parse(body)).filter(({ data }) => data.id === id)
    expect(order.map(({ data }) => data.version)).toEqual([1, 2, 3, 4])
  }
})

test('both secrets sign after a rotation; a second rotation ends the first one', async () => {
  const hook = await endpoint()
  const rotate = async () =>
    (
      await admin(hook.tenant).mutate(
        'mutation ($id: ID!) { rotateWebhookSecret(input: { id: $id }) { secret version } }',
        { id: hook.id },
      )
    ).rotateWebhookSecret
  const second = await rotate()
  expect(second).toMatchObject({ version: 2, secret: expect.stringMatching(/^whsec_/) })
  const event = await happen(hook.tenant)
  await run()
  const [first] = receiver.at(hook.path)
  expect(verify(hook.secret, first!)).toEqual(event)
  expect(verify(second.secret, first!)).toEqual(event)
  const third = await rotate()
  await happen(hook.tenant)
  await run()
  const [, later] = receiver.at(hook.path)
  expect(() => verify(hook.secret, later!)).toThrow('signature')
  for (const { secret } of [second, third]) expect(verify(secret, later!)).toBeDefined()
})

const TEST_EVENT =
  'mutation ($input: SendTestEventInput!) { sendTestEvent(input: $input) { id eventId eventType cause status endpoint { id } } }'

test('a test event is a signed example of the type, marked as a test, and says nothing against the endpoint', async () => {
  const hook = await endpoint({ types: ['clientele.surveys.*'] })
  const type = 'clientele.interactions.complaint.closed.v1'
  const as = admin(hook.tenant)
  const { sendTestEvent: byDefault } = await as.mutate(TEST_EVENT, { input: { endpointId: hook.id } })
  expect(byDefault).toMatchObject({ cause: 'TEST', status: 'PENDING', endpoint: { id: hook.id } })
  expect(byDefault.eventType).toMatch(/^clientele\.surveys\./)
  const chosen = { endpointId: hook.id, type, idempotencyKey: 'k' }
  const [a, b] = [await as.mutate(TEST_EVENT, { input: chosen }), await as.mutate(TEST_EVENT, { input: chosen })]
  expect(a.sendTestEvent.id).toBe(b.sendTestEvent.id)
  receiver.react(hook.path, (response) => void response.writeHead(500).end())
  expect(await run()).toBe(2)
  const got = receiver.at(hook.path).find(({ body }) => JSON.parse(body).type === type)
  expect(got?.headers).toMatchObject({ 'clientele-test': 'true' })
  expect(verify(hook.secret, got!)).toMatchObject({ tenantid: hook.tenant, type })
  expect(await look(hook)).toMatchObject({ status: 'ACTIVE', failingSince: null })
})

test.each(['clientele.nothing.at.all.v1', 'clientele.*', 'clientele.integrations.webhook_endpoint.created.v1'])(
  'there is no test event of type %s',
  async (type) => {
    const hook = await endpoint()
    const sending = admin(hook.tenant).mutate(TEST_EVENT, { input: { endpointId: hook.id, type } })
    await expect(sending).rejects.toMatchObject({
      code: 'INVALID',
      reason: 'webhook.type_unknown',
      fields: [{ path: 'input.type' }],
    })
  },
)

test('deliveries can be filtered and paged, and are found by id within their tenant only', async () => {
  const hook = await endpoint()
  for (let i = 0; i < 5; i++) await happen(hook.tenant)
  receiver.react(hook.path, (response, _, nth) => void response.writeHead(nth > 2 ? 500 : 200).end())
  await run()
  const PAGE =
    'query ($id: ID!, $after: String, $filter: DeliveryFilter) { webhookEndpoint(id: $id) { deliveries(first: 2, after: $after, filter: $filter) { totalCount nodes { id status } pageInfo { hasNextPage endCursor } } } }'
  const page = async (variables: object) =>
    (await admin(hook.tenant).query(PAGE, { id: hook.id, ...variables })).webhookEndpoint.deliveries
  const first = await page({ filter: { not: { status: { eq: 'DELIVERED' } } } })
  expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } })
  const second = await page({ filter: { not: { status: { eq: 'DELIVERED' } } }, after: first.pageInfo.endCursor })
  expect(second.nodes).toHaveLength(1)
  expect(await page({ filter: { or: [{ status: { in: ['DELIVERED'] } }, { eventType: { contains: 'nothing' } }] } })).toMatchObject({
    totalCount: 2,
  })
  const ONE = 'query ($id: ID!) { delivery(id: $id) { id status endpoint { id } } }'
  const id = second.nodes[0].id
  expect((await admin(hook.tenant).query(ONE, { id })).delivery).toMatchObject({ id, endpoint: { id: hook.id } })
  for (const [tenant, wanted] of [['globex', id], [hook.tenant, hook.id], [hook.tenant, 'nonsense']] as const) {
    await expect(admin(tenant).query(ONE, { id: wanted })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }
})
