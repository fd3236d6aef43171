import { policy } from '@clientele/kit'

/** Admins send events again; privacy officers see what was sent. */
export const deliveryPolicy = policy('Delivery', {
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', send: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
  },
  opens: {
    read: ['delivery', 'WebhookEndpoint.deliveries'],
    send: ['replayDelivery', 'replayFailedDeliveries', 'sendTestEvent'],
  },
  fields: {
    Delivery: {
      PLAIN: [
        'eventId',
        'eventType',
        'body',
        'cause',
        'status',
        'attemptCount',
        'nextAt',
        'lastStatusCode',
        'lastError',
        'deliveredAt',
        'endpoint',
        'attempts',
      ],
    },
    DeliveryAttempt: { PLAIN: ['at', 'durationMs', 'statusCode', 'error'], PERSONAL: ['responseSnippet'] },
    ReplayedDeliveries: { PLAIN: ['endpoint', 'count'] },
  },
})
