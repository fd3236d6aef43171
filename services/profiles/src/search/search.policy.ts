import { roles } from '@clientele/kit'

export const searchPolicy = {
  search: roles('admin', 'manager', 'sales', 'service', 'privacy_officer', 'service_account', 'analyst'),
}
