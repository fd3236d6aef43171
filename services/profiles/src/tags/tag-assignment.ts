import { randomUUID } from 'node:crypto'
import { limits, normalizeLine } from '@clientele/contracts'
import { Conflict, checkList, checkRequiredText, type Transaction, type ValidationIssues } from '@clientele/kit'

/** A tag as it was given, with the key that it is known by. */
export interface GivenTag {
  key: string
  name: string
  color?: string | null
}

/** The key of a tag's name: NFKC, lower case, runs of blanks and `@` become `-`. */
export const tagKey = (name: string) => normalizeLine(name.normalize('NFKC').toLowerCase()).replace(/[ @]+/g, '-')

/** Tags by their names, each once; `present` are the keys of those that the customer has beside. */
export const checkTags = (
  issues: ValidationIssues,
  names: readonly string[] | null | undefined,
  present: readonly string[] = [],
): GivenTag[] => {
  const tags = (checkList(issues, 'tags', names, limits.tags) ?? []).map((written, index) => {
    const name = checkRequiredText(issues, `tags.${index}`, written, limits.tagName)
    const key = tagKey(name)
    // Some letters become several: ﷺ is eighteen.
    if (name) checkRequiredText(issues, `tags.${index}`, key, limits.key)
    return { key, name }
  })
  checkTagCount(issues, [...present, ...tags.map(({ key }) => key)])
  return [...new Map(tags.map((tag) => [tag.key, tag])).values()]
}

/** A customer's events name all its tags, so there is a bound on them. */
export const checkTagCount = (issues: ValidationIssues, keys: readonly string[]) => {
  const { most } = limits.tags
  issues.must(new Set(keys).size <= most, 'tags', 'list.too_long', `at most ${most} tags of one customer`)
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

/** Throws CONFLICT `tag.too_many` where the tenant would have more than it may. */
const createTags = async (tx: Transaction, tags: ReadonlyMap<string, GivenTag>) => {
  const { most } = limits.tenantTags
  const [found] = await insertTags(tx, tags)
  if (!found!.made || found!.made + found!.known <= most) return
  throw new Conflict(`There are at most ${most} tags; take one of those.`, { reason: 'tag.too_many' })
}

// In the order of their keys, so that two transactions with the same new tags wait for each other instead of locking up.
const insertTags = (tx: Transaction, tags: ReadonlyMap<string, GivenTag>) => {
  const rows = [...tags.values()]
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, name, color }) => ({ id: randomUUID(), key, name, color: color ?? null }))
  return tx.em.execute<{ made: number; known: number }[]>(
    `with made as (insert into tag (id, key, name, color)
     select id, key, name, color from jsonb_to_recordset(?::jsonb) as row (id uuid, key text, name text, color text)
     on conflict (tenant, key) do nothing returning id)
     select (select count(*)::int from made) as made, (select count(*)::int from tag) as known`,
    [JSON.stringify(rows)],
  )
}
