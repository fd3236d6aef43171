import { customerCreated, webhookEndpointCreated } from '@clientele/contracts'
import { Webhook } from 'standardwebhooks'
import { startWebhookBench } from '../../fixture/webhook-bench.js'
import { queueWebhooks } from './delivery.consumer.js'

// The clock stands still, so that no retry comes due between two tests.
const started = new Date()
const bench = await startWebhookBench({ now: () => started })
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
    .context({
      subject: 'service:integrations',
      roles: ['service_account'],
      tenant: all.tenant,
      territories: [],
      scopes: [],
      kind: 'service',
      itself: true,
    })
    .transaction((tx) => queueWebhooks.handle(tx, [event, event] as never))
  await run()
  expect(receiver.at(all.path)).toHaveLength(1)
  expect(receiver.at(exact.path)).toHaveLength(1)
  expect((await look(other)).deliveries.nodes).toEqual([])
  expect((await look(foreign)).deliveries.nodes).toEqual([])
})

test('what happens to endpoints is published, but delivered to none', async () => {
  const hook = await endpoint()
  await svc.relay()
  const { rows } = await svc.database.system.query('select event_id from outbox where entity_id = $1', [hook.id])
  await bench.queue(rows[0].event_id)
  expect((await svc.published(webhookEndpointCreated)).some(({ id }) => id === hook.id)).toBe(true)
  expect((await look(hook)).deliveries.totalCount).toBe(0)
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
  expect(
    await page({ filter: { or: [{ status: { in: ['DELIVERED'] } }, { eventType: { contains: 'nothing' } }] } }),
  ).toMatchObject({
    totalCount: 2,
  })
  const ONE = 'query ($id: ID!) { delivery(id: $id) { id status endpoint { id } } }'
  const id = second.nodes[0].id
  expect((await admin(hook.tenant).query(ONE, { id })).delivery).toMatchObject({ id, endpoint: { id: hook.id } })
  for (const [tenant, wanted] of [
    ['globex', id],
    [hook.tenant, hook.id],
    [hook.tenant, 'nonsense'],
  ] as const) {
    await expect(admin(tenant).query(ONE, { id: wanted })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      reason: 'delivery.unknown',
    })
  }
})
