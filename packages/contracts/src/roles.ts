/** Our services, each of which has an account of its own. */
const serviceNames = ['profiles', 'interactions', 'surveys', 'segmentation', 'integrations'] as const

/** The role that the account of one service has, beside that of all services. */
export const accountRoleOf = <Name extends string>(service: Name) => `${service}_account` as const

/** The roles of the accounts of our services: each may what its service needs. One process for all of them has all of these. */
export const accountRoles = serviceNames.map(accountRoleOf)

/**
 * Whom something may be granted, in the order of the permission matrix: realm roles of people, all of our own services, each of
 * them, and partners, which are clients with the scope `partnerScope`.
 */
export const roleNames = [
  'admin',
  'manager',
  'sales',
  'service',
  'analyst',
  'privacy_officer',
  'service_account',
  ...accountRoles,
  'partner',
] as const

/** One of them. */
export type Role = (typeof roleNames)[number]

/** The role of who may do everything in a tenant. */
export const adminRole = 'admin' satisfies Role

/** The role that all our own services have in every tenant: what makes a token ours. */
export const serviceRole = 'service_account' satisfies Role

/** The role of the service that may ask the others for their part of the audit log. */
export const auditRole = accountRoleOf('profiles') satisfies Role

/** The role of a client that has been granted `partnerScope`; no role of the realm, so nobody gets it by a role of that name. */
export const partnerRole = 'partner' satisfies Role

/** The OAuth scope that makes a client a partner: it may read customers, as far as its grant goes. */
export const partnerScope = 'customers.read'
