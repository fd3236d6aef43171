import { policy } from '@clientele/kit'

/** Tags are everybody's, of whichever territory: those who answer for it care for them, and what changes customers of all is for admins. Who may change a customer may tag it: `customer.policy.ts`. */
export const tagPolicy = policy('Tag', {
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', manage: 'TENANT', merge: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TENANT', manage: 'TENANT' },
    sales: { clearance: 'PERSONAL', read: 'TENANT' },
    service: { clearance: 'PERSONAL', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
    segmentation_account: { clearance: 'PLAIN', read: 'TENANT' },
    partner: { clearance: 'PLAIN', read: 'TENANT' },
  },
  opens: {
    read: ['tags', 'Customer.tags'],
    manage: ['updateTag', 'retireTag', 'restoreTag'],
    merge: ['mergeTags'],
  },
  fields: { Tag: { PLAIN: ['key', 'name', 'color', 'description', 'retiredAt'] } },
  inputs: { UpdateTagInput: 'Tag' },
})
