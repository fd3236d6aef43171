import {
  type Actor,
  arrayParameter,
  ClienteleError,
  type Context,
  hasTenantScope,
  isInScope,
  NotFound,
  type Ownership,
  ownershipOf,
  type Rule,
  type Transaction,
  type ValidationIssue,
} from '@clientele/kit'
import { evaluateCustomers } from '../memberships/evaluation.actions.js'
import { customerPolicy } from './customer.policy.js'

/** What profiles tells of a customer, in events as in answers. */
export interface CustomerRecord {
  id: string
  version: number
  kind: string
  status: string
  ownerId: string | null
  territory: string | null
  source: string | null
  tags: string[]
  createdAt: string
  country?: string | null | undefined
  region?: string | null | undefined
  city?: string | null | undefined
  industry?: string | null | undefined
  sizeBand?: string | null | undefined
  ageBand?: string | null | undefined
  gender?: string | null | undefined
}

/** Keeps what the records say where it is newer than what is known; answers with the customers that changed. */
export const keepCustomers = async (tx: Transaction, records: readonly CustomerRecord[]): Promise<string[]> => {
  if (!records.length) return []
  const newest = new Map<string, CustomerRecord>()
  for (const record of records) {
    const known = newest.get(record.id)
    if (!known || known.version < record.version) newest.set(record.id, record)
  }
  const rows = await tx.em.execute<{ id: string }[]>(
    `insert into customer_facts as f
       (id, customer_version, kind, status, owner_id, territory, source, tags, customer_created_at, country, region, city,
        industry, size_band, age_band, gender, as_of)
     select id, version, kind, status, "ownerId", territory, source,
       array(select jsonb_array_elements_text(tags)), "createdAt", country, region, city,
       industry, "sizeBand", "ageBand", gender, ?::timestamptz
     from jsonb_to_recordset(?::jsonb) as row (id uuid, version int, kind text, status text, "ownerId" text,
       territory text, source text, tags jsonb, "createdAt" timestamptz, country text, region text, city text,
       industry text, "sizeBand" text, "ageBand" text, gender text)
     order by id
     on conflict (tenant, id) do update set
       customer_version = excluded.customer_version, kind = excluded.kind, status = excluded.status,
       owner_id = excluded.owner_id, territory = excluded.territory, source = excluded.source, tags = excluded.tags,
       customer_created_at = excluded.customer_created_at, country = excluded.country, region = excluded.region,
       city = excluded.city, industry = excluded.industry, size_band = excluded.size_band,
       age_band = excluded.age_band, gender = excluded.gender, as_of = excluded.as_of
     where f.customer_version < excluded.customer_version
     returning id`,
    [tx.now().toISOString(), JSON.stringify([...newest.values()])],
  )
  return rows.map(({ id }) => id)
}

const ASK = `query ($ids: [ID!]!) {
  customersById(ids: $ids) {
    id version kind status ownerId territory source tags { key } createdAt
    location { country region city } organization { industry sizeBand } ageBand person { gender }
  }
}`

interface Asked extends Omit<CustomerRecord, 'tags'> {
  tags: { key: string }[]
  location: { country: string | null; region: string | null; city: string | null } | null
  organization: { industry: string | null; sizeBand: string | null } | null
  person: { gender: string | null } | null
}
type Answer = { customersById: (Asked | null)[] }

const recordOf = ({ tags, location, organization, person, ...record }: Asked): CustomerRecord => ({
  ...record,
  ...location,
  ...organization,
  ...person,
  tags: tags.map(({ key }) => key),
})

/**
 * Asks profiles, in one batch, for those of the customers whose record no event has brought yet; answers with whom it learned.
 * Throws UNAVAILABLE when profiles cannot be reached.
 */
export const learnCustomers = async (tx: Transaction, ids: readonly string[]): Promise<string[]> => {
  const known = new Set((await knownCustomers(tx, ids)).map(({ id }) => id))
  const missing = [...new Set(ids.filter((id) => !known.has(id)))]
  if (!missing.length) return []
  const found = await askCustomers(tx, missing)
  return keepCustomers(tx, found.map(recordOf))
}

/** As `learnCustomers`, for events: their facts are kept, and the record follows with its own event if profiles is away. */
export const learnCustomersIfPossible = async (tx: Transaction, ids: readonly string[]): Promise<void> => {
  try {
    await learnCustomers(tx, ids)
  } catch (error) {
    if (!(error instanceof ClienteleError) || error.code !== 'UNAVAILABLE') throw error
    tx.log.debug({ customers: ids.length }, 'profiles is away; records of new customers will follow')
  }
}

/**
 * Makes sure that customers are there and that the actor may do with each what the rule says. Throws NOT_FOUND `customer.unknown` for those
 * that do not exist or outside their access scope, each with its place in the input, FORBIDDEN where they may only see
 * them.
 */
export const requireCustomers = async (
  tx: Transaction,
  ids: readonly string[],
  path: string,
  rule: Rule,
): Promise<void> => {
  await evaluateCustomers(tx, await learnCustomers(tx, ids))
  const known = new Map((await knownCustomers(tx, ids)).map((customer) => [customer.id, customer]))
  const fields = ids.flatMap((id, at): ValidationIssue[] => {
    const customer = known.get(id)
    if (customer && isInScope(tx, customerPolicy.read, customer, rule.action)) return []
    return [{ path: `${path}.${at}`, reason: 'customer.unknown', message: 'an existing customer' }]
  })
  if (fields.length) throw new NotFound('There is no such customer.', { reason: 'customer.unknown', fields })
  for (const customer of known.values()) tx.allow(rule, customer)
}

/** The ownership of these customers, in their order, undefined where there is none; profiles is asked for those whose record no event has brought yet. */
export const ownershipOfCustomers = (
  ctx: Context,
  ids: readonly string[],
): Promise<readonly (Ownership | undefined)[]> => ownershipOf(ctx, ids, { known: knownCustomers, ask: askCustomers })

/** Whether an actor's access scope has all customers of the tenant, so that they may see numbers that are about all of them. */
export const hasAllCustomers = (actor: Actor) => hasTenantScope(actor, customerPolicy.read)

const askCustomers = async ({ ask }: Pick<Context, 'ask'>, ids: readonly string[]) => {
  const { customersById } = await ask<Answer>('profiles', ASK, { ids })
  return customersById.filter((customer) => customer !== null)
}

const knownCustomers = ({ em }: Pick<Context, 'em'>, ids: readonly string[]) =>
  em.execute<(Ownership & { id: string })[]>(
    `select id, owner_id as "ownerId", territory from customer_facts where id = any(?::uuid[]) and customer_version > 0`,
    [arrayParameter(ids)],
  )
