import { roles } from '@clientele/kit'

/** Who may invite customers, and see who was invited. Who answers needs no role: he has the token. */
export const invitationPolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
  write: roles('admin', 'manager', 'sales', 'service', 'analyst'),
}
