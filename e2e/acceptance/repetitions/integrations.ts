import { of, type Step, step } from './step.js'

export const integrationsSteps: readonly Step[] = [
  step('createWebhookEndpoint', () => ({ url: 'http://127.0.0.1:9/hook', types: ['*'] }), {
    as: 'endpoint',
    other: { description: 'Other' },
  }),
  step('updateWebhookEndpoint', (made) => ({ ...of('endpoint')(made), description: 'Ours' })),
  step('rotateWebhookSecret', of('endpoint'), { other: { expectedVersion: 1 } }),
  step('sendTestEvent', ({ endpoint }) => ({ endpointId: endpoint.id }), {
    as: 'delivery',
    other: { type: 'clientele.profiles.customer.created.v1' },
  }),
  step('disableWebhookEndpoint', of('endpoint')),
  step('enableWebhookEndpoint', of('endpoint')),
  step('replayDelivery', of('delivery')),
  step('replayFailedDeliveries', ({ endpoint }) => ({ endpointId: endpoint.id, since: '2026-01-01T00:00:00Z' }), {
    selection: '__typename',
  }),
  step('linkExternalRef', ({ customer }) => ({ customerId: customer.id, system: 'shop', externalId: 'S1' }), {
    as: 'ref',
    other: { externalId: 'S2' },
  }),
  step('unlinkExternalRef', of('ref')),
  step('deleteWebhookEndpoint', of('endpoint')),
]
