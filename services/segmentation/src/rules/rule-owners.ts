import { comparisonsOf } from '@clientele/conditions'
import type { Transaction, ValidationIssues } from '@clientele/kit'
import { staff } from '../staff/staff.actions.js'
import type { SegmentRule } from './rule.js'

/** For how many people profiles is asked at once. */
const mostAtOnce = 1_000

/** The owners that a rule names, each with its place: `all.0.owner.in.1`. */
const ownersIn = (rule: SegmentRule) =>
  comparisonsOf(rule).flatMap(({ path, condition }) => {
    const { eq, in: any } = (condition.owner ?? {}) as { eq?: string; in?: readonly string[] }
    return [
      ...(eq === undefined ? [] : [{ path: `${path}.eq`, name: eq }]),
      ...(any ?? []).map((name, at) => ({ path: `${path}.in.${at}`, name })),
    ]
  })

/**
 * An owner who is nobody of the staff is an issue `staff.unknown` at their place: such a rule finds nobody, and a slip of the pen would not be
 * seen. Who has left may be named, as they still have customers; who stood in the rule before may stay. Throws UNAVAILABLE where profiles has to
 * be asked and cannot be.
 */
export const checkOwners = async (
  tx: Transaction,
  issues: ValidationIssues,
  path: string,
  rule: SegmentRule | null,
  { former }: { former?: SegmentRule | null } = {},
): Promise<void> => {
  // What is wrong already is no question to anybody.
  if (!rule || issues.found.length) return
  const before = new Set((former ? ownersIn(former) : []).map(({ name }) => name))
  const named = ownersIn(rule).filter(({ name }) => !before.has(name))
  const names = [...new Set(named.map(({ name }) => name))]
  const known = new Set<string>()
  for (let at = 0; at < names.length; at += mostAtOnce) {
    for (const { sub } of (await staff.find(tx, names.slice(at, at + mostAtOnce))).values()) known.add(sub)
  }
  for (const { path: place, name } of named) {
    issues.must(
      known.has(name),
      `${path}.${place}`,
      'staff.unknown',
      'the subject of a member of staff, as `staff` lists them',
    )
  }
}
