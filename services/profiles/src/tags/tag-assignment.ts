import { randomUUID } from 'node:crypto'
import { limits, tagKey } from '@clientele/contracts'
import { Conflict, checkList, checkRequiredText, inTurn, type Transaction, type ValidationIssues } from '@clientele/kit'
import type { KnownTags } from './known-tags.js'
import { Tag } from './tag.entity.js'

/** A tag as it was given, with the key that it is known by. */
export interface GivenTag {
  key: string
  name: string
  color?: string | null
}

/** Tags by their names, each once; `present` are the keys of those that the customer has beside. A retired one is given to nobody anew. */
export const checkTags = (
  issues: ValidationIssues,
  names: readonly string[] | null | undefined,
  known: KnownTags,
  present: readonly string[] = [],
): GivenTag[] => {
  const tags = namedTags(issues, names, known).filter(({ key, path }) => {
    const isGivenAnew = known.isRetired(key) && !present.includes(key)
    if (isGivenAnew) issues.doubt(path, 'tag.retired', 'a tag that is given')
    return !isGivenAnew
  })
  checkTagCount(issues, [...present, ...tags.map(({ key }) => key)])
  return tags
}

/** The tags that names or keys lead to, each once, with their places in the input. */
export const namedTags = (
  issues: ValidationIssues,
  names: readonly string[] | null | undefined,
  known: KnownTags,
): (GivenTag & { path: string })[] => {
  const tags = (checkList(issues, 'tags', names, limits.tags) ?? []).map((written, index) => {
    const name = checkRequiredText(issues, `tags.${index}`, written, limits.tagName)
    const key = tagKey(name)
    // Some letters become several: ﷺ is eighteen.
    if (name) checkRequiredText(issues, `tags.${index}`, key, limits.key)
    return { key: known.keyOf(key), name, path: `tags.${index}` }
  })
  return [...new Map(tags.map((tag) => [tag.key, tag])).values()]
}

/** A customer's events name all its tags, so there is a bound on them. */
export const checkTagCount = (issues: ValidationIssues, keys: readonly string[]) => {
  const { most } = limits.tags
  issues.must(new Set(keys).size <= most, 'tags', 'list.too_long', `at most ${most} tags of one customer`, { most })
}

interface TagChange {
  customer: { id: string }
  addedTags: ReadonlyMap<string, GivenTag>
  removedTags: ReadonlySet<string>
}

/** Creates the tags that are new and writes which customers have which, in one statement each. */
export const assignTags = async (tx: Transaction, changes: readonly TagChange[]) => {
  const added = changes.flatMap(({ customer, addedTags }) =>
    [...addedTags.keys()].map((tag_key) => ({ tag_key, customer_id: customer.id })),
  )
  if (added.length) {
    await createTags(tx, new Map(changes.flatMap(({ addedTags }) => [...addedTags])))
    await tx.em.execute(
      `insert into customer_tag (tag_key, customer_id)
       select tag_key, customer_id from jsonb_to_recordset(?::jsonb) as row (tag_key text, customer_id uuid)
       on conflict do nothing`,
      [JSON.stringify(added)],
    )
  }
  const removed = changes.flatMap(({ customer, removedTags }) =>
    [...removedTags].map((tag_key) => ({ tag_key, customer_id: customer.id })),
  )
  if (removed.length) {
    await tx.em.execute(
      `delete from customer_tag using jsonb_to_recordset(?::jsonb) as row (tag_key text, customer_id uuid)
       where customer_tag.tag_key = row.tag_key and customer_tag.customer_id = row.customer_id`,
      [JSON.stringify(removed)],
    )
  }
}

/** Throws CONFLICT `tag.too_many` where the tenant would have more than it may; a name that somebody else has given a tag meanwhile fails, to be looked up anew. */
const createTags = async (tx: Transaction, tags: ReadonlyMap<string, GivenTag>) => {
  if (!(await insertTags(tx, tags))) return
  // Whoever makes others at the same time waits here, and then counts these.
  await inTurn(tx, 'tags')
  const { most } = limits.tenantTags
  if ((await tx.em.count(Tag, { mergedIntoKey: null })) <= most) return
  throw new Conflict(`There are at most ${most} tags; take one of those.`, { reason: 'tag.too_many', params: { most } })
}

/** Answers with how many were made. In the order of their keys, so that two transactions with the same new tags wait for each other instead of locking up. */
const insertTags = async (tx: Transaction, tags: ReadonlyMap<string, GivenTag>): Promise<number> => {
  const rows = [...tags.values()]
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, name, color }) => ({ id: randomUUID(), key, name, color: color ?? null }))
  const { subject, onBehalfOf } = tx.actor
  const made = await tx.em.execute<unknown[]>(
    `insert into tag (id, key, name_key, name, color, created_at, created_by, created_on_behalf_of)
     select id, key, key, name, color, ?, ?, ? from jsonb_to_recordset(?::jsonb) as row (id uuid, key text, name text, color text)
     on conflict (tenant, key) do nothing returning id`,
    [tx.now(), subject, onBehalfOf?.subject ?? null, JSON.stringify(rows)],
  )
  return made.length
}
