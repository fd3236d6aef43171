import { roles } from '@clientele/kit'

/** Who may see what this service adds to a customer. */
export const customerPolicy = {
  readExternalRefs: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
}
