import { roles } from '@clientele/kit'

export const complaintPolicy = {
  read: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
  /** Whoever a customer may complain to. */
  receive: roles('admin', 'manager', 'sales', 'service'),
  handle: roles('admin', 'manager', 'service'),
}
