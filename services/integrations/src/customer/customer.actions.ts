import { customerReplica, type ReplicatedCustomer } from '@clientele/contracts'
import { localReplica } from '@clientele/kit'
import { customerPolicy } from './customer.policy.js'

/** What this service keeps of customers, who belong to profiles. */
export const customers = localReplica<ReplicatedCustomer>({
  ...customerReplica,
  table: 'customer',
  read: customerPolicy.read,
})
