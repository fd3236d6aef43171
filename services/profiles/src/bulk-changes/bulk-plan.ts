import { allow, type Context, type ValidationIssues, validationIssues } from '@clientele/kit'
import type { CustomerValues } from '../customers/check-customer.js'
import { checkedUpdate } from '../customers/customer.actions.js'
import { type Customer, CustomerKind, type CustomerStatus } from '../customers/customer.entity.js'
import type { CustomerFieldValues } from '../customers/customer.input.js'
import { allowChange, requireInScope } from '../customers/customer-access.js'
import { addTags, applyValues, type CustomerChange, changeOf, removeTags } from '../customers/customer-changes.js'
import { allowPlace } from '../customers/territory.js'
import { staffById } from '../directory/staff-look-up.js'
import type { KnownStaff } from '../owners/owners.js'
import { type KnownTags, knownTags } from '../tags/known-tags.js'
import { checkTags, type GivenTag, namedTags } from '../tags/tag-assignment.js'
import { bulkChangePolicy } from './bulk-change.policy.js'
import type { BulkDifference, BulkField, BulkFields, BulkStep } from './bulk-step.js'

/** What a step would do to one customer, found out without doing it. */
export interface BulkPlan {
  differences: BulkDifference[]
  values: CustomerValues
  added: GivenTag[]
  removed: string[]
  status: CustomerStatus
}

export interface BulkSurroundings {
  /** The members of staff whom the step names as owners. */
  staff: KnownStaff
  /** The tags that its names lead to. */
  tags: KnownTags
}

/** Looks up what a step names. */
export const lookUp = async (
  ctx: Pick<Context, 'em'>,
  { fields, addTags = [], removeTags = [] }: BulkStep,
): Promise<BulkSurroundings> => ({
  staff: await staffById(ctx, fields?.ownerId ? [fields.ownerId] : []),
  tags: await knownTags(ctx, [...addTags, ...removeTags]),
})

export type PlanContext = Pick<Context, 'actor' | 'trail' | 'now'>

/**
 * What a step would do to a customer, by the checks and permissions of the mutations for one. Throws NOT_FOUND, FORBIDDEN, INVALID, as those do.
 */
export const planFor = (
  ctx: PlanContext,
  found: Customer | null,
  step: BulkStep,
  around: BulkSurroundings,
  issues = validationIssues(''),
): BulkPlan => {
  const customer = requireInScope(ctx, found)
  allow(ctx.actor, bulkChangePolicy.start, customer)
  allowChange(ctx, customer, step.status ? 'archive' : 'write')
  const values = valuesOf(ctx, customer, step.fields, around.staff)
  const tags = tagsOf(issues, customer, step, around.tags)
  const plan = { values, ...tags, status: (step.status as CustomerStatus | undefined) ?? customer.status }
  const after = { ...ownershipOf(customer), ...values }
  if (!step.status) allowChange(ctx, after)
  allowPlace(ctx, { ...values, current: customer.territory })
  return { ...plan, differences: differencesOf(customer, after, plan) }
}

/** Of a customer what bulk changes set, and go by. */
export const ownershipOf = ({ ownerId, territory, source, organization }: Customer) => ({
  ...{ ownerId, territory, source, organization },
})

const valuesOf = (
  ctx: PlanContext,
  customer: Customer,
  fields: BulkFields | undefined,
  staff: KnownStaff,
): CustomerValues => {
  if (!fields) return {}
  const given = inputOf(fields, customer)
  const { displayName: _, ...values } = checkedUpdate(ctx, customer, given, staff, validationIssues('fields'))
  return values
}

const ofOrganizations = ['industry', 'sizeBand'] as const

const inputOf = ({ ownerId, territory, source, ...details }: BulkFields, { kind }: Customer): CustomerFieldValues => {
  const given = ofOrganizations.filter((field) => details[field] !== undefined)
  // Nothing of a person can be cleared that persons do not have.
  const isForeign = kind === CustomerKind.PERSON && given.every((field) => details[field] === null)
  return {
    ...(ownerId !== undefined && { ownerId }),
    ...(territory !== undefined && { territory }),
    ...(source !== undefined && { source }),
    ...(given.length && !isForeign && { organization: details }),
  } as CustomerFieldValues
}

const tagsOf = (
  issues: ValidationIssues,
  { tagKeys }: Customer,
  { addTags = [], removeTags = [] }: BulkStep,
  known: KnownTags,
): { added: GivenTag[]; removed: string[] } => {
  const removed = namedTags(issues, removeTags, known)
    .map(({ key }) => key)
    .filter((key) => tagKeys.includes(key))
  const left = tagKeys.filter((key) => !removed.includes(key))
  const added = addTags.length ? checkTags(issues, addTags, known, left) : []
  issues.refuse()
  return { added: added.filter(({ key }) => !left.includes(key)), removed }
}

const one = (value: string | null | undefined) => (value == null ? [] : [value])

export const differencesOf = (
  before: Customer,
  after: Pick<Customer, 'ownerId' | 'territory' | 'source' | 'organization'>,
  { added, removed, status }: Omit<BulkPlan, 'differences'>,
): BulkDifference[] => {
  const left = before.tagKeys.filter((key) => !removed.includes(key))
  const tags = added.length ? [...left, ...added.map(({ key }) => key)].toSorted() : left
  const all: BulkDifference[] = [
    { field: 'ownerId', before: one(before.ownerId), after: one(after.ownerId) },
    { field: 'territory', before: one(before.territory), after: one(after.territory) },
    { field: 'source', before: one(before.source), after: one(after.source) },
    ...ofOrganizations.map((field) => ({
      field: field as BulkField,
      before: one(before.organization?.[field]),
      after: one(after.organization?.[field]),
    })),
    { field: 'status', before: [before.status], after: [status] },
    { field: 'tags', before: before.tagKeys, after: tags },
  ]
  return all.filter(({ before, after }) => before.join('\n') !== after.join('\n'))
}

/** Does to a customer what was planned; `saveCustomers` writes it. */
export const changeBy = (customer: Customer, { values, added, removed }: BulkPlan): CustomerChange => {
  const change = changeOf(customer)
  applyValues(change, values)
  removeTags(change, removed)
  addTags(change, added)
  return change
}
