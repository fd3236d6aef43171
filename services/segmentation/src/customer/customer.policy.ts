import { roles } from '@clientele/kit'

/** What this service adds to a customer are figures and keys without personal data: all staff may see them. */
export const customerPolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
}
