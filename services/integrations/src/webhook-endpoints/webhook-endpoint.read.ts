import { byId, connection, reads } from '@clientele/read-model'

export const webhookEndpointReads = [
  reads('Query', {
    webhookEndpoint: byId('WebhookEndpoint'),
    webhookEndpoints: connection('WebhookEndpoint', { orderBy: [['createdAt', 'asc']] }),
  }),
]
