import { policy } from '@clientele/kit'

/** The computation is the tenant's: who shapes campaigns and reports may have it done, and so may the service's own job. Scores are seen with their customer. */
export const rfmPolicy = policy('RfmRun', {
  roles: {
    admin: { sees: 'SENSITIVE', read: 'TENANT', compute: 'TENANT' },
    manager: { sees: 'SENSITIVE', read: 'TENANT', compute: 'TENANT' },
    sales: { sees: 'PERSONAL', read: 'TENANT' },
    service: { sees: 'PERSONAL', read: 'TENANT' },
    analyst: { sees: 'PLAIN', read: 'TENANT', compute: 'TENANT' },
    privacy_officer: { sees: 'SENSITIVE', read: 'TENANT' },
    service_account: { sees: 'PERSONAL', read: 'TENANT', compute: 'TENANT' },
  },
  opens: { read: ['Customer.rfm'], compute: ['recomputeRfm'] },
  fields: {
    RfmRun: { PLAIN: ['status', 'computedAt', 'customers', 'skipped'] },
    CustomerRfm: { PLAIN: ['recencyDays', 'frequency', 'monetary', 'r', 'f', 'm', 'computedAt'] },
  },
})
