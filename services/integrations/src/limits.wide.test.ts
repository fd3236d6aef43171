import { randomUUID } from 'node:crypto'
import { customerCreated, limits } from '@clientele/contracts'
import { bound, startForTest, testLimits, textOf } from '@clientele/testkit'
import { CREATE_ENDPOINT } from '../fixture/webhook-bench.js'
import { integrations } from './service.js'

const svc = await startForTest(integrations)
const staff = svc.as({ roles: ['admin'], subject: textOf(limits.subject, limits.subject.most) })
const customer = customerCreated.example
await svc.deliver(customerCreated, customer)
await svc.drain()

const anEndpoint = () => ({ url: 'https://partner.com/', types: ['*'], description: 'd' })
const created = async (): Promise<string> =>
  (await staff.mutate(CREATE_ENDPOINT, { input: anEndpoint() })).createWebhookEndpoint.id
const url = (characters: number) => 'https://partner.com/'.padEnd(characters, 'x')

testLimits(integrations, svc, {
  scenarios: [
    {
      mutation: 'linkExternalRef',
      input: () => ({
        ...{ customerId: customer.id, system: 'erp', externalId: randomUUID(), url: 'https://erp.example.com/' },
        idempotencyKey: randomUUID(),
      }),
    },
    { mutation: 'createWebhookEndpoint', input: () => ({ ...anEndpoint(), idempotencyKey: randomUUID() }) },
    { mutation: 'updateWebhookEndpoint', input: async () => ({ id: await created(), ...anEndpoint() }) },
  ].map((scenario) => ({ ...scenario, as: staff })),
  // It names a type that there must be, or picks what is stored.
  without: ['SendTestEventInput.type', 'ReplayFailedDeliveriesInput.since'],
  texts: {
    'LinkExternalRefInput.url': url,
    'CreateWebhookEndpointInput.url': url,
    'UpdateWebhookEndpointInput.url': url,
  },
  bounds: {
    'external_ref.system': bound.characters(limits.key),
    'external_ref.external_id': bound.characters(limits.externalId),
    'webhook_endpoint.url': `length ..${limits.url.most}`,
    'webhook_endpoint.types': bound.entries(limits.webhookTypes),
    // What is kept of an answer is cut to less.
    'delivery_attempt.response_snippet': 'bytes ..4096',
  },
})
