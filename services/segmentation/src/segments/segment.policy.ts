import { roles } from '@clientele/kit'

const readers = ['admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account']

/** Segments hold no personal data: staff may see them; who shapes campaigns and reports may change them. */
export const segmentPolicy = {
  read: roles(...readers),
  write: roles('admin', 'manager', 'analyst'),
}
