import { limits, staffEntityId } from '@clientele/contracts'
import { type Context, hasTenantScope, type Rule, type ValidationIssues } from '@clientele/kit'
import { learnStaff } from '../directory/learn-staff.js'
import type { Staff } from '../directory/staff.entity.js'

/** Members of staff by their ids, among whom the owners that an input names are looked for. */
export type KnownStaff = ReadonlyMap<string, Pick<Staff, 'subject' | 'active'>>

/**
 * Those of the owners that inputs name who are known, in one look-up however many there are; with them whoever acts, where they become the
 * owner of what they enter for nobody. Throws UNAVAILABLE where the directory has to be asked and cannot be.
 */
export const knownOwners = (
  ctx: Context,
  rule: Rule,
  ownerIds: readonly (string | null | undefined)[],
): Promise<KnownStaff> => {
  const mayOwn = ctx.actor.kind === 'person' && !hasTenantScope(ctx.actor, rule)
  // As many as one batch of an import may name.
  return learnStaff(ctx, mayOwn ? [...ownerIds, ctx.actor.subject] : ownerIds, limits.importRows.most + 1)
}

/** The subject of the owner whom an input names by it, or by their id; one who is nobody, or has left, is an issue, unless they are the owner already. */
export const checkOwner = (
  issues: ValidationIssues,
  path: string,
  given: string | null | undefined,
  { staff, current }: { staff: KnownStaff; current: string | null | undefined },
) => {
  if (given == null || given === current) return given
  const owner = staff.get(staffEntityId(given))
  if (!owner) issues.add(path, 'staff.unknown', 'the subject of a member of staff, as `staff` lists them')
  else {
    const isAllowed = owner.active || owner.subject === current
    issues.must(isAllowed, path, 'staff.left', 'the subject of a member of staff who works here')
  }
  return owner?.subject ?? given
}
