/**
 * Whom something may be granted, in the order of the permission matrix: realm roles of people, our own services, and partners,
 * which are clients with the scope `partnerScope`.
 */
export const roleNames = [
  'admin',
  'manager',
  'sales',
  'service',
  'analyst',
  'privacy_officer',
  'service_account',
  'partner',
] as const

/** One of them. */
export type Role = (typeof roleNames)[number]

/** The role of who may do everything in a tenant. */
export const adminRole = 'admin' satisfies Role

/** The role that our own services have in every tenant. */
export const serviceRole = 'service_account' satisfies Role

/** The role of a client that has been granted `partnerScope`; no role of the realm, so nobody gets it by a role of that name. */
export const partnerRole = 'partner' satisfies Role

/** The OAuth scope that makes a client a partner: it may read customers, as far as its grant goes. */
export const partnerScope = 'customers.read'
