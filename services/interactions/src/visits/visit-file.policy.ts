import { filePolicy } from '@clientele/files'
import { visitPolicy } from './visit.policy.js'

/** Files of a visit are whose the visit is; whoever may change the visit attaches and removes them. */
export const visitFilePolicy = filePolicy(visitPolicy, { write: ['write'] })
