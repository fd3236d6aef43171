import { type Context, type ValidationIssues, validationIssues } from '@clientele/kit'
import type { CustomerValues } from '../customers/check-customer.js'
import { customerForChange } from '../customers/customer.actions.js'
import type { Customer } from '../customers/customer.entity.js'
import { applyValues, changeOf, saveCustomers } from '../customers/customer-changes.js'
import type { OfCustomer } from './member.input.js'
import { addEntry, changeEntry, type Member, type MemberKind, removeEntry, reorderEntries } from './member-list.js'

/**
 * The changes of one kind of list of a customer: one entry is added, changed, removed, all are put in order, or the whole list is replaced.
 * Each throws NOT_FOUND for a customer or an entry that is not there, FORBIDDEN outside of the access scope, INVALID with all faults,
 * CONFLICT `version.stale`; what changes nothing emits nothing.
 */
export const memberActions = <Stored extends Member, Where, Added, Changed, Given>(
  kind: MemberKind<Stored, Where, Added, Changed, Given>,
) => ({
  add: (ctx: Context, input: OfCustomer & Where & Added & { idempotencyKey?: string | null }) =>
    changeList(
      ctx,
      input,
      (issues, customer) => {
        const place = kind.placeOf(issues, customer, input)
        return addEntry(issues, kind, place, kind.add(issues, customer, input))
      },
      kind.adds,
    ),

  change: (ctx: Context, input: OfCustomer & Changed & { id: string }) =>
    changeList(ctx, input, (issues, customer) =>
      changeEntry<Stored>(issues, kind, customer, input.id, (stored) => kind.change(issues, customer, stored, input)),
    ),

  remove: (ctx: Context, input: OfCustomer & { id: string }) =>
    changeList(ctx, input, (_, customer) => removeEntry(kind, customer, input.id)),

  reorder: (ctx: Context, input: OfCustomer & Where & { ids: string[] }) =>
    changeList(ctx, input, (issues, customer) =>
      reorderEntries(issues, kind.placeOf(issues, customer, input), input.ids),
    ),

  replace: (ctx: Context, input: OfCustomer & Where & Given) =>
    changeList(ctx, input, (issues, customer) => {
      const place = kind.placeOf(issues, customer, input)
      return place.with(kind.replace(issues, customer, input, place.entries))
    }),
})

const changeList = (
  ctx: Context,
  input: OfCustomer & { idempotencyKey?: string | null },
  valuesAfter: (issues: ValidationIssues, customer: Customer) => CustomerValues,
  operation = '',
): Promise<Customer> =>
  ctx.transaction(
    async (tx) => {
      const { customerId: id, expectedVersion } = input
      const customer = await customerForChange(tx, { id, ...(expectedVersion != null && { expectedVersion }) })
      const issues = validationIssues()
      const values = valuesAfter(issues, customer)
      issues.refuse()
      const change = changeOf(customer)
      applyValues(change, values)
      await saveCustomers(tx, [change])
      return customer
    },
    { key: input.idempotencyKey, operation, input },
  )
