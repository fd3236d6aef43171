import { roles } from '@clientele/kit'

/** Whoever may read everything that stands in it. */
export const timelinePolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
}
