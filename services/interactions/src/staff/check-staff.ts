import { limits, staffEntityId } from '@clientele/contracts'
import { type Context, checkRequiredText, checkText, type Transaction, type ValidationIssues } from '@clientele/kit'
import { staff, teams } from './staff.actions.js'

/**
 * The subject of whom an input names; null for nobody. Who is unknown, or has left, is an issue `staff.unknown` or `staff.left`. Throws
 * UNAVAILABLE where nothing is known of them here and profiles cannot be asked.
 */
export const checkStaff = async (
  tx: Transaction,
  issues: ValidationIssues,
  path: string,
  given: string | null | undefined,
): Promise<string | null> => {
  const before = issues.found.length
  const subject = checkText(issues, path, given, limits.subject) ?? null
  if (subject === null || issues.found.length > before) return subject
  const found = (await staff.find(tx, [subject])).get(subject)
  if (!found) issues.add(path, 'staff.unknown', 'the subject of a member of staff, as `staff` lists them')
  else issues.must(found.active, path, 'staff.left', 'the subject of a member of staff who works here')
  return found?.sub ?? subject
}

/** The actor, where they are known to work here; null for everybody else, such as somebody who acts from outside. */
export const ownIfStaff = async ({ em, actor }: Pick<Context, 'em' | 'actor'>): Promise<string | null> => {
  const [member] = await staff.known({ em }, [actor.subject], 'sub')
  return member?.active ? member.sub : null
}

/** The subject of whom a text names by their subject or id, as far as they are known here; the text itself where they are not. */
export const subjectOf = async ({ em }: Pick<Context, 'em'>, named: string): Promise<string> =>
  (await staff.known({ em }, [staffEntityId(named)]))[0]?.sub ?? named

/**
 * The key of the team that an input names. One that is unknown, or archived, is an issue `team.unknown` or `team.archived`, unless it is the
 * present one. Throws UNAVAILABLE as `checkStaff`.
 */
export const checkTeam = async (
  tx: Transaction,
  issues: ValidationIssues,
  path: string,
  given: string,
  { current }: { current: string | null },
): Promise<string> => {
  const before = issues.found.length
  const key = checkRequiredText(issues, path, given, limits.key)
  if (key === current || issues.found.length > before) return key
  const found = (await teams.find(tx, [key])).get(key)
  if (!found) issues.add(path, 'team.unknown', 'the key of a team, as `teams` lists them')
  else issues.must(found.active, path, 'team.archived', 'the key of a team that is in use')
  return key
}
