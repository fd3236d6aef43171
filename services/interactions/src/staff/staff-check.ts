import { limits } from '@clientele/contracts'
import { checkRequiredText, checkText, type Transaction, type ValidationIssues } from '@clientele/kit'
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
  if (!found) issues.add(path, 'staff.unknown', 'the subject of a member of staff')
  else issues.must(found.active, path, 'staff.left', 'the subject of a member of staff who works here')
  return found?.sub ?? subject
}

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
  if (!found) issues.add(path, 'team.unknown', 'the key of a team')
  else issues.must(found.active, path, 'team.archived', 'the key of a team that is in use')
  return key
}
