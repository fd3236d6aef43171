import { foldText } from '@clientele/contracts'
import { type Actor, accessScopeOf, type Context, Invalid, maxPageSize } from '@clientele/kit'
import { Customer } from '../customers/customer.entity.js'
import { digitsWanted } from './phone-digits.js'
import { searchPolicy } from './search.policy.js'

export enum MatchedOn {
  NAME = 'NAME',
  NUMBER = 'NUMBER',
  EMAIL = 'EMAIL',
  PHONE = 'PHONE',
}

interface Match {
  customer: Customer
  matchedOn: MatchedOn
}

/** Customers within reach that the text is a part of, the closest first. Throws INVALID `search.text` and `page.size`. */
export const searchCustomers = async (ctx: Context, text: string, first: number): Promise<Match[]> => {
  const query = foldText(text)
  if ([...query].length < 2 || query.length > 100) throw wrong('text', 'search.text', '2 to 100 characters')
  if (first < 0 || first > maxPageSize) throw wrong('first', 'page.size', `0 to ${maxPageSize}`)
  const hits = await ctx.em.execute<{ customer_id: string; matched_on: MatchedOn }[]>(
    'select customer_id, matched_on from search_customers(?, array(select jsonb_array_elements_text(?::jsonb)), ?, ?, ?::jsonb)',
    [query, JSON.stringify(digitsWanted(text)), first, ...reachOfSearch(ctx.actor)],
  )
  const found = await Promise.all(hits.map((hit) => ctx.loaders.byId(Customer, hit.customer_id)))
  return found.flatMap((customer, index) => {
    const matchedOn = hits[index]?.matched_on
    return customer && matchedOn ? [{ customer, matchedOn }] : []
  })
}

/** Whose customers are found, and those of which territories; both null for all of the tenant's. */
const reachOfSearch = (actor: Actor): [owner: string | null, territories: string | null] =>
  accessScopeOf(actor, searchPolicy.read) === 'TENANT'
    ? [null, null]
    : [actor.subject, JSON.stringify(actor.territories)]

const wrong = (path: string, reason: string, right: string) =>
  new Invalid(`${path}: give ${right}.`, { reason, fields: [{ path, reason, message: `must be ${right}` }] })
