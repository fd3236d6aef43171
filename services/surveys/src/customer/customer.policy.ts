import { roles } from '@clientele/kit'

/** Who may see what surveys add to a customer: scores and dates, no texts. */
export const customerPolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
}
