import { staffAccess } from '@clientele/contracts'
import { stubPolicy } from '@clientele/kit'

/** The staff and their teams are seen here as in profiles. */
export const staffPolicy = stubPolicy('Staff', staffAccess)
export const teamPolicy = stubPolicy('Team', staffAccess)
