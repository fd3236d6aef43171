import { roles } from '@clientele/kit'

export const externalRefPolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
  /** Service accounts are how a partner's sync links what it has created. */
  write: roles('admin', 'service_account'),
}
