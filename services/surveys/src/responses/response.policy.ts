import { roles } from '@clientele/kit'

/** Who may see responses, and take them down for customers. */
export const responsePolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
  record: roles('admin', 'manager', 'sales', 'service'),
}
