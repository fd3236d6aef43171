import { type ComplaintDecision, complaintDecision, limits } from '@clientele/contracts'
import { DateTimeScalar, IdempotencyKey, Limited, MoneyInput } from '@clientele/kit'
import { Field, InputType } from 'type-graphql'
import { ChangeComplaintInput } from './complaint.input.js'

@InputType({ description: 'Why it came to a complaint.' })
export class RecordRootCauseInput extends ChangeComplaintInput {
  @Limited(limits.complaintText)
  @Field(() => String, { description: 'Why it came to this.' })
  rootCause!: string
  @Limited(limits.code)
  @Field(() => String, {
    nullable: true,
    description: 'Code of the root cause, such as `packaging.weak`.',
  })
  rootCauseCode?: string | null
}

@InputType({ description: 'That the customer was asked something.' })
export class AwaitCustomerInput extends ChangeComplaintInput {
  @Limited(limits.complaintText)
  @Field(() => String, { nullable: true, description: 'What the customer was asked.' })
  question?: string | null
}

@InputType({ description: 'That the customer answered: our question, or the decision.' })
export class RecordCustomerReplyInput extends ChangeComplaintInput {
  @Limited(limits.complaintText)
  @Field(() => String, { nullable: true, description: 'What the customer answered.' })
  reply?: string | null
  @IdempotencyKey('Repeating the request with this key within 24 hours records no second reply.')
  idempotencyKey?: string | null
}

@InputType({ description: 'How a complaint shall be answered.' })
export class ComplaintResolutionInput {
  @Field(() => complaintDecision.enum, { description: 'Whether the customer was right.' })
  decision!: ComplaintDecision
  @Limited(limits.complaintText)
  @Field(() => String, { nullable: true, description: 'What we do to put it right.' })
  remedy?: string | null
  @Field(() => MoneyInput, { nullable: true, description: 'What we pay the customer for it; above 0.' })
  compensation?: MoneyInput | null
}

@InputType({ description: 'A response to a complaint, proposed inside the company.' })
export class ProposeResponseInput extends ChangeComplaintInput {
  @Field(() => ComplaintResolutionInput, { description: 'How it shall be answered.' })
  resolution!: ComplaintResolutionInput
}

@InputType({ description: 'That the customer was told the decision.' })
export class CommunicateDecisionInput extends ChangeComplaintInput {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when the customer may answer, in the future; 14 days when left out.',
  })
  replyBy?: Date | null
}

@InputType({ description: 'A complaint to be taken up again.' })
export class ReopenComplaintInput extends ChangeComplaintInput {
  @Limited(limits.complaintText)
  @Field(() => String, { description: 'Why.' })
  reason!: string
}
