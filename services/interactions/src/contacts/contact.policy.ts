import { roles } from '@clientele/kit'

export const contactPolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
  write: roles('admin', 'manager', 'sales', 'service'),
}
