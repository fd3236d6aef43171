import { staffEntityId } from '@clientele/contracts'
import {
  accessScopeOf,
  type Context,
  expectVersion,
  isWithin,
  NotFound,
  type Rule,
  type Transaction,
  type ValidationIssues,
} from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { Staff } from './staff.entity.js'

export const unknownStaff = () =>
  new NotFound('There is no such member of staff; `staff` lists those that there are.', { reason: 'staff.unknown' })

/** Members of staff by ids or subjects; one statement for all. */
export const staffById = async (
  { em }: Pick<Context, 'em'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Staff>> => {
  if (!ids.length) return new Map()
  const found = await em.find(Staff, { id: { $in: [...new Set(ids.map(staffEntityId))] } })
  return new Map(found.map((staff) => [staff.id, staff]))
}

/**
 * The ids of those whom an input names by ids or subjects, each once; those who are nobody, or have left, are issues `staff.unknown` and
 * `staff.left` at their paths.
 */
export const checkStaff = async (
  tx: Transaction,
  issues: ValidationIssues,
  named: readonly { path: string; id: string }[],
): Promise<string[]> => {
  const known = await staffById(
    tx,
    named.map(({ id }) => id),
  )
  for (const { path, id } of named) {
    const staff = known.get(staffEntityId(id))
    if (!staff) issues.add(path, 'staff.unknown', 'the id or subject of a member of staff, as `staff` lists them')
    else issues.must(staff.active, path, 'staff.left', 'a member of staff who works here')
  }
  return [...new Set(named.map(({ id }) => staffEntityId(id)))]
}

/**
 * A member of staff, locked for change. Throws NOT_FOUND `staff.unknown`, FORBIDDEN where the rule does not reach them: it reaches who works in one
 * of the actor's territories. CONFLICT `version.stale`.
 */
export const staffForChange = async (
  tx: Transaction,
  id: string,
  rule: Rule,
  expectedVersion?: number | null,
): Promise<Staff> => {
  tx.allow(rule)
  const staff = await tx.em.findOne(Staff, { id: staffEntityId(id) }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!staff) throw unknownStaff()
  const scope = accessScopeOf(tx.actor, rule)
  const places = staff.territories.map((territory) => ({ ownerId: staff.subject, territory }))
  if (!places.some((place) => isWithin(tx.actor, scope, place))) tx.allow(rule, { ownerId: staff.subject })
  expectVersion(staff, expectedVersion)
  return staff
}
