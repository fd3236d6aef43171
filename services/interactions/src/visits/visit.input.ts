import { limits, type VisitMode, visitMode, visitStatus } from '@clientele/contracts'
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
import type { Visit } from './visit.entity.js'
import { VisitReportCorrection, VisitReportInput } from './visit-report.entity.js'

@InputType({ description: 'A visit to be planned.' })
export class PlanVisitInput {
  @Field(() => ID, { description: 'The customer who is visited.' })
  customerId!: string
  @Field(() => visitMode.enum, { description: 'How the customer is met.' })
  mode!: VisitMode
  @Limited(limits.visitPurpose)
  @Field(() => String, { description: 'What it is for.' })
  purpose!: string
  @Limited(limits.visitObjectives, limits.visitPurpose)
  @Field(() => [String], {
    nullable: true,
    description: 'What it should achieve, the most important first.',
  })
  objectives?: string[] | null
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, { description: 'When it begins. May lie in the past, for what is entered later.' })
  plannedStart!: Date
  @Field(() => DateTimeScalar, { description: 'When it ends: after its start.' })
  plannedEnd!: Date
  @Limited(limits.subject)
  @Field(() => String, {
    nullable: true,
    description:
      "Who makes it: the identity provider's subject of a member of staff who works here; INVALID `staff.unknown` or `staff.left` otherwise. Left out, the caller where they are of the staff; null for nobody.",
  })
  assigneeId?: string | null
  @IdempotencyKey('Repeating the request with this key within 24 hours plans no second visit.')
  idempotencyKey?: string | null
}

@InputType()
export class ChangeVisitInput {
  @Field(() => ID, { description: 'The visit.' })
  id!: string
  @ExpectedVersion('The `version` that the caller has seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'A visit to be given to somebody else, or to nobody.' })
export class AssignVisitInput extends ChangeVisitInput {
  @Limited(limits.subject)
  @Field(() => String, {
    nullable: true,
    description:
      "Who makes it: the identity provider's subject of a member of staff who works here; INVALID `staff.unknown` or `staff.left` otherwise. Null, or left out, for nobody.",
  })
  assigneeId?: string | null
}

@InputType({ description: 'A visit to whose time the customer agreed.' })
export class ConfirmVisitInput extends ChangeVisitInput {
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the customer agreed, not in the future; now when left out.',
  })
  confirmedAt?: Date | null
}

@InputType({ description: 'A visit that has begun.' })
export class StartVisitInput extends ChangeVisitInput {
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it began, not in the future: for what is entered later. Now when left out.',
  })
  startedAt?: Date | null
}

@InputType({ description: 'A visit to be moved to another time.' })
export class RescheduleVisitInput extends ChangeVisitInput {
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, { description: 'When it begins now.' })
  plannedStart!: Date
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends now; it keeps its length when left out.' })
  plannedEnd?: Date | null
  @Limited(limits.visitReason)
  @Field(() => String, { description: 'Why it is moved.' })
  reason!: string
}

@InputType({ description: 'A visit that took place, with its report.' })
export class CompleteVisitInput extends ChangeVisitInput {
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it began, not in the future: for a visit that nobody has begun, or where what was noted at its start is not right; that when left out.',
  })
  startedAt?: Date | null
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ended: not before its start, and not in the future. Now when left out.',
  })
  endedAt?: Date | null
  @Field(() => VisitReportInput, { description: 'What came of it.' })
  report!: VisitReportInput
}

@InputType({ description: 'A visit to be called off.' })
export class CancelVisitInput extends ChangeVisitInput {
  @Limited(limits.visitReason)
  @Field(() => String, { description: 'Why it is called off.' })
  reason!: string
  @Limited(limits.code)
  @Field(() => String, {
    nullable: true,
    description: 'Code of the reason, such as `customer.unavailable`. No free text: it becomes part of the event.',
  })
  reasonCode?: string | null
}

@InputType({
  description:
    'A correction of a visit. What is left out stays. Its actual times and its report are corrected when there are some; its planned time is moved by `rescheduleVisit`.',
})
export class CorrectVisitInput extends CorrectionInput {
  @Field(() => visitMode.enum, { nullable: true, description: 'How the customer is met; stays where it is null.' })
  mode?: VisitMode | null
  @Limited(limits.visitPurpose)
  @Field(() => String, { nullable: true, description: 'What it is for; stays where it is null.' })
  purpose?: string | null
  @Limited(limits.visitObjectives, limits.visitPurpose)
  @Field(() => [String], { nullable: true, description: 'What it should achieve; null clears them.' })
  objectives?: string[] | null
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it began, not in the future.' })
  actualStart?: Date | null
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it ended: not before its start, and not in the future.',
  })
  actualEnd?: Date | null
  @Field(() => VisitReportCorrection, { nullable: true, description: 'What of the report is corrected.' })
  report?: VisitReportCorrection | null
}

@InputType({ description: 'A visit that was entered by mistake.' })
export class VoidVisitInput extends CorrectionInput {}

const VisitStatusFilter = enumFilter(visitStatus.enum, 'VisitStatusFilter')
const VisitModeFilter = enumFilter(visitMode.enum, 'VisitModeFilter')

@InputType({ description: 'Which visits; all conditions that are given must hold.' })
export class VisitFilter {
  @Field(() => [VisitFilter], combining.and)
  and?: VisitFilter[] | null
  @Field(() => [VisitFilter], combining.or)
  or?: VisitFilter[] | null
  @Field(() => VisitFilter, combining.not)
  not?: VisitFilter | null
  @Field(() => IDFilter, { nullable: true, description: 'The customer.' })
  customerId?: IDFilter | null
  @Field(() => VisitStatusFilter, { nullable: true, description: 'Where it stands.' })
  status?: object | null
  @Field(() => VisitModeFilter, { nullable: true, description: 'How the customer is met.' })
  mode?: object | null
  @Field(() => StringFilter, { nullable: true, description: 'Subject of who makes it.' })
  assigneeId?: StringFilter | null
  @Field(() => AssigneeStatusFilter, {
    nullable: true,
    description: 'Whether whoever makes it is here to do it; for whoever sees the staff.',
  })
  assigneeStatus?: object | null
  @Field(() => StringFilter, { nullable: true, description: 'What it is for.' })
  purpose?: StringFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When it is planned to begin.' })
  plannedStart?: DateTimeFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When it is planned to end.' })
  plannedEnd?: DateTimeFilter | null
}

/** The ORM condition of a filter. */
export const visitWhere = workWhere<Visit, VisitFilter>('Visit')

export enum VisitOrderField {
  PLANNED_START = 'plannedStart',
  UPDATED_AT = 'updatedAt',
}
registerEnumType(VisitOrderField, {
  name: 'VisitOrderField',
  description: 'What visits can be ordered by.',
  valuesConfig: {
    PLANNED_START: { description: 'When they are planned to begin.' },
    UPDATED_AT: { description: 'When they were last changed.' },
  },
})

@InputType({ description: 'An order of visits.' })
export class VisitOrder {
  @Field(() => VisitOrderField, { description: 'What they are ordered by.' })
  field!: VisitOrderField
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
  direction!: OrderDirection
}
