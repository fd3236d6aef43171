import { defineEntity, p } from '@mikro-orm/core'

const CustomerCopySchema = defineEntity({
  name: 'CustomerCopy',
  tableName: 'customer',
  properties: {
    id: p.uuid().primary(),
    version: p.integer(),
    kind: p.string(),
    status: p.string(),
    ownerId: p.string().nullable(),
    territory: p.string().nullable(),
  },
})

/** What this service knows of the customers of profiles: enough to refuse links to nobody. */
export class CustomerCopy extends CustomerCopySchema.class {}
CustomerCopySchema.setClass(CustomerCopy)
