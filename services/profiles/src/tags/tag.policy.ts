import { roles } from '@clientele/kit'

export const tagPolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
  assign: roles('admin', 'manager', 'sales', 'service'),
}
