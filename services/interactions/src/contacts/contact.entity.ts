import { type ContactDirection, type ContactKind, contactDirection, contactKind } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, ID, registerEnumType } from 'type-graphql'
import { TimelineEntry } from '../timeline/timeline.entity.js'

registerEnumType(contactKind.enum, {
  name: 'ContactKind',
  description: 'Means of a contact.',
  valuesConfig: {
    CALL: { description: 'A telephone call.' },
    MAIL: { description: 'An e-mail or a letter.' },
    CHAT: { description: 'A conversation in a chat.' },
    NOTE: { description: 'Something that somebody noted.' },
  },
})
registerEnumType(contactDirection.enum, {
  name: 'ContactDirection',
  description: 'Who turned to whom.',
  valuesConfig: {
    INBOUND: { description: 'The customer to us.' },
    OUTBOUND: { description: 'We to the customer.' },
    INTERNAL: { description: 'One of us to another, about the customer.' },
  },
})

const ContactSchema = defineEntity({
  name: 'Contact',
  properties: {
    ...recordColumns,
    customerId: p.uuid(),
    kind: p.enum(() => contactKind.enum),
    direction: p.enum(() => contactDirection.enum),
    occurredAt: p.datetime(),
    subject: p.text().nullable(),
    body: p.text().nullable(),
  },
})

@EntityType('A call, a mail, a chat or a note about a customer. Analysts do not see what was said.', {
  implements: TimelineEntry,
})
export class Contact extends ContactSchema.class implements TimelineEntry {
  @Field(() => ID, { description: 'The customer concerned.' })
  declare customerId: string
  @Field(() => contactKind.enum, { description: 'Means of the contact.' })
  declare kind: ContactKind
  @Field(() => contactDirection.enum, { description: 'Who turned to whom.' })
  declare direction: ContactDirection
  @Field(() => DateTimeScalar, { description: 'When it took place.' })
  declare occurredAt: Date
  @Field(() => String, { nullable: true, description: 'What it was about, in a line.' })
  declare subject: string | null
  @Field(() => String, { nullable: true, description: 'What was said or written.' })
  declare body: string | null
}
ContactSchema.setClass(Contact)

export const ContactConnection = connectionOf(Contact, 'Contact')
