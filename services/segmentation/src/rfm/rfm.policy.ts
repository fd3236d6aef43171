import { roles } from '@clientele/kit'

/** Who shapes campaigns and reports may have scores computed, and so may the service's own job. */
export const rfmPolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
  compute: roles('admin', 'manager', 'analyst', 'service_account'),
}
