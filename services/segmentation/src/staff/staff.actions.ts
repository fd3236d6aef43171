import { type ReplicatedStaff, staffReplica } from '@clientele/contracts'
import { localReplica } from '@clientele/kit'
import { staffPolicy } from './staff.policy.js'

/** What this service keeps of the staff, who belong to profiles. */
export const staff = localReplica<ReplicatedStaff>({ ...staffReplica, table: 'staff', read: staffPolicy.read })
