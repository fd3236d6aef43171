import { registerEnumType } from 'type-graphql'

/** The same enum in every service: its values and description must not differ. */
export enum OrderDirection {
  ASC = 'asc',
  DESC = 'desc',
}
registerEnumType(OrderDirection, { name: 'OrderDirection', description: 'Which end of an order comes first.' })
