/**
 * How far each role reaches among customers, and with them among what belongs to customers: the same in every service.
 * TERRITORY: customers that somebody looks after, and those of their territories and all below them.
 */
export const customerAccess = {
  admin: 'TENANT',
  manager: 'TERRITORY',
  sales: 'TERRITORY',
  service: 'TENANT',
  analyst: 'TENANT',
  privacy_officer: 'TENANT',
  interactions_account: 'TENANT',
  surveys_account: 'TENANT',
  segmentation_account: 'TENANT',
  integrations_account: 'TENANT',
  partner: 'TENANT',
} as const
