import { arrayParameter, type Context } from '@clientele/kit'
import type { SegmentRule } from './rule.js'
import { tagsOf, withAllKeys } from './rule-tags.js'

/**
 * The rules with the tags that they name as what was merged: the event of a merge comes before or after those of the customers who get the one tag for
 * the other, and whoever has either key has the tag.
 */
export const withMergedTags = async (
  { em }: Pick<Context, 'em'>,
  rules: readonly SegmentRule[],
): Promise<readonly SegmentRule[]> => {
  const named = new Set(rules.flatMap(tagsOf))
  if (!named.size) return rules
  const same = await sameTags(em, named)
  return same.size ? rules.map((rule) => withAllKeys(rule, (key) => same.get(key) ?? [key])) : rules
}

/** Of keys that were merged, or merged into, each with all that lead to the same tag. */
export const sameTags = async (em: Context['em'], named: Iterable<string>): Promise<Map<string, string[]>> => {
  const rows = await em.execute<{ key: string; keys: string[] }[]>(
    `select named.key, to_jsonb(array_agg(m.key) || current.key) as keys
     from unnest(?::text[]) as named (key)
     cross join lateral (select coalesce((select into_key from merged_tag where key = named.key), named.key) as key) current
     join merged_tag m on m.into_key = current.key group by named.key, current.key`,
    [arrayParameter(named)],
  )
  return new Map(rows.map(({ key, keys }) => [key, keys]))
}
