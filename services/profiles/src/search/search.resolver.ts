import { limits } from '@clientele/contracts'
import { type Context, rangeOf } from '@clientele/kit'
import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql'
import { Customer } from '../customers/customer.entity.js'
import { MatchedOn, searchCustomers } from './customer-search.js'

registerEnumType(MatchedOn, { name: 'CustomerMatchedOn', description: 'By what a customer was found.' })

@ObjectType({ description: 'A customer that a search found.' })
export class CustomerMatch {
  @Field(() => Customer, { description: 'The customer.' })
  customer!: Customer
  @Field(() => MatchedOn, { description: 'By what the customer was found, the closest where there are several.' })
  matchedOn!: MatchedOn
}

@ObjectType({ description: 'What a search found, the closest first.' })
export class CustomerSearchResult {
  @Field(() => [CustomerMatch], {
    description: 'Whole values before beginnings, beginnings before words, words before parts of words.',
  })
  nodes!: CustomerMatch[]
}

@Resolver()
export class SearchResolver {
  @Query(() => CustomerSearchResult, {
    description:
      'Customers by a part of a name (contact people included), number, e-mail address or telephone number, in any script, among those in your access scope. For admin, manager, sales, service and privacy_officer.',
  })
  async searchCustomers(
    @Arg('text', () => String, {
      description: `${rangeOf(limits.searchText)} characters; of telephone numbers only the digits count, at least 3.`,
    })
    text: string,
    @Arg('first', () => Int, { defaultValue: 20, description: `How many at most, ${rangeOf(limits.pageSize)}.` })
    first: number,
    @Ctx() ctx: Context,
  ): Promise<CustomerSearchResult> {
    return { nodes: await searchCustomers(ctx, text, first) }
  }
}
