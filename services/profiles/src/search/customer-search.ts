import { charactersOf, foldText, limits } from '@clientele/contracts'
import {
  type Actor,
  accessScopeOf,
  arrayParameter,
  type Context,
  checkPageSize,
  Invalid,
  rangeOf,
  type ValidationIssue,
} from '@clientele/kit'
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

const { searchText } = limits

/** Customers of the access scope that the text is a part of, the closest first. Throws INVALID `search.text` and `page.size`. */
export const searchCustomers = async (ctx: Context, text: string, first: number): Promise<Match[]> => {
  const query = foldText(text)
  const characters = charactersOf(query)
  if (characters < searchText.least || characters > searchText.most) throw wrongText()
  checkPageSize(first)
  const hits = await ctx.em.execute<{ customer_id: string; matched_on: MatchedOn }[]>(
    'select customer_id, matched_on from search_customers(?, ?::text[], ?, ?, ?::jsonb)',
    [query, arrayParameter(digitsWanted(text)), first, ...scopeOfSearch(ctx.actor)],
  )
  const found = await Promise.all(hits.map((hit) => ctx.loaders.byId(Customer, hit.customer_id)))
  return found.flatMap((customer, index) => {
    const matchedOn = hits[index]?.matched_on
    return customer && matchedOn ? [{ customer, matchedOn }] : []
  })
}

/** Whose customers are found, and those of which territories; both null for all of the tenant's. */
const scopeOfSearch = (actor: Actor): [owner: string | null, territories: string | null] =>
  accessScopeOf(actor, searchPolicy.read) === 'TENANT'
    ? [null, null]
    : [actor.subject, JSON.stringify(actor.territories)]

const wrongText = () => {
  const reason = 'search.text'
  const right = `${rangeOf(searchText)} characters`
  const params = { least: searchText.least, most: searchText.most }
  const fields: ValidationIssue[] = [{ path: 'text', reason, message: `must be ${right}`, params }]
  return new Invalid(`text: give ${right}.`, { reason, params, fields })
}
