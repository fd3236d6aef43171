import { Directive, Field, ID, ObjectType } from 'type-graphql'

/** The key of a member of staff, who belongs to profiles. */
@ObjectType()
@Directive('@key(fields: "id")')
export class Staff {
  @Field(() => ID)
  id!: string
}
