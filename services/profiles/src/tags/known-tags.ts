import { tagKey } from '@clientele/contracts'
import { arrayParameter, type Transaction } from '@clientele/kit'

/** The tags that names lead to: by the key of a tag's first name or of its name now, and where it was merged, that which goes on. */
export interface KnownTags {
  /** The key of the tag that a name's key leads to; the key itself where there is none yet. */
  keyOf(key: string): string
  /** Whether the tag of this key is given no longer. */
  isRetired(key: string): boolean
}

interface Row {
  key: string
  nameKey: string | null
  current: string
  retired: boolean
}

/** Looks names up in one statement; none where there are no names. */
export const knownTags = async ({ em }: Pick<Transaction, 'em'>, names: readonly string[]): Promise<KnownTags> => {
  const keys = arrayParameter(new Set(names.map(tagKey)))
  const rows = names.length
    ? await em.execute<Row[]>(
        `select tag.key, tag.name_key as "nameKey", current.key as current, current.retired_at is not null as retired
         from tag join tag as current on current.key = coalesce(tag.merged_into_key, tag.key)
         where tag.key = any(?::text[]) or tag.name_key = any(?::text[])`,
        [keys, keys],
      )
    : []
  // No tag's name is the first one of another.
  const current = new Map(rows.flatMap((row) => [row.nameKey, row.key].map((key) => [key, row.current] as const)))
  const retired = new Set(rows.filter((row) => row.retired).map((row) => row.current))
  return { keyOf: (key) => current.get(key) ?? key, isRetired: (key) => retired.has(key) }
}
