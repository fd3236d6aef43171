import { customerArchived, customerRestored } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  expectVersion,
  Forbidden,
  locked,
  type Ownership,
  type Rule,
  retryOnConflict,
  type Transaction,
  validationIssues,
} from '@clientele/kit'
import { type KnownStaff, knownOwners } from '../owners/owners.js'
import { knownTags } from '../tags/known-tags.js'
import { checkTags } from '../tags/tag-assignment.js'
import { type CustomerValues, checkCustomer } from './check-customer.js'
import { Customer, CustomerStatus } from './customer.entity.js'
import type {
  ArchiveCustomerInput,
  CreateCustomerInput,
  CustomerFieldValues,
  UpdateCustomerInput,
} from './customer.input.js'
import { customerPolicy } from './customer.policy.js'
import { customerWorkflow } from './customer.workflow.js'
import { asOwn, clearedUnseen, inAnyScope, seesSensitive, sensitiveRoles } from './customer-access.js'
import { addTags, applyValues, changeOf, newCustomer, saveCustomers } from './customer-changes.js'
import { customerData } from './customer-event.js'
import { holdersOf } from './customer-number.js'
import { checkOrigin } from './origin.js'
import { openAllSensitive } from './sensitive-values.js'
import { allowPlace } from './territory.js'

const today = ({ now }: Pick<Transaction, 'now'>) => now().toISOString().slice(0, 10)

/** Enters a customer. Throws INVALID with all faults; FORBIDDEN outside of the access scope; CONFLICT `customer.number_taken` or `customer.origin_taken`. */
export const createCustomer = async (ctx: Context, input: CreateCustomerInput): Promise<Customer> => {
  const staff = await knownOwners(ctx, customerPolicy.write, [input.ownerId])
  return retryOnConflict(() =>
    ctx.transaction(
      async (tx) => {
        const issues = validationIssues()
        const checked = checkCustomer(issues, input, { kind: input.kind, today: today(tx), staff })
        const tags = checkTags(issues, input.tags, await knownTags(tx, input.tags ?? []))
        const origin = checkOrigin(issues, input.origin)
        issues.refuse()
        const values = asOwn(tx, checked, customerPolicy.write)
        tx.allow(customerPolicy.write, values)
        allowPlace(tx, checked)
        if (origin) await refuseKnownOrigin(tx, origin)
        await refuseTakenNumber(tx, values.number)
        const change = newCustomer(tx, input.kind, values, origin)
        addTags(change, tags)
        await saveCustomers(tx, [change])
        return change.customer
      },
      { key: input.idempotencyKey, operation: 'createCustomer', input },
    ),
  )
}

/**
 * Changes what is given. Throws NOT_FOUND, INVALID with all faults, CONFLICT `version.stale` or `customer.number_taken`,
 * FORBIDDEN where the customer lies outside of the access scope, or would afterwards.
 */
export const updateCustomer = async (ctx: Context, input: UpdateCustomerInput): Promise<Customer> => {
  const staff = await knownOwners(ctx, customerPolicy.write, [input.ownerId])
  return retryOnConflict(() =>
    ctx.transaction(async (tx) => {
      const customer = await customerForChange(tx, input)
      refuseHiddenClearing(tx, customer, input)
      const values = checkedUpdate(tx, customer, input, staff)
      await refuseTakenNumber(tx, values.number, customer.id)
      const { territory: current } = customer
      const change = changeOf(customer, await knownSensitive(tx, customer, values))
      applyValues(change, values)
      tx.allow(customerPolicy.write, customer)
      allowPlace(tx, { ...values, current })
      await saveCustomers(tx, [change])
      return customer
    }),
  )
}

/** The values that an update gives a customer, in the form in which they are stored. `issues` says where they are in the request. Throws INVALID with all faults. */
export const checkedUpdate = (
  { now }: Pick<Transaction, 'now'>,
  customer: Customer,
  given: CustomerFieldValues,
  staff: KnownStaff,
  issues = validationIssues(),
): CustomerValues => {
  const values = checkCustomer(issues, given, { kind: customer.kind, current: customer, today: today({ now }), staff })
  issues.refuse()
  return values
}

/** Details that are cleared as a whole take the sensitive ones along: only for whom sees those. */
const refuseHiddenClearing = ({ actor }: Transaction, { kind }: Customer, input: UpdateCustomerInput) => {
  const part = clearedUnseen(actor, kind, input)
  if (!part) return
  const because = { reason: 'field.hidden', params: { roles: sensitiveRoles } } as const
  const names = sensitiveRoles.join(', ')
  const message = `clear its fields one by one; roles that can clear it: ${names}`
  throw new Forbidden(
    `Some of these details are hidden from your role, so it cannot clear them all. Roles that can: ${names}.`,
    { ...because, fields: [{ ...because, path: `input.${part}`, message }] },
  )
}

/** The customer's sensitive details, where the change speaks of any and the actor sees them. */
const knownSensitive = async (tx: Transaction, customer: Customer, { sensitive = {} }: CustomerValues) => {
  if (!seesSensitive(tx.actor) || Object.values(sensitive).every((value) => value === undefined)) return {}
  return (await openAllSensitive(tx.keys, [customer])).get(customer.id)
}

/** Takes a customer out of use. Throws NOT_FOUND, CONFLICT where it is archived already. */
export const archiveCustomer = (ctx: Context, input: ArchiveCustomerInput) =>
  moveCustomer(ctx, input, CustomerStatus.ARCHIVED)

/** Takes an archived customer back into use. Throws NOT_FOUND, CONFLICT where it is in use. */
export const restoreCustomer = (ctx: Context, input: ArchiveCustomerInput) =>
  moveCustomer(ctx, input, CustomerStatus.ACTIVE)

const moveCustomer = (ctx: Context, input: ArchiveCustomerInput, to: CustomerStatus) =>
  ctx.transaction(async (tx) => {
    const customer = await customerForChange(tx, input, customerPolicy.archive)
    setStatus(tx, customer, to)
    return customer
  })

/** Takes a customer out of use, or back into it, with the event. Throws CONFLICT `customer.illegal_transition`. */
export const setStatus = (tx: Transaction, customer: Customer, to: CustomerStatus) => {
  customerWorkflow.move(customer, to)
  tx.emit(to === CustomerStatus.ARCHIVED ? customerArchived : customerRestored, customer, customerData(customer))
}

/** A customer, locked for change. Throws NOT_FOUND `customer.unknown`, FORBIDDEN outside the access scope of the rule, CONFLICT `version.stale`. */
export const customerForChange = async (
  tx: Transaction,
  input: { id: string; expectedVersion?: number | null },
  rule: Rule = customerPolicy.write,
) => {
  const customer = await locked(tx, Customer, input.id, rule)
  expectVersion(customer, input.expectedVersion)
  return customer
}

/** Throws FORBIDDEN where a customer that belonged so would lie outside of the access scope for changes. */
export const allowOwnership = (tx: Transaction, of: Ownership) => tx.allow(customerPolicy.write, of)

const refuseTakenNumber = async (tx: Transaction, number: string | undefined, own?: string) => {
  if (!number) return
  const holder = (await holdersOf(tx, [number])).get(number)
  if (!holder || holder === own) return
  const reason = 'customer.number_taken'
  throw new Conflict('Another customer has this number.', {
    reason,
    fields: [{ path: 'input.number', reason, message: 'belongs to another customer' }],
  })
}

const refuseKnownOrigin = async (tx: Transaction, { system, externalId }: { system: string; externalId: string }) => {
  if (!(await tx.em.count(Customer, { originSystem: system, originExternalId: externalId }, inAnyScope))) return
  const reason = 'customer.origin_taken'
  throw new Conflict('There is a customer of this origin already.', {
    reason,
    fields: [{ path: 'input.origin', reason, message: 'belongs to another customer' }],
  })
}
