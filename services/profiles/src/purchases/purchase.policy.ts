import { roles } from '@clientele/kit'

export const purchasePolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
  record: roles('admin', 'manager', 'sales'),
}
