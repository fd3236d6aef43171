import { externalRefLinked, externalRefUnlinked, limits } from '@clientele/contracts'
import {
  arrayParameter,
  Conflict,
  type Context,
  expectVersion,
  idsParameter,
  locked,
  removeRecord,
  type Transaction,
  validationIssues,
  within,
} from '@clientele/kit'
import { customers } from '../customer/customer.actions.js'
import { ExternalEntityType, ExternalRef } from './external-ref.entity.js'
import { externalRefPolicy } from './external-ref.policy.js'
import { checkLink, type Link } from './link.js'

export interface LinkExternalRef extends Omit<Link, 'entityType' | 'url'> {
  entityType?: ExternalEntityType | null
  url?: string | null
  idempotencyKey?: string | null
}

/**
 * Links a customer to an outside record. What is linked already stays as it is; a record of another customer is a CONFLICT
 * `external_ref.taken`, and one more than a customer may have `external_ref.too_many`.
 */
export const linkExternalRef = (ctx: Context, input: LinkExternalRef) =>
  ctx.transaction(
    async (tx) => {
      const issues = validationIssues()
      const link = checkLink(issues, input)
      issues.refuse()
      await customers.require(tx, link.customerId, externalRefPolicy.write, { archived: 'accepted' })
      await holdKeys(tx, [link])
      const [known] = await findLinked(tx, [link])
      if (!known) {
        const isFull = (await linksLeft(tx, [link])).get(link.customerId)! < 1
        if (!isFull) return created(tx, link)
        const message = `A customer is linked to at most ${most} records; unlink one first.`
        throw new Conflict(message, { reason: 'external_ref.too_many', params: { most } })
      }
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

/** Links what is not linked yet. Returns the records that are left alone: they belong to another customer, or this one has as many as may be. */
export const linkAll = async (tx: Transaction, links: readonly Link[]): Promise<Link[]> => {
  if (!links.length) return []
  await holdKeys(tx, links)
  const owners = new Map((await findLinked(tx, links)).map((ref) => [keyOf(ref), ref.customerId]))
  const left = await linksLeft(tx, links)
  const refused: Link[] = []
  for (const link of links) {
    const { customerId } = link
    const owner = owners.get(keyOf(link))
    const room = left.get(customerId)!
    if (owner !== undefined ? owner !== customerId : room < 1) refused.push(link)
    else if (owner === undefined) {
      created(tx, link)
      left.set(customerId, room - 1)
      owners.set(keyOf(link), customerId)
    }
  }
  return refused
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
    await removeRecord(tx, ExternalRef, ref)
    tx.emit(externalRefUnlinked, ref, eventData(ref))
    return ref
  })

const { most } = limits.externalRefs

/** How many more links each of these customers may get. */
const linksLeft = async (tx: Transaction, links: readonly Link[]): Promise<Map<string, number>> => {
  const rows = await tx.em.execute<{ customer_id: string; count: number }[]>(
    `select customer_id, count(*)::int from external_ref where customer_id = any(?::uuid[]) group by customer_id`,
    [arrayParameter(links.map(({ customerId }) => customerId))],
  )
  const counts = new Map(rows.map(({ customer_id, count }) => [customer_id, count]))
  return new Map(links.map(({ customerId }) => [customerId, most - (counts.get(customerId) ?? 0)]))
}

/** The links of customers within the actor's access scope, by system, in one statement. */
export const externalRefsOf = async (
  { em, actor }: Pick<Context, 'em' | 'actor'>,
  customerIds: readonly string[],
): Promise<ExternalRef[][]> => {
  const scope = within(actor, externalRefPolicy.read, 'external_ref')
  const rows = await em.execute<{ customer_id: string }[]>(
    `select ref.* from unnest(?::uuid[]) as wanted (id)
     cross join lateral (
       select * from external_ref where tenant = current_tenant() and customer_id = wanted.id and ${scope.sql}
       order by system, external_id limit ${most}
     ) ref`,
    [idsParameter(customerIds), ...scope.params],
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

// Whoever links the same record, or another one to the same customer, waits here and then finds it linked.
const holdKeys = (tx: Transaction, links: readonly Link[]) =>
  tx.em.execute(
    `select pg_advisory_xact_lock(hashtextextended(key, 0))
     from (select key from unnest(?::text[]) as key order by key) keys`,
    [
      arrayParameter(
        [...new Set(links.flatMap((link) => [keyOf(link), link.customerId]))].map((key) => `${tx.actor.tenant} ${key}`),
      ),
    ],
  )

const keyOf = ({ system, entityType, externalId }: Pick<Link, 'system' | 'entityType' | 'externalId'>) =>
  JSON.stringify([system, entityType, externalId])

const eventData = ({ customerId, system, entityType }: ExternalRef) => ({
  customerId,
  system,
  entityType: entityType.toLowerCase(),
})
