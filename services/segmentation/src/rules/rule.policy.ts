import { roles } from '@clientele/kit'

/** Trying and explaining rules shows counts and ids only: all staff may. */
export const rulePolicy = {
  try: roles('admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'service_account'),
}
