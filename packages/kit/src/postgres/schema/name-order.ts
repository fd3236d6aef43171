import type pg from 'pg'
import { z } from 'zod'
import type { Log } from '../../config/log.js'

/** Alphabets by their letters, then Chinese by pinyin; as the migration makes it. */
const usual = 'zh-u-co-pinyin-kr-latn-grek-cyrl-hani'

/** The language by whose rules names are put in order, a BCP 47 tag: `sv`, `de-u-co-phonebk`. */
export const nameLocaleSetting = z
  .string()
  .refine(isLocale, 'no language whose order of names is known')
  .default(usual)
  .describe('a BCP 47 language tag such as sv or de-u-co-phonebk')

function isLocale(tag: string) {
  try {
    return Intl.Collator.supportedLocalesOf(tag).length > 0
  } catch {
    return false
  }
}

interface NameOrder {
  /** The tag that it was made for; null as the migration made it. */
  locale: string | null
  /** Whether the server's ICU has come to another order than its indexes are in. */
  isStale: boolean
}

/**
 * Makes the collation `name_order` follow a locale, and a new version of ICU: columns that have it get it anew, which builds their indexes again.
 * Does nothing where both are as they were. To be called under the lock of migrations.
 */
export const followNameOrder = async (client: pg.Client, log: Log, locale: string = usual) => {
  const { rows: orders } = await client.query<NameOrder>(
    `select obj_description(oid, 'pg_collation') as locale,
       collversion is distinct from pg_collation_actual_version(oid) as "isStale"
     from pg_collation where oid = to_regcollation('name_order')`,
  )
  const [order] = orders
  if (!order || (!order.isStale && (order.locale ?? usual) === locale)) return
  const { rows: columns } = await client.query<{ table: string; name: string }>(
    `select format('%I.%I', relnamespace::regnamespace, relname) as table, quote_ident(attname) as name
     from pg_attribute join pg_class on pg_class.oid = attrelid and relkind = 'r'
     where attcollation = to_regcollation('name_order') and not attisdropped`,
  )
  log.warn(
    { locale, was: order.locale, stale: order.isStale },
    'names get another order; their indexes are built again',
  )
  await client.query('begin')
  try {
    await client.query('alter collation name_order rename to name_order_before')
    await client.query(`create collation name_order (provider = icu, locale = ${client.escapeLiteral(locale)})`)
    await client.query(`comment on collation name_order is ${client.escapeLiteral(locale)}`)
    for (const { table, name } of columns) {
      await client.query(`alter table ${table} alter column ${name} type text collate name_order`)
    }
    await client.query('drop collation name_order_before')
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
