import { limits } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, ListSize, Money } from '@clientele/kit'
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
    purchaseTotal: p.decimal(),
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
const score = (description: string): PropertyDecorator => Field(() => Int, { nullable: true, description })

@ObjectType({ description: 'What the services know of a customer, in figures. Rules and sorted lists work on these.' })
export class CustomerFacts extends CustomerFactsSchema.class {
  @Field(() => ID, { description: 'UUIDv7 of the customer.' })
  declare id: string
  @Field(() => Int, { description: 'Number of sales.' })
  declare purchaseCount: number
  @when('When the customer first bought.')
  declare firstPurchaseAt: Date | null
  @when('When the customer last bought.')
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
  @Field(() => Int, { description: 'Number of complaints; those that repeat another do not count.' })
  declare complaintCount: number
  @Field(() => Int, { description: 'Number of complaints that are neither closed, withdrawn nor repeating another.' })
  declare openComplaints: number
  @when('When the last complaint was received.')
  declare lastComplaintAt: Date | null
  @Field(() => Int, { description: 'Number of visits that took place.' })
  declare visitCount: number
  @when('When the last visit took place.')
  declare lastVisitAt: Date | null
  @score('Latest likelihood to recommend, 0 to 10.')
  declare nps: number | null
  @score('Latest satisfaction, 1 to 5.')
  declare csat: number | null
  @score('Latest ease, 1 to 7.')
  declare ces: number | null
  @when('When the customer last answered a survey.')
  declare lastRespondedAt: Date | null
  @Field(() => DateTimeScalar, { description: 'When these figures last changed.' })
  declare asOf: Date
}
CustomerFactsSchema.setClass(CustomerFacts)

export const CustomerByFactsConnection = connectionOf(Customer, 'CustomerByFacts')
