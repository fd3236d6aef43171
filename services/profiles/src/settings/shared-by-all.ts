import type { PolicyTable } from '@clientele/kit'

/** What holds for the whole tenant: all staff and those of our services read it that go by it, only an admin changes it. Nothing in it is about a person. */
export const sharedByAll = {
  admin: { clearance: 'SENSITIVE', read: 'TENANT', change: 'TENANT' },
  manager: { clearance: 'SENSITIVE', read: 'TENANT' },
  sales: { clearance: 'PERSONAL', read: 'TENANT' },
  service: { clearance: 'PERSONAL', read: 'TENANT' },
  analyst: { clearance: 'PLAIN', read: 'TENANT' },
  privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
  interactions_account: { clearance: 'PERSONAL', read: 'TENANT' },
  segmentation_account: { clearance: 'PLAIN', read: 'TENANT' },
} as const satisfies PolicyTable<'read' | 'change'>['roles']
