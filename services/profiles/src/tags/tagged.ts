import { tagKey } from '@clientele/contracts'
import { arrayParameter } from '@clientele/kit'
import { type FilterQuery, raw } from '@mikro-orm/core'
import type { Customer } from '../customers/customer.entity.js'

/**
 * Customers who have one of the tags that these keys lead to. A job moves the customers of a merged tag: until then they have its key, and are found
 * by that too.
 */
export const taggedWithAny = (keys: readonly string[]): FilterQuery<Customer> => ({
  id: {
    $in: raw(
      `(select customer_id from customer_tag where tag_key = any(array(
         with current as (
           select coalesce(tag.merged_into_key, named.key) as key from unnest(?::text[]) as named (key)
           left join tag on tag.key = named.key)
         select key from current
         union select tag.key from tag join current on tag.merged_into_key = current.key)))`,
      [arrayParameter(keys.map(tagKey))],
    ),
  },
})
