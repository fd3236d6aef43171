import { type BulkChangeKind, limits } from '@clientele/contracts'
import { allow, type Context, checkText, type ValidationIssues } from '@clientele/kit'
import { allowChange } from '../customers/customer-access.js'
import { checkOwner, type KnownStaff } from '../owners/owners.js'
import { knownTags } from '../tags/known-tags.js'
import { checkTags, namedTags } from '../tags/tag-assignment.js'
import type { PreviewBulkChangeInput } from './bulk-change.input.js'
import { bulkChangePolicy } from './bulk-change.policy.js'
import type { BulkFields, BulkFieldsInput } from './bulk-step.js'

/** What is done to each customer, in the form in which it is kept; what is wrong for all of them is an issue. Throws FORBIDDEN for whom the kind is closed. */
export const checkBulkStep = async (
  ctx: Pick<Context, 'em' | 'actor'>,
  issues: ValidationIssues,
  { kind, fields, tags }: PreviewBulkChangeInput,
  staff: KnownStaff,
): Promise<{ kind: BulkChangeKind; fields: BulkFields; tags: string[] }> => {
  allow(ctx.actor, bulkChangePolicy.start)
  if (kind === 'ARCHIVE' || kind === 'RESTORE') allowChange(ctx, undefined, 'archive')
  const takesTags = kind === 'ADD_TAGS' || kind === 'REMOVE_TAGS'
  issues.must(
    kind === 'SET_FIELDS' || !fields,
    'fields',
    'bulk_change.foreign',
    `none: it does not belong to ${kind}`,
    { kind },
  )
  issues.must(takesTags || !tags, 'tags', 'bulk_change.foreign', `none: it does not belong to ${kind}`, { kind })
  return {
    kind,
    fields: kind === 'SET_FIELDS' ? checkFields(issues, fields ?? {}, staff) : {},
    tags: takesTags ? await tagsOf(ctx, issues, kind, tags ?? []) : [],
  }
}

const checkFields = (issues: ValidationIssues, given: BulkFieldsInput, staff: KnownStaff): BulkFields => {
  const at = issues.below('fields')
  const ownerId = checkText(at, 'ownerId', given.ownerId, limits.subject)
  const values = {
    ownerId: checkOwner(at, 'ownerId', ownerId, { staff, current: null }),
    territory: checkText(at, 'territory', given.territory, limits.key),
    source: checkText(at, 'source', given.source, limits.key),
    industry: given.industry,
    sizeBand: given.sizeBand,
  }
  const fields = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  issues.must(Object.keys(fields).length > 0, 'fields', 'bulk_change.nothing', 'at least one field')
  return fields
}

const tagsOf = async (
  ctx: Pick<Context, 'em'>,
  issues: ValidationIssues,
  kind: BulkChangeKind,
  given: string[],
): Promise<string[]> => {
  const known = await knownTags(ctx, given)
  const tags = kind === 'ADD_TAGS' ? checkTags(issues, given, known) : namedTags(issues, given, known)
  issues.must(given.length > 0, 'tags', 'list.too_short', 'at least 1 entry', { least: 1 })
  return tags.map(({ name }) => name)
}
