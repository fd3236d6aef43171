import { type ReplicatedStaff, type ReplicatedTeam, staffReplica, teamReplica } from '@clientele/contracts'
import { localReplica } from '@clientele/kit'
import { staffPolicy, teamPolicy } from './staff.policy.js'

/** What this service keeps of the staff, who belong to profiles. */
export const staff = localReplica<ReplicatedStaff>({ ...staffReplica, table: 'staff', read: staffPolicy.read })

/** What it keeps of their teams. */
export const teams = localReplica<ReplicatedTeam>({ ...teamReplica, table: 'team', read: teamPolicy.read })
