import { roles } from '@clientele/kit'

/** Who may see what a survey found: numbers without people. */
export const reportPolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
}
