import { defineService } from '@clientele/kit'
import { compiledReads } from '@clientele/query-compiler'
import { config } from './config.js'
import { customers } from './customer/customer.actions.js'
import { replicateCustomers } from './customer/customer.consumer.js'
import { customerPolicy } from './customer/customer.policy.js'
import { Customer, CustomerRefResolver } from './customer/customer.ref.js'
import { queueWebhooks } from './deliveries/delivery.consumer.js'
import { Delivery } from './deliveries/delivery.entity.js'
import { deliverWebhooks } from './deliveries/delivery.job.js'
import { deliveryMeasures } from './deliveries/delivery.measures.js'
import { deliveryPolicy } from './deliveries/delivery.policy.js'
import { deliveryReads } from './deliveries/delivery.read.js'
import { DeliveryResolver, WebhookEndpointDeliveriesResolver } from './deliveries/delivery.resolver.js'
import { DeliveryAttempt } from './deliveries/delivery-attempt.entity.js'
import { forgetDeliveries } from './deliveries/retention.job.js'
import { linkOrigins } from './external-refs/external-ref.consumer.js'
import { ExternalRef } from './external-refs/external-ref.entity.js'
import { externalRefPolicy } from './external-refs/external-ref.policy.js'
import { externalRefReads } from './external-refs/external-ref.read.js'
import { ExternalRefResolver } from './external-refs/external-ref.resolver.js'
import { zh } from './messages.zh.js'
import { createdReads, createdResolvers } from './staff/created.js'
import { staff } from './staff/staff.actions.js'
import { replicateStaff } from './staff/staff.consumer.js'
import { staffPolicy } from './staff/staff.policy.js'
import { Staff } from './staff/staff.ref.js'
import { WebhookEndpoint } from './webhook-endpoints/webhook-endpoint.entity.js'
import { webhookEndpointPolicy } from './webhook-endpoints/webhook-endpoint.policy.js'
import { webhookEndpointReads } from './webhook-endpoints/webhook-endpoint.read.js'
import { WebhookEndpointResolver } from './webhook-endpoints/webhook-endpoint.resolver.js'

/** What customers are called in outside systems, and the events that partners receive as signed webhooks. */
export const integrations = defineService({
  name: 'integrations',
  config,
  migrations: new URL('../migrations/', import.meta.url),
  translations: { zh },
  entities: [ExternalRef, WebhookEndpoint, Delivery, DeliveryAttempt],
  resolvers: [
    CustomerRefResolver,
    ExternalRefResolver,
    WebhookEndpointResolver,
    WebhookEndpointDeliveriesResolver,
    DeliveryResolver,
    ...createdResolvers,
  ],
  orphanedTypes: [Customer],
  policies: [externalRefPolicy, webhookEndpointPolicy, deliveryPolicy, customerPolicy, staffPolicy],
  references: [ExternalRef, WebhookEndpoint],
  stubs: [
    { type: Customer, read: customerPolicy.read, ownership: customers.ownership },
    { type: Staff, read: staffPolicy.read, ownership: staff.ownership },
  ],
  queryCompiler: compiledReads(externalRefReads, webhookEndpointReads, deliveryReads, createdReads),
  consumers: [replicateCustomers, replicateStaff, linkOrigins, queueWebhooks],
  jobs: [deliverWebhooks, forgetDeliveries],
  measures: deliveryMeasures,
})
