import { tagMerged } from '@clientele/contracts'
import { type Context, type Transaction, validationIssues } from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { Customer } from '../customers/customer.entity.js'
import { inAnyScope } from '../customers/customer-access.js'
import { addTags, changeOf, removeTags, saveCustomers } from '../customers/customer-changes.js'
import { Tag } from './tag.entity.js'
import { tagPolicy } from './tag.policy.js'
import { dataOf, tagForChange } from './tag-care.actions.js'
import type { MergeTagsInput } from './tag-care.input.js'

const batchSize = 200

/**
 * Lets one tag go on as another: from now on its names lead to that, and customers get it, the first of them at once and the others by a
 * job. Answers with the tag that goes on. Throws NOT_FOUND `tag.unknown`, INVALID `tag.merged_into_itself` or `tag.retired`, CONFLICT
 * `version.stale`.
 */
export const mergeTags = (ctx: Context, input: MergeTagsInput): Promise<Tag> =>
  ctx.transaction(async (tx) => {
    const issues = validationIssues()
    issues.must(input.intoId !== input.id, 'intoId', 'tag.merged_into_itself', 'another tag')
    issues.refuse()
    // In one order, so that two merges of the same tags wait for each other.
    const { id, intoId, expectedVersion } = input
    const [first, second] = [{ id, expectedVersion: expectedVersion ?? null }, { id: intoId }].toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    )
    const tags = [await tagForChange(tx, first!, tagPolicy.merge), await tagForChange(tx, second!, tagPolicy.merge)]
    const [from, into] = id === first!.id ? (tags as [Tag, Tag]) : (tags.toReversed() as [Tag, Tag])
    issues.must(!into.retiredAt, 'intoId', 'tag.retired', 'a tag that is given')
    issues.refuse()
    await tx.em.nativeUpdate(Tag, { mergedIntoKey: from.key }, { mergedIntoKey: into.key })
    from.mergedIntoKey = into.key
    tx.emit(tagMerged, from, { ...dataOf(from), intoKey: into.key })
    await tx.em.flush()
    await moveCustomers(tx, from.key, into)
    return into
  })

/** Gives customers who have a merged tag the one that goes on, as many as fit a transaction; answers with how many it moved. */
export const moveCustomers = async (tx: Transaction, from: string, into: Tag): Promise<number> => {
  const rows = await tx.em.execute<{ id: string }[]>(
    'select customer_id as id from customer_tag where tag_key = ? order by customer_id limit ?',
    [from, batchSize],
  )
  const customers = await tx.em.find(
    Customer,
    { id: { $in: rows.map(({ id }) => id) } },
    { ...inAnyScope, lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  )
  const changes = customers.map((customer) => {
    const change = changeOf(customer)
    addTags(change, [into])
    if (removeTags(change, [from])) change.mergedTags.push({ key: from, intoKey: into.key })
    return change
  })
  await saveCustomers(tx, changes)
  return rows.length
}
