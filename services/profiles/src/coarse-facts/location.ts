import { Field, ObjectType } from 'type-graphql'

@ObjectType({ description: 'Where a customer is at home, roughly: of the first address, which is the main one.' })
export class CustomerLocation {
  @Field(() => String, {
    nullable: true,
    description: 'ISO 3166-1 alpha-2 code of the country; null where it is not known.',
  })
  country!: string | null
  @Field(() => String, {
    nullable: true,
    description: 'State, province or region, as written; null where it is not known.',
  })
  region!: string | null
  @Field(() => String, { nullable: true, description: 'City, as written; null where it is not known.' })
  city!: string | null
}
