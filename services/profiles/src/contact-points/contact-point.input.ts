import { limits } from '@clientele/contracts'
import { IdempotencyKey, Limited } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'
import { EntryInput, EntryOrderInput, ofCustomer } from '../members/member.input.js'
import { ContactPointKind } from './contact-kinds.js'

const countryDescription =
  'Country whose numbering plan a national number follows: ISO code or name; by default that of the first address.'

@InputType()
export class ContactPointFields {
  @Field(() => ContactPointKind, { description: 'By which means.' })
  kind!: ContactPointKind
  @Limited(limits.contactPointValue)
  @Field(() => String, { description: 'The value as written.' })
  value!: string
  @Limited(limits.addressPart)
  @Field(() => String, { nullable: true, description: countryDescription })
  country?: string | null
}

@InputType({
  description:
    'Where somebody is reached: one value each. A number that cannot be read is kept and marked INVALID; several in one value are refused with `contact_point.several`.',
})
export class ContactPointInput extends ContactPointFields {
  @Field(() => ID, {
    nullable: true,
    description:
      'The contact point that this one is, by its id in the list that it replaces; without it the one of the same value.',
  })
  id?: string | null
}

const personDescription = 'The contact person of the customer whose list it is; the customer’s own list without it.'

@InputType({
  description:
    'One more contact point, at the end of its list. A number that cannot be read is kept and marked INVALID; several in one value are refused with `contact_point.several`.',
})
export class AddContactPointInput extends ofCustomer(ContactPointFields) {
  @Field(() => ID, { nullable: true, description: personDescription })
  contactPersonId?: string | null
  @IdempotencyKey('Repeating the request with this key within 24 hours adds no second one.')
  idempotencyKey?: string | null
}

@InputType({
  description:
    'A change of one contact point, of the customer or of one of the contact people: what is left out stays.',
})
export class ChangeContactPointInput extends EntryInput {
  @Field(() => ContactPointKind, { nullable: true, description: 'By which means; stays where it is null.' })
  kind?: ContactPointKind | null
  @Limited(limits.contactPointValue)
  @Field(() => String, { nullable: true, description: 'The value as written.' })
  value?: string | null
  @Limited(limits.addressPart)
  @Field(() => String, { nullable: true, description: countryDescription })
  country?: string | null
}

@InputType({ description: 'Which contact point to take away, of the customer or of one of the contact people.' })
export class RemoveContactPointInput extends EntryInput {}

@InputType({ description: 'The contact points of one list in a new order.' })
export class ReorderContactPointsInput extends EntryOrderInput {
  @Field(() => ID, { nullable: true, description: personDescription })
  contactPersonId?: string | null
}

@InputType()
class ContactPointList {
  @Field(() => ID, { nullable: true, description: personDescription })
  contactPersonId?: string | null
  @Limited(limits.contactPoints)
  @Field(() => [ContactPointInput], {
    description:
      'All contact points; those that are not among them are taken away. A contact person has fewer: as many as `AddContactPersonInput` takes.',
  })
  contactPoints!: ContactPointInput[]
}

@InputType({ description: 'A whole list of contact points in the place of the one that there is.' })
export class ReplaceContactPointsInput extends ofCustomer(ContactPointList) {}
