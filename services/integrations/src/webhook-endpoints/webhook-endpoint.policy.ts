import { policy } from '@clientele/kit'

/** Admins decide where events go; privacy officers see where they go. */
export const webhookEndpointPolicy = policy('WebhookEndpoint', {
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
  },
  opens: {
    read: ['webhookEndpoint', 'webhookEndpoints'],
    write: [
      'createWebhookEndpoint',
      'updateWebhookEndpoint',
      'rotateWebhookSecret',
      'disableWebhookEndpoint',
      'enableWebhookEndpoint',
      'deleteWebhookEndpoint',
    ],
  },
  fields: {
    WebhookEndpoint: {
      PLAIN: ['url', 'description', 'types', 'ordering', 'status', 'disabledReason', 'failingSince', 'pausedUntil'],
      SENSITIVE: ['secret'],
    },
  },
})
