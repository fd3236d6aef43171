import { byId, connection, reads } from '@clientele/query-compiler'

export const webhookEndpointReads = [
  reads('Query', {
    webhookEndpoint: byId('WebhookEndpoint'),
    webhookEndpoints: connection('WebhookEndpoint', { orderBy: [['createdAt', 'asc']] }),
  }),
]
