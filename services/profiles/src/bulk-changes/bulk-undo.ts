import { allow, Conflict } from '@clientele/kit'
import type { CustomerValues } from '../customers/check-customer.js'
import type { Customer } from '../customers/customer.entity.js'
import { allowChange, requireInScope } from '../customers/customer-access.js'
import type { KnownTags } from '../tags/known-tags.js'
import { bulkChangePolicy } from './bulk-change.policy.js'
import { type BulkPlan, differencesOf, ownershipOf, type PlanContext } from './bulk-plan.js'
import type { BulkRow } from './bulk-rows.js'
import { type BulkFields, undoOf } from './bulk-step.js'

/**
 * What gives a customer back what a bulk change took. They had it before, so it is judged as if they had it still: by the access scope in which
 * they were, and whatever has become of owners and tags. Throws NOT_FOUND, FORBIDDEN, CONFLICT `bulk_change.changed_since`.
 */
export const planUndo = (ctx: PlanContext, found: Customer | null, row: BulkRow, known: KnownTags): BulkPlan => {
  if (found?.version !== row.customerVersion) {
    requireInScope(ctx, found)
    throw new Conflict('The customer has been changed since.', { reason: 'bulk_change.changed_since' })
  }
  const step = undoOf(row.differences ?? [])
  const values = valuesOf(found, step.fields)
  const before = { ...ownershipOf(found), ...values }
  requireInScope(ctx, { ...before, id: found.id })
  allow(ctx.actor, bulkChangePolicy.start, before)
  allowChange(ctx, before, step.status ? 'archive' : 'write')
  const removed = keysOf(step.removeTags, known).filter((key) => found.tagKeys.includes(key))
  const left = found.tagKeys.filter((key) => !removed.includes(key))
  const added = keysOf(step.addTags, known)
    .filter((key) => !left.includes(key))
    .map((key) => ({ key, name: key }))
  const plan = { values, added, removed, status: (step.status as Customer['status'] | undefined) ?? found.status }
  return { ...plan, differences: differencesOf(found, before, plan) }
}

const nothing = { legalName: null, industry: null, sizeBand: null }

const valuesOf = ({ organization }: Customer, fields: BulkFields = {}): CustomerValues => {
  const { industry, sizeBand, ...values } = fields
  const details = { ...(industry !== undefined && { industry }), ...(sizeBand !== undefined && { sizeBand }) }
  if (!Object.keys(details).length) return values
  return { ...values, organization: { ...(organization ?? nothing), ...details } as Customer['organization'] }
}

/** The tags of today that keys of then lead to. */
const keysOf = (keys: readonly string[] = [], known: KnownTags) => [...new Set(keys.map((key) => known.keyOf(key)))]
