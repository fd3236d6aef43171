import {
  type ContactDirection,
  type ContactKind,
  type ContactStatus,
  contactDirection,
  contactKind,
  contactStatus,
  limits,
} from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, ListSize, recordColumns, TextSize } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, ID, registerEnumType } from 'type-graphql'
import { type Correction, correctionOf, type Voiding, voidingOf } from '../corrections/correction.entity.js'
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

registerEnumType(contactStatus.enum, {
  name: 'ContactStatus',
  description: 'Whether a contact counts.',
  valuesConfig: {
    RECORDED: { description: 'It counts.' },
    VOIDED: { description: 'It was entered by mistake: it is kept, and stands in no timeline.' },
  },
})

export const ContactCorrection = correctionOf('Contact')
export const ContactVoiding = voidingOf('Contact')

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
    status: p.enum(() => contactStatus.enum),
    corrections: p.json<Correction[]>(),
    voiding: p.json<Voiding>().nullable(),
  },
})

@EntityType('A call, a mail, a chat or a note about a customer. Analysts do not see what was said.', {
  implements: TimelineEntry,
})
export class Contact extends ContactSchema.class implements TimelineEntry {
  @Field(() => ID, { description: 'The customer concerned.' })
  declare customerId: string
  @Field(() => contactKind.enum, { description: 'By which means, such as a call.' })
  declare kind: ContactKind
  @Field(() => contactDirection.enum, { description: 'Who turned to whom.' })
  declare direction: ContactDirection
  @Field(() => DateTimeScalar, { description: 'When it took place.' })
  declare occurredAt: Date
  @Field(() => String, {
    nullable: true,
    description: 'What it was about, in a line; null where nothing was noted, or it is hidden from you.',
  })
  declare subject: string | null
  @TextSize(limits.contactBody)
  @Field(() => String, {
    nullable: true,
    description: 'What was said or written; null where nothing was noted, or it is hidden from you.',
  })
  declare body: string | null
  @Field(() => contactStatus.enum, { description: 'Whether it counts.' })
  declare status: ContactStatus
  @ListSize(limits.corrections)
  @Field(() => [ContactCorrection], { description: 'How it was corrected, the first time first.' })
  declare corrections: Correction[]
  @Field(() => ContactVoiding, { nullable: true, description: 'Why it is void; null unless it is.' })
  declare voiding: Voiding | null
}
ContactSchema.setClass(Contact)

export const ContactConnection = connectionOf(Contact, 'Contact')
