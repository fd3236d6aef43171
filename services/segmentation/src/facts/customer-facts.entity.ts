import { limits, type NumberLimit } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, Limited, ListSize, Money } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'

const CustomerFactsSchema = defineEntity({
  name: 'CustomerFacts',
  properties: {
    id: p.uuid().primary(),
    customerVersion: p.integer(),
    kind: p.string().nullable(),
    status: p.string().nullable(),
    ownerId: p.string().nullable(),
    territory: p.string().nullable(),
    source: p.string().nullable(),
    tags: p.array(),
    customerCreatedAt: p.datetime().nullable(),
    purchaseCount: p.integer(),
    firstPurchaseAt: p.datetime().nullable(),
    lastPurchaseAt: p.datetime().nullable(),
    lastPurchaseOrder: p.datetime(),
    purchaseTotals: p.json<Record<string, string>>(),
    purchaseCurrency: p.string().nullable(),
    convertedTotal: p.decimal('string'),
    convertedCurrency: p.string().nullable(),
    unconverted: p.json<string[]>(),
    complaintCount: p.integer(),
    openComplaints: p.integer(),
    lastComplaintAt: p.datetime().nullable(),
    lastComplaintSeverity: p.string().nullable(),
    visitCount: p.integer(),
    lastVisitAt: p.datetime().nullable(),
    nps: p.integer().nullable(),
    csat: p.integer().nullable(),
    ces: p.integer().nullable(),
    lastRespondedAt: p.datetime().nullable(),
    asOf: p.datetime(),
  },
})

const when = (description: string): PropertyDecorator => Field(() => DateTimeScalar, { nullable: true, description })
const score =
  (limit: NumberLimit, description: string): PropertyDecorator =>
  (prototype, field) => {
    Field(() => Int, { nullable: true, description })(prototype, field)
    Limited(limit)(prototype, field)
  }

@ObjectType({ description: 'What the services know of a customer, in figures. Rules and sorted lists work on these.' })
export class CustomerFacts extends CustomerFactsSchema.class {
  @Field(() => ID, { description: 'UUIDv7 of the customer.' })
  declare id: string
  @Field(() => Int, { description: 'Number of sales.' })
  declare purchaseCount: number
  @when('When the customer first bought; null where they never did.')
  declare firstPurchaseAt: Date | null
  @when('When the customer last bought; null where they never did.')
  declare lastPurchaseAt: Date | null
  @ListSize(limits.currencies)
  @Field(() => [Money], {
    name: 'purchaseTotals',
    description: 'Net total of sales and cancellations, per currency, not rounded.',
  })
  get netTotals(): Money[] {
    return Object.entries(this.purchaseTotals)
      .map(([currency, amount]) => ({ currency, amount }))
      .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
  }
  @Field(() => Money, {
    name: 'convertedTotal',
    nullable: true,
    description:
      "Net total of all currencies in the tenant's own, by the latest exchange rates; null until its currency is known here.",
  })
  get ownTotal(): Money | null {
    const { convertedTotal: amount, convertedCurrency: currency } = this
    return currency ? { amount, currency } : null
  }
  @ListSize(limits.currencies)
  @Field(() => [String], {
    description:
      'Currencies of purchases that are not in `convertedTotal`, since there is no rate that is recent enough or they would be too long for a `Decimal`.',
  })
  declare unconverted: string[]
  @Field(() => Int, { description: 'Number of complaints; those that repeat another do not count.' })
  declare complaintCount: number
  @Field(() => Int, { description: 'Number of complaints that are neither closed, withdrawn nor repeating another.' })
  declare openComplaints: number
  @when('When the last complaint was received; null without any.')
  declare lastComplaintAt: Date | null
  @Field(() => Int, { description: 'Number of visits that took place.' })
  declare visitCount: number
  @when('When the last visit took place; null without any.')
  declare lastVisitAt: Date | null
  @score(limits.nps, 'Latest likelihood to recommend; null before the first answer.')
  declare nps: number | null
  @score(limits.csat, 'Latest satisfaction; null before the first answer.')
  declare csat: number | null
  @score(limits.ces, 'Latest ease; null before the first answer.')
  declare ces: number | null
  @when('When the customer last answered a survey; null where they never did.')
  declare lastRespondedAt: Date | null
  @Field(() => DateTimeScalar, { description: 'When these figures last changed.' })
  declare asOf: Date
}
CustomerFactsSchema.setClass(CustomerFacts)

export const CustomerByFactsConnection = connectionOf(Customer, 'CustomerByFacts')
