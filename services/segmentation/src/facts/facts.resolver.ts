import { type Context, OrderDirection, type Page, PageArgs, paginate } from '@clientele/kit'
import { raw } from '@mikro-orm/core'
import { Arg, Args, Ctx, Field, InputType, Query, Resolver, registerEnumType } from 'type-graphql'
import type { Customer } from '../customer/customer.ref.js'
import { factsWithScore } from '../rules/customer-vocabulary.js'
import { SegmentRuleInput } from '../rules/rule.input.js'
import { compileRule, parseRule } from '../rules/rule.js'
import { CustomerByFactsConnection, CustomerFacts } from './customer-facts.entity.js'

export const CustomerFactsOrderField = {
  PURCHASE_COUNT: 'purchaseCount',
  CONVERTED_TOTAL: 'convertedTotal',
  LAST_PURCHASE_AT: 'lastPurchaseOrder',
  OPEN_COMPLAINTS: 'openComplaints',
} as const
registerEnumType(CustomerFactsOrderField, {
  name: 'CustomerFactsOrderField',
  description: 'What a list of customers is ordered by.',
  valuesConfig: {
    PURCHASE_COUNT: { description: 'Number of sales.' },
    CONVERTED_TOTAL: {
      description: "Net total of all currencies in the tenant's own, by the latest exchange rates.",
    },
    LAST_PURCHASE_AT: { description: 'Date of the last sale; who never bought counts as earliest.' },
    OPEN_COMPLAINTS: { description: 'Number of open complaints.' },
  },
})

@InputType({ description: 'The order of a list of customers by their facts.' })
export class CustomerFactsOrder {
  @Field(() => CustomerFactsOrderField, { description: 'What the list is ordered by.' })
  field!: (typeof CustomerFactsOrderField)[keyof typeof CustomerFactsOrderField]
  @Field(() => OrderDirection, { defaultValue: OrderDirection.DESC, description: 'Which end comes first.' })
  direction!: OrderDirection
}

@Resolver()
export class FactsResolver {
  @Query(() => CustomerByFactsConnection, {
    description:
      'Customers in your access scope for whom a rule holds, ordered by what other services know of them. For all staff.',
  })
  async customersByFacts(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('rule', () => SegmentRuleInput, { nullable: true, description: 'Which customers; all without it.' })
    rule: SegmentRuleInput | null,
    @Arg('orderBy', () => CustomerFactsOrder, { nullable: true, description: 'Latest purchase first without it.' })
    orderBy: CustomerFactsOrder | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Customer>> {
    const { field, direction } = orderBy ?? { field: 'lastPurchaseOrder', direction: OrderDirection.DESC }
    return paginate(ctx.em, CustomerFacts, {
      ...page,
      where: { customerVersion: { $gt: 0 }, ...(rule && (await holding(ctx, rule))) },
      orderBy: [
        [field, direction],
        ['id', direction],
      ],
    })
  }
}

const holding = async (ctx: Context, rule: SegmentRuleInput) => {
  const { sql, params } = await compileRule(ctx, parseRule(rule), ctx.now())
  return { id: { $in: raw(`(select f.id from ${factsWithScore} where ${sql})`, params) } }
}
