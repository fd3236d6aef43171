import {
  type ComplaintSeverity,
  complaintDecision,
  complaintSeverity,
  complaintStatus,
  limits,
} from '@clientele/contracts'
import {
  combining,
  DateTimeFilter,
  DateTimeScalar,
  ExpectedVersion,
  enumFilter,
  IDFilter,
  IdempotencyKey,
  Limited,
  OrderDirection,
  StringFilter,
} from '@clientele/kit'
import { Field, ID, InputType, registerEnumType } from 'type-graphql'
import { CorrectionInput } from '../corrections/correction.input.js'
import { AssigneeStatusFilter, workWhere } from '../staff/assignee-status.js'
import type { Complaint } from './complaint.entity.js'
import { overdueWhere } from './complaint-overdue.js'

@InputType({ description: 'A complaint as it reached us.' })
export class ReceiveComplaintInput {
  @Field(() => ID, { description: 'The customer who complains.' })
  customerId!: string
  @Limited(limits.code)
  @Field(() => String, {
    description:
      'Code of the way it reached us, such as `PHONE` or `web.form`. No free text: it becomes part of the event.',
  })
  channel!: string
  @Limited(limits.code)
  @Field(() => String, {
    defaultValue: 'unclassified',
    description: 'Code of what it is about, such as `delivery.late`. No free text: it becomes part of the event.',
  })
  category!: string
  @Field(() => complaintSeverity.enum, {
    defaultValue: 'MEDIUM',
    description: 'How grave it seems; assessment may correct it.',
  })
  severity!: ComplaintSeverity
  @Field(() => Boolean, { defaultValue: false, description: "Whether somebody's safety is at stake." })
  safety!: boolean
  @Limited(limits.complaintText)
  @Field(() => String, { description: 'What the customer said.' })
  description!: string
  @Limited(limits.complaintText)
  @Field(() => String, { nullable: true, description: 'What the customer wants us to do.' })
  desiredRemedy?: string | null
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it reached us, not in the future; now when left out.',
  })
  receivedAt?: Date | null
  @IdempotencyKey('Repeating the request with this key within 24 hours takes no second complaint in.')
  idempotencyKey?: string | null
}

@InputType({ description: 'A complaint to be acknowledged, investigated or closed.' })
export class ChangeComplaintInput {
  @Field(() => ID, { description: 'The complaint.' })
  id!: string
  @ExpectedVersion('The `version` that the caller has seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({
  description:
    'A correction of what was taken down when a complaint was received. What is left out stays; null clears `desiredRemedy`.',
})
export class CorrectComplaintInput extends CorrectionInput {
  @Limited(limits.code)
  @Field(() => String, {
    nullable: true,
    description: 'Code of the way it reached us. No free text: it becomes part of the event.',
  })
  channel?: string | null
  @Limited(limits.complaintText)
  @Field(() => String, { nullable: true, description: 'What the customer said; stays where it is null.' })
  description?: string | null
  @Limited(limits.complaintText)
  @Field(() => String, { nullable: true, description: 'What the customer wants us to do.' })
  desiredRemedy?: string | null
}

@InputType({ description: 'What a complaint is about and who looks after it.' })
export class AssessComplaintInput extends ChangeComplaintInput {
  @Limited(limits.code)
  @Field(() => String, { description: 'Code of what it is about, such as `delivery.late`.' })
  category!: string
  @Field(() => complaintSeverity.enum, { description: 'How grave it is; `resolveBy` follows from it.' })
  severity!: ComplaintSeverity
  @Limited(limits.key)
  @Field(() => String, {
    description:
      'Key of the team that looks after it, in any script; INVALID `team.unknown` or `team.archived` where it is not in use.',
  })
  ownerTeam!: string
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether somebody's safety is at stake; as before when left out.",
  })
  safety?: boolean | null
}

@InputType({ description: 'A complaint to be given to a member of staff, or back to its team.' })
export class AssignComplaintInput extends ChangeComplaintInput {
  @Limited(limits.subject)
  @Field(() => String, {
    nullable: true,
    description:
      "Who handles it: the identity provider's subject of a member of staff who works here, of the team or not; INVALID `staff.unknown` or `staff.left` otherwise. Null, or left out, gives it back to its team.",
  })
  assigneeId?: string | null
}

@InputType({ description: 'A complaint to escalate: somebody with more say has to look at it.' })
export class EscalateComplaintInput extends ChangeComplaintInput {
  @Limited(limits.complaintText)
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null
}

@InputType({ description: 'A complaint that the customer took back.' })
export class WithdrawComplaintInput extends ChangeComplaintInput {
  @Limited(limits.complaintText)
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null
}

@InputType({ description: 'A complaint that repeats another one.' })
export class MarkComplaintDuplicateInput extends ChangeComplaintInput {
  @Field(() => ID, {
    description:
      'The complaint of the same customer that it repeats, or a duplicate of that one. What it repeats in the end must be open.',
  })
  duplicateOfId!: string
}

const ComplaintStatusFilter = enumFilter(complaintStatus.enum, 'ComplaintStatusFilter')
const ComplaintSeverityFilter = enumFilter(complaintSeverity.enum, 'ComplaintSeverityFilter')
const ComplaintDecisionFilter = enumFilter(complaintDecision.enum, 'ComplaintDecisionFilter')

@InputType({ description: 'Which complaints; all conditions that are given must hold.' })
export class ComplaintFilter {
  @Field(() => [ComplaintFilter], combining.and)
  and?: ComplaintFilter[] | null
  @Field(() => [ComplaintFilter], combining.or)
  or?: ComplaintFilter[] | null
  @Field(() => ComplaintFilter, combining.not)
  not?: ComplaintFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'The number that people quote.' })
  number?: StringFilter | null
  @Field(() => IDFilter, { nullable: true, description: 'The customer who complains.' })
  customerId?: IDFilter | null
  @Field(() => ComplaintStatusFilter, { nullable: true, description: 'Where it stands.' })
  status?: object | null
  @Field(() => ComplaintSeverityFilter, { nullable: true, description: 'How grave it is.' })
  severity?: object | null
  @Field(() => ComplaintDecisionFilter, { nullable: true, description: 'Whether the customer was right.' })
  decision?: object | null
  @Field(() => StringFilter, { nullable: true, description: 'Code of what it is about.' })
  category?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Code of the way it reached us.' })
  channel?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Key of the team that looks after it.' })
  ownerTeam?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Subject of who handles it.' })
  assigneeId?: StringFilter | null
  @Field(() => AssigneeStatusFilter, {
    nullable: true,
    description: 'Whether whoever handles it is here to do it; for whoever sees the staff.',
  })
  assigneeStatus?: object | null
  @Field(() => Boolean, { nullable: true, description: "Whether somebody's safety is at stake." })
  safety?: boolean | null
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it was escalated: somebody with more say has to look at it.',
  })
  escalated?: boolean | null
  @Field(() => Boolean, { nullable: true, description: 'Whether a deadline was missed, as the field `overdue` says.' })
  overdue?: boolean | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When it reached us.' })
  receivedAt?: DateTimeFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'Until when the customer has to be told a decision.' })
  resolveBy?: DateTimeFilter | null
}

/** The ORM condition of a filter; its last argument is what `overdue` refers to. */
export const complaintWhere = workWhere<Complaint, ComplaintFilter>('Complaint', overdueWhere)

export enum ComplaintOrderField {
  RECEIVED_AT = 'receivedAt',
  RESOLVE_BY = 'resolveBy',
  UPDATED_AT = 'updatedAt',
}
registerEnumType(ComplaintOrderField, {
  name: 'ComplaintOrderField',
  description: 'What complaints can be ordered by.',
  valuesConfig: {
    RECEIVED_AT: { description: 'When they reached us.' },
    RESOLVE_BY: { description: 'Until when the customer has to be told a decision.' },
    UPDATED_AT: { description: 'When they were last changed.' },
  },
})

@InputType({ description: 'An order of complaints.' })
export class ComplaintOrder {
  @Field(() => ComplaintOrderField, { description: 'What they are ordered by.' })
  field!: ComplaintOrderField
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
  direction!: OrderDirection
}
