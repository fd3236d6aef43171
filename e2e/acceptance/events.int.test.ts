import { catalogue, everySubject, parseEvent } from '@clientele/contracts'
import { handedOnHeaders } from '@clientele/kit'
import { readEvents, until } from '@clientele/testkit'
import { connect } from '@nats-io/transport-node'
import { Webhook } from 'standardwebhooks'
import { startAcceptance, startReceiver } from '../platform/platform.js'
import { personal, tellStory } from '../platform/story.js'

const platform = await startAcceptance()
const receiver = await startReceiver()
platform.defer(receiver.stop)
const nats = await connect({ servers: platform.natsUrl })
platform.defer(() => nats.close())

const { createWebhookEndpoint: endpoint } = await platform.ask(
  'admin',
  'mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { id secret } }',
  { input: { url: receiver.url, types: ['*'] } },
)
const { customerId } = await tellStory(platform)
const published = await until(async () => {
  const events = await readEvents(nats, everySubject)
  const types = new Set(events.map(({ type }) => type))
  return (
    types.has('clientele.segmentation.membership.entered.v1') &&
    types.has('clientele.integrations.external_ref.linked.v1') &&
    events
  )
})

test('every change is a CloudEvent of the catalogue', () => {
  const types = published.map(({ type }) => type)
  expect(types).toEqual(
    expect.arrayContaining([
      'clientele.profiles.customer.created.v1',
      'clientele.profiles.purchase.recorded.v1',
      'clientele.interactions.visit.planned.v1',
      'clientele.interactions.visit.started.v1',
      'clientele.interactions.visit.completed.v1',
      'clientele.interactions.complaint.received.v1',
      'clientele.surveys.survey.published.v1',
      'clientele.surveys.invitation.issued.v1',
      'clientele.surveys.response.completed.v1',
      'clientele.segmentation.segment.created.v1',
      'clientele.segmentation.membership.entered.v1',
      'clientele.integrations.webhook_endpoint.created.v1',
      'clientele.integrations.external_ref.linked.v1',
    ]),
  )
  for (const event of published) expect(parseEvent(event, catalogue)).toMatchObject({ tenantid: 'acme', id: event.id })
  expect(new Set(published.map(({ id }) => id)).size).toBe(published.length)
})

describe.each(['in process', 'over HTTP'])("what a request's headers say, through the gateway %s", (transport) => {
  const said = {
    'x-request-id': `walk-${transport.replace(' ', '-')}`,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    'x-clientele-origin': 'erp.north',
    'x-clientele-purpose': encodeURIComponent('客户来电'),
    'x-clientele-tenant': 'acme',
  }
  let url = platform.url
  beforeAll(async () => {
    if (transport === 'over HTTP') url = await platform.overHttp()
  })
  const send = async (headers: Record<string, string>) => {
    // Good for two tenants: the header names the one that is meant.
    const authorization = `Bearer ${await platform.issuer.token({ roles: ['admin'], tenants: ['globex', 'acme'] })}`
    const query = 'mutation ($input: LinkExternalRefInput!) { linkExternalRef(input: $input) { id } }'
    const input = { customerId, system: 'erp.north', externalId: transport }
    return platform.post({ query, variables: { input } }, { authorization, ...headers }, url)
  }

  test('is each header of the contract that ends in an event or an entry', () => {
    // Who asks; in which language the answer is; what a trace has beside its id, which is handed on as it is.
    const others = ['authorization', 'accept-language', 'tracestate']
    expect([...Object.keys(said), ...others].toSorted()).toEqual(handedOnHeaders.toSorted())
  })

  test('is in the event and in the audit entry of the change', async () => {
    const { body } = await send(said)
    expect(body.errors).toBeUndefined()
    const { id } = body.data.linkExternalRef
    const event = await until(async () =>
      (await readEvents(nats, everySubject)).find(({ subject }) => subject === `external_ref/${id}`),
    )
    expect(event).toMatchObject({
      tenantid: said['x-clientele-tenant'],
      correlationid: said['x-request-id'],
      traceparent: said.traceparent,
      changeorigin: said['x-clientele-origin'],
    })
    const { rows } = await platform
      .service('integrations')
      .database.system.query(
        'select tenant, request_id, traceparent, change_origin, purpose, host(address) as address, action from audit_entry where entity_id = $1',
        [id],
      )
    expect(rows[0]).toMatchObject({
      tenant: said['x-clientele-tenant'],
      request_id: said['x-request-id'],
      traceparent: said.traceparent,
      change_origin: said['x-clientele-origin'],
      purpose: '客户来电',
      address: '127.0.0.1',
    })
  })

  test('is refused where it is no code of a system: a partner would get its own echo', async () => {
    const { body } = await send({ ...said, 'x-clientele-origin': 'ERP North' })
    expect(body.errors?.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'INVALID', reason: 'origin.invalid' },
    ])
  })
})

test('a webhook endpoint receives the same events, signed', async () => {
  const wanted = published.filter(({ type }) => !type.includes('.webhook_endpoint.')).map(({ id }) => id)
  const deliveries = await until(async () => {
    const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']))
    return wanted.every((id) => ids.has(id)) && receiver.received
  })
  const verifier = new Webhook(endpoint.secret)
  for (const { headers, body } of deliveries) {
    const event = verifier.verify(body, headers) as { id: string }
    expect(event.id).toBe(headers['webhook-id'])
    expect(event).toEqual(published.find(({ id }) => id === event.id) ?? event)
    expect(() => verifier.verify(`${body} `, headers)).toThrow()
  }
})

test('no name, e-mail or telephone number is in any event or delivery', () => {
  const texts = [...published.map((event) => JSON.stringify(event)), ...receiver.received.map(({ body }) => body)]
  for (const text of texts) for (const secret of personal) expect(text).not.toContain(secret)
})

// The second is what partners are promised. Each round begins just after an arrival: what waits for a timer waits in every one, and the best
// of them knows no slow moment of the machine.
test('a change is at the endpoint within a second of its commit', async () => {
  const delays: number[] = []
  for (let round = 0; round < 9; round++) {
    const before = receiver.received.length
    await platform.ask('manager', 'mutation ($input: TagCustomerInput!) { tagCustomer(input: $input) { id } }', {
      input: { id: customerId, tags: [`round-${round}`] },
    })
    const committed = Date.now()
    const arrived = await until(async () =>
      receiver.received.slice(before).find(({ body }) => body.includes('customer.tagged')),
    )
    delays.push(arrived.at - committed)
  }
  expect(Math.min(...delays)).toBeLessThan(1_000)
})
