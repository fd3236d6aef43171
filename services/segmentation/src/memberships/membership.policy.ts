import { roles } from '@clientele/kit'

/** Memberships hold ids only; members come and go by the segment's own policy. */
export const membershipPolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
}
