import { registerEnumType } from 'type-graphql'

/** The direction of an order in list arguments, as `Order` takes it. */
export enum OrderDirection {
  ASC = 'asc',
  DESC = 'desc',
}
registerEnumType(OrderDirection, { name: 'OrderDirection', description: 'Which end of an order comes first.' })
