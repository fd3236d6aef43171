import type { Context } from '@clientele/kit'
import { customerForChange } from '../customers/customer.actions.js'
import type { Customer } from '../customers/customer.entity.js'
import { addTags, changeOf, removeTags, saveCustomers } from '../customers/customer-changes.js'
import { type Findings, fault, findingsAt, refuseFaults } from '../validation/findings.js'
import { checkTags, type GivenTag } from './tag-assignment.js'

export interface TagCustomer {
  id: string
  tags: string[]
  color?: string | null
  expectedVersion?: number | null
}

/** Gives a customer tags by name; new ones are created. Tags that the customer has change nothing. */
export const tagCustomer = (ctx: Context, input: TagCustomer): Promise<Customer> =>
  ctx.transaction(async (tx) => {
    const findings = findingsAt('input')
    const tags = atLeastOne(findings, checkTags(findings, input.tags))
    if (input.color != null && !/^#[0-9a-fA-F]{6}$/.test(input.color)) {
      fault(findings, 'color', 'tag.color', 'must be a colour of the form #rrggbb')
    }
    refuseFaults(findings)
    const change = changeOf(await customerForChange(tx, input))
    const colored = tags.map((tag) => ({ ...tag, color: input.color?.toLowerCase() ?? null }))
    addTags(change, colored)
    if (change.customer.tagKeys.length > 50) {
      fault(findings, 'tags', 'customer.too_many_tags', 'a customer has at most 50 tags')
    }
    refuseFaults(findings)
    await saveCustomers(tx, [change])
    return change.customer
  })

/** Takes tags from a customer, by name or key. Tags that the customer does not have change nothing. */
export const untagCustomer = (ctx: Context, input: Omit<TagCustomer, 'color'>): Promise<Customer> =>
  ctx.transaction(async (tx) => {
    const findings = findingsAt('input')
    const tags = atLeastOne(findings, checkTags(findings, input.tags))
    refuseFaults(findings)
    const change = changeOf(await customerForChange(tx, input))
    removeTags(
      change,
      tags.map(({ key }) => key),
    )
    await saveCustomers(tx, [change])
    return change.customer
  })

const atLeastOne = (findings: Findings, tags: GivenTag[]) => {
  if (!tags.length) fault(findings, 'tags', 'list.empty', 'must have at least one entry')
  return tags
}
