import type { Customer } from './customer.entity.js'

/** What every event of a customer says: codes and keys, no personal data. */
export const customerData = (customer: Customer) => ({
  kind: customer.kind,
  status: customer.status,
  number: customer.number,
  ownerId: customer.ownerId ?? null,
  territory: customer.territory ?? null,
  source: customer.source ?? null,
  tags: customer.tagKeys,
  createdAt: customer.createdAt.toISOString(),
  country: customer.country ?? null,
  region: customer.region ?? null,
  city: customer.city ?? null,
  industry: customer.industry ?? null,
  sizeBand: customer.sizeBand ?? null,
  ageBand: customer.ageBand ?? null,
  gender: customer.gender ?? null,
})
