import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** The key of a customer, who belongs to profiles; customer.resolver.ts adds fields to it. */
@ObjectType()
@Directive('@key(fields: "id")')
export class Customer {
  @Field(() => ID)
  id!: string
}
