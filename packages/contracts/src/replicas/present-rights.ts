import type { ReplicatedStaff } from './staff-replica.js'

/** What somebody may do: their roles and territories, of which `''` is the whole tree. */
export interface Rights {
  roles: readonly string[]
  territories: readonly string[]
}

/** Who asked for what is done in the background, with what they might do then. */
export interface Acting extends Rights {
  subject: string
}

/**
 * What somebody may do at present; undefined where they have left. `saved` is what they might when they asked for what is done now: it holds where
 * the identity provider does not tell their roles, and for whom nobody knows.
 */
export const presentRights = (
  member: Pick<ReplicatedStaff, 'active' | 'roles' | 'territories'> | undefined,
  saved: Rights,
): Rights | undefined => {
  if (!member) return saved
  if (!member.active) return undefined
  if (member.roles === null) return saved
  return { roles: member.roles, territories: member.territories.map((path) => (path === '*' ? '' : path)) }
}
