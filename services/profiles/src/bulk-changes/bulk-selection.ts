import { canonicalId, limits } from '@clientele/contracts'
import { accessScopeOf, type Context, checkList, type ValidationIssues } from '@clientele/kit'
import { ownSettingsOf } from '../config.js'
import { Customer } from '../customers/customer.entity.js'
import { customersWithin } from '../customers/customer-access.js'
import { type CustomerFilter, customersWhere, noteFoundBySealed } from '../customers/customer-list.js'
import type { PreviewBulkChangeInput } from './bulk-change.input.js'
import { bulkChangePolicy } from './bulk-change.policy.js'

type Selecting = Pick<Context, 'em' | 'actor' | 'keys' | 'trail' | 'settings'>

/** Whether a filter says anything: one that does not means everybody. */
export const saysAnything = (filter: unknown): boolean =>
  filter != null && (typeof filter !== 'object' || filter instanceof Date || Object.values(filter).some(saysAnything))

/**
 * The ids of the customers that an input means, each once; by a filter those whom the actor may change. Issues where it names them in no way or
 * in two, and where there are more than may be changed at once.
 */
export const selectedIds = async (
  ctx: Selecting,
  issues: ValidationIssues,
  input: PreviewBulkChangeInput,
): Promise<string[]> => {
  const { ids, filter, everyCustomer } = input
  const ways = [ids != null, filter != null, everyCustomer].filter(Boolean)
  issues.must(ways.length === 1, '', 'bulk_change.selection', 'one of `ids`, `filter` and `everyCustomer: true`')
  if (ways.length !== 1) return []
  if (ids)
    return bounded(ctx, issues, 'ids', [...new Set(checkList(issues, 'ids', ids, limits.bulkIds)?.map(canonicalId))])
  if (filter && !saysAnything(filter)) {
    issues.add('filter', 'bulk_change.filter_empty', 'a condition, or `everyCustomer: true` where everybody is meant')
    return []
  }
  return bounded(ctx, issues, filter ? 'filter' : 'everyCustomer', await foundIds(ctx, filter))
}

const foundIds = async (ctx: Selecting, filter: CustomerFilter | null | undefined): Promise<string[]> => {
  const { where, fields } = await customersWhere(ctx, filter)
  const query = ctx.em
    .createQueryBuilder(Customer, 'c')
    .select('id')
    .where({ $and: [where, customersWithin(ctx.actor, bulkChangePolicy.start)] } as never)
    .orderBy({ id: 'asc' })
    .limit(mostOf(ctx) + 1)
  await query.applyFilters()
  const found = (await query.execute('all')) as unknown as { id: string }[]
  noteFoundBySealed(ctx, found, fields)
  return found.map(({ id }) => id)
}

/** How many an actor may change at once: fewer where they may change their own alone. */
const mostOf = (ctx: Selecting) => {
  const { BULK_CHANGE_CUSTOMERS, BULK_CHANGE_OWN_CUSTOMERS } = ownSettingsOf(ctx)
  return accessScopeOf(ctx.actor, bulkChangePolicy.start) === 'OWN'
    ? Math.min(BULK_CHANGE_OWN_CUSTOMERS, BULK_CHANGE_CUSTOMERS)
    : BULK_CHANGE_CUSTOMERS
}

const bounded = (ctx: Selecting, issues: ValidationIssues, path: string, ids: string[]): string[] => {
  const most = mostOf(ctx)
  issues.must(ids.length <= most, path, 'bulk_change.too_many', `at most ${most} customers`, { most })
  return ids
}
