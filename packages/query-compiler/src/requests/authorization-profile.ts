import type { Actor } from '@clientele/kit'

/**
 * The authorization profile of an actor: no more of them than what changes a statement's text, their roles and how many
 * territories they have.
 */
export interface AuthorizationProfile {
  /** Stands in for all actors of the profile. */
  actor: Actor
  /** Differs from profile to profile. */
  key: string
}

const profiles = new WeakMap<Actor, AuthorizationProfile>()

export const profileOf = (actor: Actor): AuthorizationProfile => {
  const known = profiles.get(actor)
  if (known) return known
  const roles = actor.roles.toSorted()
  const territories = actor.territories.map((path) => (path === '' ? '' : '*'))
  const profile = {
    actor: { subject: '', tenant: '', kind: actor.kind, roles, territories },
    key: JSON.stringify([actor.kind, roles, territories]),
  }
  profiles.set(actor, profile)
  return profile
}
