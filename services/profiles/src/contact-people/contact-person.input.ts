import { limits } from '@clientele/contracts'
import { IdempotencyKey, Limited } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'
import { ContactPointInput } from '../contact-points/contact-point.input.js'
import { EntryInput, EntryOrderInput, ofCustomer } from '../members/member.input.js'

@InputType()
export class ContactPersonFields {
  @Limited(limits.contactPersonName)
  @Field(() => String, { description: 'Name as the person is addressed.' })
  name!: string
  @Limited(limits.contactPersonRole)
  @Field(() => String, {
    nullable: true,
    description: 'Title of the role in the organisation.',
  })
  role?: string | null
  @Limited(limits.personContactPoints)
  @Field(() => [ContactPointInput], { nullable: true, description: 'Where this person is reached.' })
  contactPoints?: ContactPointInput[] | null
}

@InputType({ description: 'Somebody to talk to at an organisation.' })
export class ContactPersonInput extends ContactPersonFields {
  @Field(() => ID, {
    nullable: true,
    description:
      'The contact person that this one is, by their id in the list that it replaces; without it one of the same name, each at most once.',
  })
  id?: string | null
}

@InputType({ description: 'One more contact person of an organisation, at the end of the list.' })
export class AddContactPersonInput extends ofCustomer(ContactPersonFields) {
  @IdempotencyKey('Repeating the request with this key within 24 hours adds no second one.')
  idempotencyKey?: string | null
}

@InputType({
  description:
    'A change of one contact person: what is left out stays, null clears. Their contact points have mutations of their own.',
})
export class ChangeContactPersonInput extends EntryInput {
  @Limited(limits.contactPersonName)
  @Field(() => String, { nullable: true, description: 'Name as the person is addressed.' })
  name?: string | null
  @Limited(limits.contactPersonRole)
  @Field(() => String, { nullable: true, description: 'Title of the role in the organisation.' })
  role?: string | null
}

@InputType({ description: 'Which contact person to take away.' })
export class RemoveContactPersonInput extends EntryInput {}

@InputType({ description: 'The contact people in a new order.' })
export class ReorderContactPeopleInput extends EntryOrderInput {}

@InputType()
class ContactPersonList {
  @Limited(limits.contactPeople)
  @Field(() => [ContactPersonInput], {
    description:
      'All contact people, in any order; those that are not among them are taken away, known ones keep their places.',
  })
  contactPeople!: ContactPersonInput[]
}

@InputType({ description: 'A whole list of contact people in the place of the one that there is.' })
export class ReplaceContactPeopleInput extends ofCustomer(ContactPersonList) {}
