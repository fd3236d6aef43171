import { type Actor, type Context, covers, type FieldClass } from '@clientele/kit'
import { customers } from '../customer/customer.actions.js'
import { calendarFeedPolicy } from './calendar-feed.policy.js'

const mostAtOnce = 1_000

/** Whoever acts, with those of their roles that see names and texts. */
export const seesTexts = (actor: Actor): Actor | undefined => {
  const granted: Readonly<Record<string, { clearance: FieldClass }>> = calendarFeedPolicy.table.roles
  const roles = actor.roles.filter((role) => covers(granted[role]?.clearance ?? 'PLAIN', 'PERSONAL'))
  return roles.length ? { ...actor, roles } : undefined
}

/**
 * The names of those of these customers whom the actor sees, by id. Profiles is asked by this service's account, so that what the actor may see is
 * decided here; undefined while it cannot be asked.
 */
export const customerNamesFor = async (
  ctx: Context,
  actor: Actor,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string> | undefined> => {
  const known = await customers.known(ctx, ids)
  const seen = known.filter((customer) => customers.isReadableBy(actor, customer)).map(({ id }) => id)
  const names = new Map<string, string>()
  try {
    for (let at = 0; at < seen.length; at += mostAtOnce) {
      signal.throwIfAborted()
      const { found } = await ctx.ask<{ found: ({ id: string; displayName: string | null } | null)[] }>(
        'profiles',
        'query ($ids: [ID!]!) { found: customersById(ids: $ids) { id displayName } }',
        { ids: seen.slice(at, at + mostAtOnce) },
      )
      for (const one of found) if (one?.displayName) names.set(one.id, one.displayName)
    }
  } catch (err) {
    if (signal.aborted) throw err
    ctx.log.warn({ err }, 'a calendar goes without names of customers')
    return undefined
  }
  return names
}
