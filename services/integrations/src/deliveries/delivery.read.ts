import { byId, connection, reads, relation } from '@clientele/query-compiler'

export const deliveryReads = [
  reads('Delivery', {
    endpoint: relation('WebhookEndpoint', 'endpointId'),
    attempts: connection('DeliveryAttempt', { by: 'deliveryId', orderBy: [['id', 'desc']] }),
  }),
  reads('WebhookEndpoint', {
    deliveries: connection('Delivery', { by: 'endpointId', orderBy: [['id', 'desc']] }),
  }),
  reads('Query', { delivery: byId('Delivery') }),
]
