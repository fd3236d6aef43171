import { roles } from '@clientele/kit'

/** Who may read what customers wrote in their own words. */
export const answerPolicy = {
  readText: roles('admin', 'manager', 'sales', 'service', 'privacy_officer'),
}
