import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** The key of a customer, who belongs to profiles; each concept adds its own field to it, in its resolver file. */
@ObjectType()
@Directive('@key(fields: "id")')
export class Customer {
  @Field(() => ID)
  id!: string
}
