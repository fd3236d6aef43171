import { policy } from '@clientele/kit'

/** The computation is the tenant's: who shapes campaigns and reports may have it done, and so may the service's own job. Scores are seen with their customer. */
export const rfmPolicy = policy('RfmRun', {
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', compute: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TENANT', compute: 'TENANT' },
    sales: { clearance: 'PERSONAL', read: 'TENANT' },
    service: { clearance: 'PERSONAL', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT', compute: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
    segmentation_account: { clearance: 'PLAIN', compute: 'TENANT' },
  },
  opens: { read: ['Customer.rfm'], compute: ['recomputeRfm'] },
  fields: {
    RfmRun: { PLAIN: ['status', 'computedAt', 'customers', 'skipped'] },
    CustomerRfm: { PLAIN: ['recencyDays', 'frequency', 'monetary', 'r', 'f', 'm', 'computedAt'] },
  },
})
