import { limits, tagKey, tagRestored, tagRetired, tagUpdated } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkRequiredText,
  checkText,
  expectVersion,
  isId,
  NotFound,
  type Rule,
  retryOnConflict,
  type Transaction,
  validationIssues,
} from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { checkColor } from './check-tag.js'
import { Tag } from './tag.entity.js'
import { tagPolicy } from './tag.policy.js'
import type { RestoreTagInput, RetireTagInput, UpdateTagInput } from './tag-care.input.js'

/** Renames, colours and describes a tag; saying the same again changes nothing. Throws NOT_FOUND, INVALID with all faults, CONFLICT `version.stale` or `tag.name_taken`. */
export const updateTag = (ctx: Context, input: UpdateTagInput): Promise<Tag> =>
  retryOnConflict(() => ctx.transaction((tx) => update(tx, input)))

const update = async (tx: Transaction, input: UpdateTagInput): Promise<Tag> => {
  const tag = await tagForChange(tx, input)
  const issues = validationIssues()
  const { name = tag.name, color = tag.color, description = tag.description } = input
  const values = {
    name: checkRequiredText(issues, 'name', name, limits.tagName),
    color: checkColor(issues, color) ?? null,
    description: checkText(issues, 'description', description, limits.tagDescription) ?? null,
  }
  const nameKey = tagKey(values.name)
  if (values.name) checkRequiredText(issues, 'name', nameKey, limits.key)
  issues.refuse()
  if (nameKey !== tag.nameKey) await takeName(tx, tag, nameKey)
  const changedFields = (['name', 'color', 'description'] as const).filter((field) => tag[field] !== values[field])
  if (!changedFields.length) return tag
  Object.assign(tag, values, { nameKey })
  tx.emit(tagUpdated, tag, { ...dataOf(tag), changedFields })
  return tag
}

/** Has a tag given no longer; customers keep it. One that is retired already stays as it is. Throws NOT_FOUND, CONFLICT `version.stale`. */
export const retireTag = (ctx: Context, input: RetireTagInput): Promise<Tag> =>
  ctx.transaction(async (tx) => {
    const tag = await tagForChange(tx, input)
    if (tag.retiredAt) return tag
    tag.retiredAt = tx.now()
    tx.emit(tagRetired, tag, dataOf(tag))
    return tag
  })

/** Has a retired tag given again. One that is given stays as it is. Throws NOT_FOUND, CONFLICT `version.stale`. */
export const restoreTag = (ctx: Context, input: RestoreTagInput): Promise<Tag> =>
  ctx.transaction(async (tx) => {
    const tag = await tagForChange(tx, input)
    if (!tag.retiredAt) return tag
    tag.retiredAt = null
    tx.emit(tagRestored, tag, dataOf(tag))
    return tag
  })

/** A tag that was not merged, locked for change. Throws NOT_FOUND `tag.unknown`, FORBIDDEN, CONFLICT `version.stale`. */
export const tagForChange = async (
  tx: Transaction,
  { id, expectedVersion }: { id: string; expectedVersion?: number | null },
  rule: Rule = tagPolicy.manage,
): Promise<Tag> => {
  tx.allow(rule)
  const where = { id, mergedIntoKey: null }
  const tag = isId(id) ? await tx.em.findOne(Tag, where, { lockMode: LockMode.PESSIMISTIC_WRITE }) : null
  if (!tag) throw new NotFound('There is no such tag.', { reason: 'tag.unknown' })
  expectVersion(tag, expectedVersion)
  return tag
}

/** What every event of a tag says: no name, which somebody wrote. */
export const dataOf = ({ key, retiredAt }: Tag) => ({ key, isRetired: retiredAt != null })

/** A name that a tag merged into this one had leads here already, and is its own from now on. */
const takeName = async (tx: Transaction, tag: Tag, key: string) => {
  const leading = { $or: [{ key }, { nameKey: key }] }
  const elsewhere = { $or: [{ mergedIntoKey: null }, { mergedIntoKey: { $ne: tag.key } }] }
  const others = { id: { $ne: tag.id }, $and: [leading, elsewhere] }
  if (!(await tx.em.count(Tag, others))) {
    await tx.em.nativeUpdate(Tag, { mergedIntoKey: tag.key, nameKey: key }, { nameKey: null })
    return
  }
  const reason = 'tag.name_taken'
  throw new Conflict('Another tag has or had this name; merge them.', {
    reason,
    fields: [{ path: 'input.name', reason, message: 'leads to another tag' }],
  })
}
