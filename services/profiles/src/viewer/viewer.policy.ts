import { policy } from '@clientele/kit'

/** Everybody may know who they are here, and what they may do. */
export const viewerPolicy = policy('Viewer', {
  roles: {
    admin: { clearance: 'PLAIN', read: 'TENANT' },
    manager: { clearance: 'PLAIN', read: 'TENANT' },
    sales: { clearance: 'PLAIN', read: 'TENANT' },
    service: { clearance: 'PLAIN', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
    privacy_officer: { clearance: 'PLAIN', read: 'TENANT' },
    service_account: { clearance: 'PLAIN', read: 'TENANT' },
    partner: { clearance: 'PLAIN', read: 'TENANT' },
  },
  opens: { read: ['viewer'] },
  fields: {
    Viewer: { PLAIN: ['subject', 'roles', 'tenant', 'territories', 'staff', 'teams', 'permissions', 'fields'] },
    Permission: { PLAIN: ['operation', 'concept', 'action', 'scope'] },
    TypeVisibility: { PLAIN: ['type', 'hidden', 'partlyHidden', 'writeOnly'] },
  },
})
