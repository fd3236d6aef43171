import { randomUUID } from 'node:crypto'
import type { ValidationIssues } from '@clientele/kit'

/** A member of a list as an input gives it. */
export interface GivenMember {
  /** The member that it is, where the client names one. */
  id?: string | null | undefined
  /** Where it is in the input. */
  path: string
}

/** Which member a given one is: its id, and what is stored of it; nothing where it is new. */
export interface Identity<Stored> {
  id: string
  stored: Stored | undefined
}

/**
 * Tells for each given member of a list which stored one it is, each of those at most once: first the ids that are named, then by each of
 * `keys`, from everything that a member says down to its natural key, in the order of both lists. The rest are new. No id is given twice
 * or twice `taken`. An id that no stored member has is the issue `member.unknown`, one that is named again `member.repeated`.
 */
export const matchStoredEntries = <
  Content,
  Given extends Content & GivenMember,
  Stored extends Content & { id: string },
>(
  issues: ValidationIssues,
  given: readonly Given[],
  stored: readonly Stored[],
  keys: readonly ((member: Content) => unknown)[],
  taken = new Set<string>(),
): Identity<Stored>[] => {
  const found: (Stored | undefined)[] = given.map(() => undefined)
  const free = new Set(stored)
  const match = (at: number, member: Stored) => {
    found[at] = member
    free.delete(member)
  }

  const named = new Set<string>()
  given.forEach(({ id, path }, at) => {
    if (id == null) return
    const member = stored.find((one) => one.id === id)
    if (!member) issues.add(`${path}.id`, 'member.unknown', 'the id of an entry that this list has, or none')
    else if (named.has(id)) issues.add(`${path}.id`, 'member.repeated', 'an id that no entry before it has')
    else match(at, member)
    named.add(id)
  })

  for (const key of keys) {
    const keyOf = (member: Content) => JSON.stringify(key(member))
    const alike = Map.groupBy(free, keyOf)
    given.forEach((member, at) => {
      if (found[at] || member.id != null) return
      const next = alike.get(keyOf(member))?.shift()
      if (next) match(at, next)
    })
  }

  return found.map((member) => {
    const id = member && !taken.has(member.id) ? member.id : randomUUID()
    taken.add(id)
    return { id, stored: member }
  })
}
