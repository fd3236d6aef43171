import { limits } from '@clientele/contracts'
import { Limited } from '@clientele/kit'
import { Field, ID, InputType, Int } from 'type-graphql'
import { AddressInput } from '../addresses/address.js'
import { ContactPointInput } from '../contact-points/contact-point.js'
import { CustomerKind } from './customer.entity.js'
import { ContactPersonInput, OrganizationInput, OriginInput, PersonInput } from './customer-details.js'

@InputType()
export class CustomerFields {
  @Limited(limits.key)
  @Field(() => String, {
    nullable: true,
    description: 'Customer number, at most 64 characters without blanks; given by us where absent.',
  })
  number?: string | null
  @Limited(limits.displayName)
  @Field(() => String, {
    nullable: true,
    description: 'What to call the customer, at most 255 characters; made from the names where absent.',
  })
  displayName?: string | null
  @Field(() => PersonInput, { nullable: true, description: 'Details of a person; refused for an organisation.' })
  person?: PersonInput | null
  @Field(() => OrganizationInput, { nullable: true, description: 'Details of an organisation; refused for a person.' })
  organization?: OrganizationInput | null
  @Limited(limits.subject)
  @Field(() => String, {
    nullable: true,
    description: 'Subject (`sub`) of the member of staff who looks after the customer, at most 255 characters.',
  })
  ownerId?: string | null
  @Limited(limits.key)
  @Field(() => String, {
    nullable: true,
    description: 'Path of the sales territory: `emea/de`, at most 64 characters.',
  })
  territory?: string | null
  @Limited(limits.key)
  @Field(() => String, {
    nullable: true,
    description: 'Key of what brought the customer here: `web.shop`, at most 64 characters.',
  })
  source?: string | null
  @Limited(limits.contactPoints)
  @Field(() => [ContactPointInput], {
    nullable: true,
    description: 'All contact points, at most 50; replaces those that there are.',
  })
  contactPoints?: ContactPointInput[] | null
  @Limited(limits.addresses)
  @Field(() => [AddressInput], {
    nullable: true,
    description: 'All addresses, at most 20; replaces those that there are.',
  })
  addresses?: AddressInput[] | null
  @Limited(limits.contactPeople)
  @Field(() => [ContactPersonInput], {
    nullable: true,
    description: 'All contact people of an organisation, at most 100, in any order; replaces those that there are.',
  })
  contactPeople?: ContactPersonInput[] | null
}

@InputType({ description: 'A new customer. It needs a name: a display name, names of a person, or a legal name.' })
export class CreateCustomerInput extends CustomerFields {
  @Field(() => CustomerKind, { description: 'Whether it is a person or an organisation.' })
  kind!: CustomerKind
  @Limited(limits.tags, limits.tagName)
  @Field(() => [String], {
    nullable: true,
    description: 'Names of tags, at most 50 of 64 characters each; new ones are created.',
  })
  tags?: string[] | null
  @Field(() => OriginInput, { nullable: true, description: 'The system that the customer comes from.' })
  origin?: OriginInput | null
  @Field(() => String, {
    nullable: true,
    description: 'Repeating the same request with this key makes no second customer; 24 hours.',
  })
  idempotencyKey?: string | null
}

@InputType({ description: 'A change of a customer: what is left out stays, null clears, lists replace.' })
export class UpdateCustomerInput extends CustomerFields {
  @Field(() => ID, { description: 'The customer.' })
  id!: string
  @Field(() => Int, { nullable: true, description: 'The version that you have seen; another one is a CONFLICT.' })
  expectedVersion?: number | null
}

@InputType({ description: 'Which customer.' })
export class ArchiveCustomerInput {
  @Field(() => ID, { description: 'The customer.' })
  id!: string
  @Field(() => Int, { nullable: true, description: 'The version that you have seen; another one is a CONFLICT.' })
  expectedVersion?: number | null
}

@InputType({ description: 'Which customer.' })
export class RestoreCustomerInput extends ArchiveCustomerInput {}

/** What the check of a customer's fields takes, whichever input it comes from. */
export type CustomerFieldValues = Pick<CustomerFields, keyof CustomerFields>
