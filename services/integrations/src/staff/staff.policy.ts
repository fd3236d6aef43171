import { staffAccess } from '@clientele/contracts'
import { stubPolicy } from '@clientele/kit'

/** The staff are seen here as in profiles. */
export const staffPolicy = stubPolicy('Staff', staffAccess)
