import { roles } from '@clientele/kit'

/** Facts are figures without personal data: all staff may see them. */
export const factsPolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
}
