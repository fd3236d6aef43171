import { defineService } from '@clientele/kit'
import { Customer } from './customers/customer.entity.js'
import { customerPolicy } from './customers/customer.policy.js'
import { CustomerResolver } from './customers/customer.resolver.js'
import { ImportResolver } from './imports/import.resolver.js'
import { Purchase } from './purchases/purchase.entity.js'
import { purchasePolicy } from './purchases/purchase.policy.js'
import { CustomerPurchasesResolver, PurchaseResolver } from './purchases/purchase.resolver.js'
import { SearchResolver } from './search/search.resolver.js'
import { Tag } from './tags/tag.entity.js'
import { TagResolver } from './tags/tag.resolver.js'

/** The customer record: who customers are, how they are reached, what they bought. */
export const profiles = defineService({
  name: 'profiles',
  migrations: new URL('../migrations/', import.meta.url),
  entities: [Customer, Tag, Purchase],
  resolvers: [
    CustomerResolver,
    TagResolver,
    SearchResolver,
    PurchaseResolver,
    CustomerPurchasesResolver,
    ImportResolver,
  ],
  references: [
    { entity: Customer, read: customerPolicy.read },
    { entity: Purchase, read: purchasePolicy.read },
  ],
})
