import { defineService } from '@clientele/kit'
import { compiledReads } from '@clientele/query-compiler'
import { auditPolicy } from './audit/audit.policy.js'
import { AuditResolver } from './audit/audit.resolver.js'
import { Customer } from './customers/customer.entity.js'
import { customerPolicy } from './customers/customer.policy.js'
import { customerReads } from './customers/customer.read.js'
import { CustomerResolver } from './customers/customer.resolver.js'
import { sealCustomers } from './customers/seal-customers.job.js'
import { SensitiveOrganizationResolver, SensitivePersonResolver } from './customers/sensitive-details.resolver.js'
import { importPolicy } from './imports/import.policy.js'
import { ImportResolver } from './imports/import.resolver.js'
import { Purchase } from './purchases/purchase.entity.js'
import { purchasePolicy } from './purchases/purchase.policy.js'
import { purchaseReads } from './purchases/purchase.read.js'
import { CustomerPurchasesResolver, PurchaseResolver } from './purchases/purchase.resolver.js'
import { searchPolicy } from './search/search.policy.js'
import { SearchResolver } from './search/search.resolver.js'
import { Tag } from './tags/tag.entity.js'
import { tagPolicy } from './tags/tag.policy.js'
import { TagResolver } from './tags/tag.resolver.js'

/** The customer record: who customers are, how they are reached, what they bought. */
export const profiles = defineService({
  name: 'profiles',
  migrations: new URL('../migrations/', import.meta.url),
  entities: [Customer, Tag, Purchase],
  resolvers: [
    CustomerResolver,
    SensitivePersonResolver,
    SensitiveOrganizationResolver,
    TagResolver,
    SearchResolver,
    PurchaseResolver,
    CustomerPurchasesResolver,
    ImportResolver,
    AuditResolver,
  ],
  policies: [customerPolicy, tagPolicy, searchPolicy, purchasePolicy, importPolicy, auditPolicy],
  references: [Customer, Purchase],
  queryCompiler: compiledReads(customerReads, purchaseReads),
  jobs: [sealCustomers],
})
