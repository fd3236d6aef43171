import { limits } from '@clientele/contracts'
import {
  type Context,
  expectedError,
  isId,
  ListSize,
  type Refusal,
  tellRefusal,
  validationIssues,
} from '@clientele/kit'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Customer } from '../customers/customer.entity.js'
import { inAnyScope } from '../customers/customer-access.js'
import { knownOwners } from '../owners/owners.js'
import type { PreviewBulkChangeInput } from './bulk-change.input.js'
import { bulkChangePolicy } from './bulk-change.policy.js'
import { type BulkPlan, lookUp, planFor } from './bulk-plan.js'
import { BulkRefusal, refusalOfCustomer } from './bulk-refusal.js'
import { selectedIds } from './bulk-selection.js'
import { BulkDifference, stepOf } from './bulk-step.js'
import { checkBulkStep } from './check-bulk.js'

@ObjectType({ description: 'Customers who would not be changed for one reason.' })
export class BulkRefusals extends BulkRefusal {
  @Field(() => Int, { description: 'How many they are.' })
  count!: number
}

@ObjectType({ description: 'What would be done to a customer.' })
export class BulkExample {
  @Field(() => ID, { description: 'The customer, as the id was given.' })
  customerId!: string
  @ListSize(limits.bulkFields)
  @Field(() => [BulkDifference], { description: 'What would change; empty where nothing would, or it is refused.' })
  differences!: BulkDifference[]
  @Field(() => BulkRefusal, {
    nullable: true,
    description: 'Why the customer would not be changed; null where they may be.',
  })
  refusal!: BulkRefusal | null
}

@ObjectType({ description: 'What a bulk change would do, found out without doing anything.' })
export class BulkChangePreview {
  @Field(() => Int, { description: 'How many customers it would be about.' })
  total!: number
  @Field(() => Int, { description: 'How many of them would change.' })
  changing!: number
  @Field(() => Int, { description: 'How many are already as they would be.' })
  unchanged!: number
  @ListSize(limits.bulkExamples)
  @Field(() => [BulkRefusals], { description: 'How many would be refused, by reason, the most frequent first.' })
  refusals!: BulkRefusals[]
  @ListSize(limits.bulkExamples)
  @Field(() => [BulkExample], { description: `The first ${limits.bulkExamples.most} customers.` })
  examples!: BulkExample[]
}

const batchSize = 500

/** What a bulk change would do. Throws as `startBulkChange` does. */
export const previewBulkChange = async (ctx: Context, input: PreviewBulkChangeInput): Promise<BulkChangePreview> => {
  const staff = await knownOwners(ctx, bulkChangePolicy.start, [input.fields?.ownerId])
  const issues = validationIssues()
  const step = stepOf(await checkBulkStep(ctx, issues, input, staff))
  const ids = await selectedIds(ctx, issues, input)
  issues.refuse()
  const around = await lookUp(ctx, step)
  const outcomes: Outcome[] = []
  for (let at = 0; at < ids.length; at += batchSize) {
    const some = ids.slice(at, at + batchSize)
    const customers = await customersOf(ctx, some)
    for (const id of some)
      outcomes.push(outcomeOf(ctx, id, () => planFor(ctx, customers.get(id) ?? null, step, around)))
  }
  return summaryOf(ctx, outcomes)
}

interface Outcome {
  id: string
  differences: BulkDifference[]
  refusal?: Refusal
}

const customersOf = async ({ em }: Context, ids: readonly string[]): Promise<ReadonlyMap<string, Customer>> => {
  const where = { id: { $in: ids.filter(isId) } }
  const found = await em.find(Customer, where, { ...inAnyScope, disableIdentityMap: true })
  return new Map(found.map((customer) => [customer.id, customer]))
}

const outcomeOf = (ctx: Context, id: string, plan: () => BulkPlan): Outcome => {
  try {
    return { id, differences: plan().differences }
  } catch (error) {
    if (!expectedError(error)) throw error
    return { id, differences: [], refusal: refusalOfCustomer(ctx, error, id) }
  }
}

const summaryOf = (ctx: Context, outcomes: readonly Outcome[]): BulkChangePreview => {
  const refused = outcomes.flatMap(({ refusal }) => refusal ?? [])
  const changing = outcomes.filter(({ differences }) => differences.length > 0).length
  const byReason = Map.groupBy(refused, ({ code, reason }) => `${code} ${reason}`)
  const most = limits.bulkExamples.most
  return {
    total: outcomes.length,
    changing,
    unchanged: outcomes.length - changing - refused.length,
    refusals: [...byReason.values()]
      .map((alike) => ({ ...tellRefusal(ctx, alike[0] as Refusal), count: alike.length }))
      .toSorted((a, b) => b.count - a.count)
      .slice(0, most),
    examples: outcomes.slice(0, most).map(({ id, differences, refusal }) => ({
      ...{ customerId: id, differences, refusal: refusal ? tellRefusal(ctx, refusal) : null },
    })),
  }
}
