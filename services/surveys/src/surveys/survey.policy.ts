import { roles } from '@clientele/kit'

/** Who may do what with surveys and their reports. */
export const surveyPolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
  write: roles('admin', 'manager', 'analyst'),
}
