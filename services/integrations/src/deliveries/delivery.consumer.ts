import { consumeBatch } from '@clientele/kit'
import { queueDeliveries } from './delivery.actions.js'

/** Every event there is becomes one delivery per endpoint that wants it. */
export const queueWebhooks = consumeBatch('integrations-webhooks', 'all', (tx, events) => queueDeliveries(tx, events))
