import type { Actor } from '../auth/verify-token.js'
import { Forbidden } from '../errors/errors.js'
import { rolesOfTenant, rolesThatMay } from './permitted-roles.js'
import { accessScopeOf, isWithin, type Ownership, type Rule } from './policy.js'

/**
 * Passes or throws FORBIDDEN: `role` where none of the actor's roles may, `access_scope` where they may but not with what
 * belongs so.
 */
export const allow = (actor: Actor, rule: Rule, of?: Ownership) => {
  const scope = accessScopeOf(actor, rule)
  if (!scope) {
    const roles = rolesThatMay(rule)
    throw new Forbidden(`Your role does not permit this. Roles that may: ${roles.join(', ') || 'none'}.`, {
      reason: 'role',
      params: { roles },
    })
  }
  if (of && !isWithin(actor, scope, of)) throw outOfScope(rule)
}

/** FORBIDDEN `access_scope`, with the roles that are not bound to what is their own or in their territories. */
export const outOfScope = (rule: Rule) => {
  const roles = rolesOfTenant(rule)
  const others = roles.length ? ` Roles that may everywhere: ${roles.join(', ')}.` : ''
  return new Forbidden(`Your role permits this for what is your own or in your territory only.${others}`, {
    reason: 'access_scope',
    params: { roles },
  })
}
