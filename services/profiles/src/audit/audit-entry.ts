import { AuditOutcome, connectionOf, DateTimeScalar } from '@clientele/kit'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'

registerEnumType(AuditOutcome, {
  name: 'AuditOutcome',
  description: 'How something went that the audit log tells of.',
  valuesConfig: {
    DONE: { description: 'It was written.' },
    DENIED: { description: 'It was refused.' },
    SHOWN: { description: 'Sensitive fields were shown.' },
  },
})

const text = (description: string) => Field(() => String, { nullable: true, description })

@ObjectType({ description: 'Something that was done, tried or shown: names and ids, never values.' })
export class AuditEntry {
  @Field(() => ID, { description: 'UUIDv7 of the entry.' })
  id!: string
  @Field(() => String, { description: 'The service that wrote it.' })
  service!: string
  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  at!: Date
  @Field(() => AuditOutcome, { description: 'How it went.' })
  outcome!: AuditOutcome
  @Field(() => String, { description: 'Who acted: the subject of a token, or `service:` and a name.' })
  subject!: string
  @text('The client that the token was issued to; null where there was no token, or it names none.')
  client!: string | null
  @Field(() => [String], { description: 'The roles that the actor had then.' })
  roles!: string[]
  @Field(() => String, {
    description:
      'What was done (`customer.updated`, as its event is called), shown (`customer.shown`), or refused (a field).',
  })
  action!: string
  @text('Type of the entity, such as `Customer`; null where the entry is about none.')
  entityType!: string | null
  @Field(() => ID, { nullable: true, description: 'Id of the entity; null where the entry is about none.' })
  entityId!: string | null
  @Field(() => Int, {
    nullable: true,
    description: 'Version that the entity had afterwards; null where nothing was written.',
  })
  entityVersion!: number | null
  @Field(() => ID, {
    name: 'customerId',
    nullable: true,
    description: 'Id of the customer whom it concerns; null where the entry does not know one.',
  })
  dataSubjectId!: string | null
  @Field(() => [String], { description: 'Names of the fields that were written or shown.' })
  fields!: string[]
  @text('Why it was refused: `role`, `access_scope`, `field.hidden` …; null where it was not.')
  reason!: string | null
  @text('What the caller said it was for, in the header `x-clientele-purpose`; null where nothing was said.')
  purpose!: string | null
  @text('IP address that the gateway saw; of an IPv6 client its /64. Null where no client asked.')
  address!: string | null
  @Field(() => String, { description: 'The request, as logs and answers name it.' })
  requestId!: string
  @text('W3C trace context of the request; null where it came without one.')
  traceparent!: string | null
  @text('Code of the outside system that the change came from; null where it came from none.')
  changeOrigin!: string | null
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the event that a service reacted to; null where a request was the cause.',
  })
  causationId!: string | null
  @text('Subject of the member of staff on behalf of whom a service acted; null where nobody else had set it up.')
  onBehalfOf!: string | null
  @text('What they had set up: `automation`, `import`; null where the actor acted for themselves.')
  onBehalfKind!: string | null
  @Field(() => ID, { nullable: true, description: 'Its id; null where the actor acted for themselves.' })
  onBehalfId!: string | null
  @text("Place in the chain of the tenant's entries of this service, as a whole number; null until it is sealed.")
  number!: string | null
}

export const AuditEntryConnection = connectionOf(AuditEntry, 'AuditEntry')
