import type { CustomerKind, CustomerStatus } from '../codes.js'
import { customerArchived, customerCreated, customerRestored, customerUpdated } from '../profiles.js'

/** What a service other than profiles keeps of a customer. */
export interface ReplicatedCustomer {
  id: string
  version: number
  kind: CustomerKind
  status: CustomerStatus
  ownerId: string | null
  territory: string | null
}

/** How services keep a local replica of the customers: by these events, and by asking profiles for those whose events have not arrived yet. */
export const customerReplica = {
  concept: 'customer',
  columns: { kind: 'text', status: 'text', ownerId: 'text', territory: 'text' },
  owner: { service: 'profiles', query: 'customersById' },
  events: [customerCreated, customerUpdated, customerArchived, customerRestored],
  isArchived: ({ status }: ReplicatedCustomer) => status !== 'ACTIVE',
} as const
