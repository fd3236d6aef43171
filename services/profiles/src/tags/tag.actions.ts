import { type Context, retryOnConflict, type ValidationIssues, validationIssues } from '@clientele/kit'
import { customerForChange } from '../customers/customer.actions.js'
import type { Customer } from '../customers/customer.entity.js'
import { addTags, changeOf, removeTags, saveCustomers } from '../customers/customer-changes.js'
import { checkColor } from './check-tag.js'
import { knownTags } from './known-tags.js'
import { checkTags, type GivenTag, namedTags } from './tag-assignment.js'

export interface TagCustomer {
  id: string
  tags: string[]
  color?: string | null
  expectedVersion?: number | null
}

/** Gives a customer tags by name; new ones are created. Tags that the customer has change nothing. */
export const tagCustomer = (ctx: Context, input: TagCustomer): Promise<Customer> =>
  retryOnConflict(() =>
    ctx.transaction(async (tx) => {
      const issues = validationIssues()
      const known = await knownTags(tx, input.tags)
      atLeastOne(issues, namedTags(issues, input.tags, known))
      const color = checkColor(issues, input.color)
      issues.refuse()
      const change = changeOf(await customerForChange(tx, input))
      const tags = checkTags(issues, input.tags, known, change.customer.tagKeys)
      const colored = tags.map((tag) => ({ ...tag, color: color ?? null }))
      issues.refuse()
      addTags(change, colored)
      await saveCustomers(tx, [change])
      return change.customer
    }),
  )

/** Takes tags from a customer, by name or key. Tags that the customer does not have change nothing. */
export const untagCustomer = (ctx: Context, input: Omit<TagCustomer, 'color'>): Promise<Customer> =>
  ctx.transaction(async (tx) => {
    const issues = validationIssues()
    const tags = atLeastOne(issues, namedTags(issues, input.tags, await knownTags(tx, input.tags)))
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
  issues.must(tags.length > 0, 'tags', 'list.too_short', 'at least 1 entry', { least: 1 })
  return tags
}
