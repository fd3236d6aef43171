/** Who sees the staff and their teams, in every service: everybody who works here; partners work elsewhere. */
export const staffAccess = {
  admin: 'TENANT',
  manager: 'TENANT',
  sales: 'TENANT',
  service: 'TENANT',
  analyst: 'TENANT',
  privacy_officer: 'TENANT',
} as const
