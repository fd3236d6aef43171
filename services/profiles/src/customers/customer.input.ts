import { limits } from '@clientele/contracts'
import { ExpectedVersion, IdempotencyKey, Limited } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'
import { AddressInput } from '../addresses/address.input.js'
import { ContactPersonInput } from '../contact-people/contact-person.input.js'
import { ContactPointInput } from '../contact-points/contact-point.input.js'
import { CustomerKind } from './customer.entity.js'
import { OrganizationInput, OriginInput, PersonInput } from './customer-details.js'

@InputType()
export class CustomerFields {
  @Limited(limits.key)
  @Field(() => String, {
    nullable: true,
    description: 'Customer number; given by us where absent.',
  })
  number?: string | null
  @Limited(limits.displayName)
  @Field(() => String, {
    nullable: true,
    description: 'What to call the customer; made from the names where absent.',
  })
  displayName?: string | null
  @Field(() => PersonInput, { nullable: true, description: 'Details of a person; refused for an organisation.' })
  person?: PersonInput | null
  @Field(() => OrganizationInput, { nullable: true, description: 'Details of an organisation; refused for a person.' })
  organization?: OrganizationInput | null
  @Limited(limits.subject)
  @Field(() => String, {
    nullable: true,
    description: 'Subject (`sub`) of the member of staff who looks after the customer.',
  })
  ownerId?: string | null
  @Limited(limits.key)
  @Field(() => String, {
    nullable: true,
    description:
      'Path of the sales territory, such as `emea/de`. Who has less than the tenant in their access scope and enters a customer of their own without one puts them in the first territory of their token, and can name no territory but theirs and those below them.',
  })
  territory?: string | null
  @Limited(limits.key)
  @Field(() => String, {
    nullable: true,
    description: 'Key of what brought the customer here, such as `web.shop`.',
  })
  source?: string | null
}

/** Fields of a customer and the lists that belong to them. */
@InputType()
export class WholeCustomerFields extends CustomerFields {
  @Limited(limits.contactPoints)
  @Field(() => [ContactPointInput], {
    nullable: true,
    description: 'All contact points; in an import they replace those that there are.',
  })
  contactPoints?: ContactPointInput[] | null
  @Limited(limits.addresses)
  @Field(() => [AddressInput], {
    nullable: true,
    description: 'All addresses; in an import they replace those that there are.',
  })
  addresses?: AddressInput[] | null
  @Limited(limits.contactPeople)
  @Field(() => [ContactPersonInput], {
    nullable: true,
    description: 'All contact people of an organisation, in any order; in an import they replace those that there are.',
  })
  contactPeople?: ContactPersonInput[] | null
}

@InputType({ description: 'A new customer. It needs a name: a display name, names of a person, or a legal name.' })
export class CreateCustomerInput extends WholeCustomerFields {
  @Field(() => CustomerKind, { description: 'Whether it is a person or an organisation.' })
  kind!: CustomerKind
  @Limited(limits.tags, limits.tagName)
  @Field(() => [String], {
    nullable: true,
    description: 'Names of tags; new ones are created.',
  })
  tags?: string[] | null
  @Field(() => OriginInput, { nullable: true, description: 'The system that the customer comes from.' })
  origin?: OriginInput | null
  @IdempotencyKey('Repeating the request with this key within 24 hours makes no second customer.')
  idempotencyKey?: string | null
}

@InputType({
  description:
    'A change of a customer: what is left out stays, null clears. Contact points have mutations of their own: `addContactPoint`, `changeContactPoint`, `removeContactPoint`, `reorderContactPoints` and `replaceContactPoints`; so have addresses (`addAddress`, `replaceAddresses` …), contact people (`addContactPerson`, `replaceContactPeople` …) and tags (`tagCustomer`, `untagCustomer`).',
})
export class UpdateCustomerInput extends CustomerFields {
  @Field(() => ID, { description: 'The customer.' })
  id!: string
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'Which customer.' })
export class ArchiveCustomerInput {
  @Field(() => ID, { description: 'The customer.' })
  id!: string
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'Which customer.' })
export class RestoreCustomerInput extends ArchiveCustomerInput {}

/** What the check of a customer's fields takes, whichever input it comes from. */
export type CustomerFieldValues = Pick<WholeCustomerFields, keyof WholeCustomerFields>
