import { externalRefLinked, externalRefUnlinked } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  expectVersion,
  isId,
  locked,
  type Transaction,
  validationIssues,
  within,
} from '@clientele/kit'
import { customers } from '../customer/customer.actions.js'
import { remove } from '../record.js'
import { ExternalEntityType, ExternalRef } from './external-ref.entity.js'
import { externalRefPolicy } from './external-ref.policy.js'
import { checkLink, type Link } from './link.js'

export interface LinkExternalRef extends Omit<Link, 'entityType' | 'url'> {
  entityType?: ExternalEntityType | null
  url?: string | null
  idempotencyKey?: string | null
}

/** Links a customer to an outside record. What is linked already stays as it is; a record of another customer is a CONFLICT `external_ref.taken`. */
export const linkExternalRef = (ctx: Context, input: LinkExternalRef) =>
  ctx.transaction(
    async (tx) => {
      const issues = validationIssues()
      const link = checkLink(issues, input)
      issues.refuse()
      await customers.require(tx, link.customerId, externalRefPolicy.write, { archived: 'accepted' })
      await holdKeys(tx, [link])
      const [known] = await findLinked(tx, [link])
      if (!known) return created(tx, link)
      if (known.customerId !== link.customerId) {
        throw new Conflict('This record is linked to another customer.', { reason: 'external_ref.taken' })
      }
      if (input.url === undefined || known.url === link.url) return known
      known.url = link.url
      tx.emit(externalRefLinked, known, eventData(known))
      return known
    },
    { key: input.idempotencyKey, operation: 'linkExternalRef', input },
  )

/** Links what is not linked yet; records that belong to another customer are left to him and returned. */
export const linkAll = async (tx: Transaction, links: readonly Link[]): Promise<Link[]> => {
  if (!links.length) return []
  await holdKeys(tx, links)
  const owners = new Map((await findLinked(tx, links)).map((ref) => [keyOf(ref), ref.customerId]))
  const taken: Link[] = []
  for (const link of links) {
    const owner = owners.get(keyOf(link))
    if (owner === undefined) created(tx, link)
    else if (owner !== link.customerId) taken.push(link)
    owners.set(keyOf(link), owner ?? link.customerId)
  }
  return taken
}

export interface UnlinkExternalRef {
  id: string
  expectedVersion?: number | null
}

/** Cuts a link; the answer is the link as it was. */
export const unlinkExternalRef = (ctx: Context, input: UnlinkExternalRef) =>
  ctx.transaction(async (tx) => {
    const ref = await locked(tx, ExternalRef, input.id, externalRefPolicy.write)
    expectVersion(ref, input.expectedVersion)
    await remove(tx, ExternalRef, ref)
    tx.emit(externalRefUnlinked, ref, eventData(ref))
    return ref
  })

/** The links of customers as far as the actor reaches them, by system, in one statement; at most the first 100 of each. */
export const externalRefsOf = async (
  { em, actor }: Pick<Context, 'em' | 'actor'>,
  customerIds: readonly string[],
): Promise<ExternalRef[][]> => {
  const reached = within(actor, externalRefPolicy.read, 'external_ref') ?? { sql: 'true', params: [] }
  const rows = await em.execute<{ customer_id: string }[]>(
    `select ref.* from jsonb_array_elements_text(?::jsonb) as wanted (id)
     cross join lateral (
       select * from external_ref where tenant = current_tenant() and customer_id = wanted.id::uuid and ${reached.sql}
       order by system, external_id limit 100
     ) ref`,
    [JSON.stringify(customerIds.filter(isId)), ...reached.params],
  )
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id)
  return customerIds.map((id) =>
    (byCustomer.get(id.toLowerCase()) ?? []).map((row) => em.map(ExternalRef, row as never)),
  )
}

const created = (tx: Transaction, link: Link) => {
  const ref = tx.em.create(ExternalRef, link)
  tx.emit(externalRefLinked, ref, eventData(ref))
  return ref
}

/** Links of these records to whomever: what is taken is taken, also where the actor does not reach it. */
const findLinked = (tx: Transaction, links: readonly Link[]) =>
  tx.em.find(
    ExternalRef,
    { $or: links.map(({ system, entityType, externalId }) => ({ system, entityType, externalId })) },
    { filters: false },
  )

// Whoever links the same record at the same time waits here and then finds it linked.
const holdKeys = (tx: Transaction, links: readonly Link[]) =>
  tx.em.execute(
    `select pg_advisory_xact_lock(hashtextextended(key, 0))
     from (select key from jsonb_array_elements_text(?::jsonb) as key order by key) keys`,
    [JSON.stringify(links.map((link) => `${tx.actor.tenant} ${keyOf(link)}`))],
  )

const keyOf = ({ system, entityType, externalId }: Pick<Link, 'system' | 'entityType' | 'externalId'>) =>
  JSON.stringify([system, entityType, externalId])

const eventData = ({ customerId, system, entityType }: ExternalRef) => ({
  customerId,
  system,
  entityType: entityType.toLowerCase(),
})
