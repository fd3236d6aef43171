import type { PolicyTable } from '@clientele/kit'

/** What holds for the whole tenant: all staff and our own services read it, only an admin changes it. Nothing in it is about a person. */
export const sharedByAll = {
  admin: { clearance: 'SENSITIVE', read: 'TENANT', change: 'TENANT' },
  manager: { clearance: 'SENSITIVE', read: 'TENANT' },
  sales: { clearance: 'PERSONAL', read: 'TENANT' },
  service: { clearance: 'PERSONAL', read: 'TENANT' },
  analyst: { clearance: 'PLAIN', read: 'TENANT' },
  privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
  service_account: { clearance: 'PERSONAL', read: 'TENANT' },
} as const satisfies PolicyTable<'read' | 'change'>['roles']
