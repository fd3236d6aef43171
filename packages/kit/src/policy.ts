import type { Actor } from './auth.js'
import { Forbidden } from './errors.js'

/** Whether an actor may do something, to a given entity where the rule needs it. Pure. */
export type Policy<T = unknown> = (actor: Actor, entity?: T) => boolean

/** May whoever has one of these roles. */
export const roles =
  (...allowed: readonly string[]): Policy =>
  (actor) =>
    actor.roles.some((role) => allowed.includes(role))

/** Passes or throws FORBIDDEN. */
export const allow = <T>(actor: Actor, policy: Policy<T>, entity?: T) => {
  if (!policy(actor, entity)) throw new Forbidden('Your role does not permit this.')
}
