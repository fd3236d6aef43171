import { type Context, type ValidationIssues, validationIssues } from '@clientele/kit'
import { customerForChange } from '../customers/customer.actions.js'
import type { Customer } from '../customers/customer.entity.js'
import { addTags, changeOf, removeTags, saveCustomers } from '../customers/customer-changes.js'
import { checkTagCount, checkTags, type GivenTag } from './tag-assignment.js'

export interface TagCustomer {
  id: string
  tags: string[]
  color?: string | null
  expectedVersion?: number | null
}

/** Gives a customer tags by name; new ones are created. Tags that the customer has change nothing. */
export const tagCustomer = (ctx: Context, input: TagCustomer): Promise<Customer> =>
  ctx.transaction(async (tx) => {
    const issues = validationIssues()
    const tags = atLeastOne(issues, checkTags(issues, input.tags))
    const isColor = input.color == null || /^#[0-9a-fA-F]{6}$/.test(input.color)
    issues.must(isColor, 'color', 'color.malformed', 'a colour of the form #rrggbb')
    issues.refuse()
    const change = changeOf(await customerForChange(tx, input))
    const colored = tags.map((tag) => ({ ...tag, color: input.color?.toLowerCase() ?? null }))
    addTags(change, colored)
    checkTagCount(issues, change.customer.tagKeys)
    issues.refuse()
    await saveCustomers(tx, [change])
    return change.customer
  })

/** Takes tags from a customer, by name or key. Tags that the customer does not have change nothing. */
export const untagCustomer = (ctx: Context, input: Omit<TagCustomer, 'color'>): Promise<Customer> =>
  ctx.transaction(async (tx) => {
    const issues = validationIssues()
    const tags = atLeastOne(issues, checkTags(issues, input.tags))
    issues.refuse()
    const change = changeOf(await customerForChange(tx, input))
    removeTags(
      change,
      tags.map(({ key }) => key),
    )
    await saveCustomers(tx, [change])
    return change.customer
  })

const atLeastOne = (issues: ValidationIssues, tags: GivenTag[]) => {
  issues.must(tags.length > 0, 'tags', 'list.too_short', 'at least 1 entry')
  return tags
}
