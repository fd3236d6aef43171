import { type Actor, accessScopeOf, type Context, Forbidden, isWithin, type Rule, rolesOfTenant } from '@clientele/kit'
import { customerPolicy } from './customer.policy.js'

interface Move {
  territory?: string | null | undefined
  /** The territory that the customer has now. */
  current?: string | null | undefined
}

/**
 * Whether somebody may put a customer into a territory: those who have less than the tenant in their access scope into theirs and all below
 * them, also what they look after themselves, since no manager of theirs would find it elsewhere. A territory that stays is no matter of theirs.
 */
export const isPlaceInScope = (actor: Actor, rule: Rule, { territory, current }: Move): boolean =>
  territory == null ||
  territory === current ||
  isWithin(actor, accessScopeOf(actor, rule), { ownerId: null, territory })

/** Throws FORBIDDEN `territory.out_of_scope` for a territory that the actor may not put a customer into. */
export const allowPlace = ({ actor }: Pick<Context, 'actor'>, move: Move) => {
  if (isPlaceInScope(actor, customerPolicy.write, move)) return
  const { territories } = actor
  const roles = rolesOfTenant(customerPolicy.write)
  const own = territories.length ? `one of yours, or below: ${territories.join(', ')}` : 'none: your token has none'
  throw new Forbidden(
    `You cannot put a customer into the territory ${move.territory}. It can be ${own}. Roles that may put customers anywhere: ${roles.join(', ')}.`,
    { reason: 'territory.out_of_scope', params: { territory: move.territory as string, territories, roles } },
  )
}
