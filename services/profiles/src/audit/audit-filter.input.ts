import { AuditOutcome, DateTimeScalar } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'

@InputType({ description: 'Which entries of the audit log. All conditions that are given must hold.' })
export class AuditFilterInput {
  @Field(() => String, { nullable: true, description: 'Name of the service that wrote it, such as `profiles`.' })
  service?: string | null
  @Field(() => String, { nullable: true, description: 'Who acted: the subject of a token, or `service:` and a name.' })
  subject?: string | null
  @Field(() => String, {
    nullable: true,
    description: 'The subject of whom a service acted for, such as the author of an automation.',
  })
  onBehalfOf?: string | null
  @Field(() => String, {
    nullable: true,
    description: 'What was done, such as `customer.updated` or `customer.shown`.',
  })
  action?: string | null
  @Field(() => AuditOutcome, { nullable: true, description: 'How it went.' })
  outcome?: AuditOutcome | null
  @Field(() => String, { nullable: true, description: 'Type of the entity, such as `Customer`.' })
  entityType?: string | null
  @Field(() => ID, { nullable: true, description: 'Id of the entity.' })
  entityId?: string | null
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the customer whom a written entity concerns, or who was shown.',
  })
  customerId?: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Name of a field that was written or shown, such as `person.birthDate`.',
  })
  field?: string | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'Not before this moment.' })
  from?: Date | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'Before this moment.' })
  until?: Date | null
}
