import { type ReplicatedStaff, staffAccess, staffReplica } from '@clientele/contracts'
import { localReplica, policy } from '@clientele/kit'

/** Nothing of the staff is shown here; automations act on behalf of them. */
const staffPolicy = policy('Staff', {
  roles: Object.fromEntries(
    Object.entries(staffAccess).map(([role, read]) => [role, { clearance: 'PLAIN' as const, read }]),
  ),
  opens: { read: [] },
  fields: {},
})

/** What this service keeps of the staff, who belong to profiles. */
export const staff = localReplica<ReplicatedStaff>({ ...staffReplica, table: 'staff', read: staffPolicy.read })
