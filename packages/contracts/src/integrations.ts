import { z } from 'zod'
import { event } from './event.js'
import { taskRequestedBy } from './interactions/task-requested.js'
import { limits } from './limits/index.js'
import { changedFields, code, customerId, entity, key } from './values.js'

const externalRef = z.object({
  ...entity('external reference'),
  customerId,
  system: key.describe('Key of the outside system.'),
  entityType: code.describe('Kind of record over there.'),
})

const externalRefExample = {
  id: '0199a1b2-0000-7000-8000-000000000041',
  version: 1,
  customerId: '0199a1b2-0000-7000-8000-000000000001',
  system: 'erp',
  entityType: 'customer',
}

export const externalRefLinked = event(
  'clientele.integrations.external_ref.linked.v1',
  'A customer was linked to a record of an outside system.',
  externalRef,
  externalRefExample,
)

export const externalRefUnlinked = event(
  'clientele.integrations.external_ref.unlinked.v1',
  'The link between a customer and an outside record was cut.',
  externalRef,
  { ...externalRefExample, version: 2 },
)

const webhookEndpoint = z.object({
  ...entity('webhook endpoint'),
  types: z
    .array(z.string().regex(new RegExp(`^[a-z0-9_.*]{1,${limits.webhookType.most}}$`)))
    .min(limits.webhookTypes.least)
    .max(limits.webhookTypes.most)
    .describe('Event types that it subscribes to; * stands for one part, at the end for all that follow.'),
})

const webhookEndpointExample = {
  id: '0199a1b2-0000-7000-8000-000000000042',
  version: 1,
  types: ['clientele.interactions.complaint.closed.v1'],
}

export const webhookEndpointCreated = event(
  'clientele.integrations.webhook_endpoint.created.v1',
  'A partner endpoint was registered.',
  webhookEndpoint,
  webhookEndpointExample,
)

export const webhookEndpointUpdated = event(
  'clientele.integrations.webhook_endpoint.updated.v1',
  'Settings of a partner endpoint changed.',
  webhookEndpoint.extend({ changedFields }),
  { ...webhookEndpointExample, version: 2, changedFields: ['types'] },
)

export const webhookEndpointDisabled = event(
  'clientele.integrations.webhook_endpoint.disabled.v1',
  'Deliveries to a partner endpoint were stopped, by hand or after too many failures.',
  webhookEndpoint,
  { ...webhookEndpointExample, version: 3 },
)

export const webhookEndpointEnabled = event(
  'clientele.integrations.webhook_endpoint.enabled.v1',
  'Deliveries to a stopped partner endpoint were resumed.',
  webhookEndpoint,
  { ...webhookEndpointExample, version: 4 },
)

export const webhookEndpointDeleted = event(
  'clientele.integrations.webhook_endpoint.deleted.v1',
  'A partner endpoint was removed.',
  webhookEndpoint,
  { ...webhookEndpointExample, version: 5 },
)

export const integrationsTaskRequested = taskRequestedBy('integrations')
