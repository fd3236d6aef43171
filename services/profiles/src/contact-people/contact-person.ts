import { limits } from '@clientele/contracts'
import { ListSize } from '@clientele/kit'
import { Field, ID, ObjectType } from 'type-graphql'
import { ContactPoint } from '../contact-points/contact-point.js'

@ObjectType({ description: 'Somebody to talk to at an organisation. Personal data.' })
export class ContactPerson {
  @Field(() => ID, { description: 'Stays the same while the name does, and while changes name it.' })
  id!: string
  @Field(() => String, {
    nullable: true,
    description: 'Name as the person is addressed; null where it is hidden from you.',
  })
  name!: string
  @Field(() => String, {
    nullable: true,
    description:
      'Title of the role in the organisation, such as `Sales Representative`. Null where it is not known, or hidden from you.',
  })
  role!: string | null
  @ListSize(limits.personContactPoints)
  @Field(() => [ContactPoint], { description: 'Where this person is reached, the preferred one first.' })
  contactPoints!: ContactPoint[]
}
