import { limits, type VisitMode, visitMode, visitStatus } from '@clientele/contracts'
import {
  combining,
  DateTimeFilter,
  DateTimeScalar,
  enumFilter,
  IDFilter,
  Limited,
  OrderDirection,
  StringFilter,
} from '@clientele/kit'
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql'
import { VisitReportInput } from './visit-report.entity.js'

@InputType({ description: 'A visit to be planned.' })
export class PlanVisitInput {
  @Field(() => ID, { description: 'The customer who is visited.' })
  customerId!: string
  @Field(() => visitMode.enum, { description: 'How the customer is met.' })
  mode!: VisitMode
  @Limited(limits.visitPurpose)
  @Field(() => String, { description: 'What it is for: 1 to 500 characters.' })
  purpose!: string
  @Limited(limits.visitObjectives, limits.visitPurpose)
  @Field(() => [String], {
    nullable: true,
    description: 'What it should achieve, the most important first: up to 20 of 1 to 500 characters each.',
  })
  objectives?: string[] | null
  @Field(() => DateTimeScalar, { description: 'When it begins. May lie in the past, for what is entered later.' })
  plannedStart!: Date
  @Field(() => DateTimeScalar, { description: 'When it ends: after its start.' })
  plannedEnd!: Date
  @Limited(limits.subject)
  @Field(() => String, {
    nullable: true,
    description: "Who makes it: the identity provider's subject of a member of staff, up to 255 characters.",
  })
  assigneeId?: string | null
  @Field(() => String, { nullable: true, description: 'Repeating the request with this key plans no second visit.' })
  idempotencyKey?: string | null
}

@InputType({ description: 'A visit to be confirmed or started.' })
export class ChangeVisitInput {
  @Field(() => ID, { description: 'The visit.' })
  id!: string
  @Field(() => Int, {
    nullable: true,
    description: 'The `version` that the caller has seen; another one is a CONFLICT.',
  })
  expectedVersion?: number | null
}

@InputType({ description: 'A visit to be moved to another time.' })
export class RescheduleVisitInput extends ChangeVisitInput {
  @Field(() => DateTimeScalar, { description: 'When it begins now.' })
  plannedStart!: Date
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends now; it keeps its length when left out.' })
  plannedEnd?: Date | null
  @Limited(limits.visitReason)
  @Field(() => String, { description: 'Why it is moved: 1 to 500 characters.' })
  reason!: string
}

@InputType({ description: 'A visit that took place, with its report.' })
export class CompleteVisitInput extends ChangeVisitInput {
  @Field(() => VisitReportInput, { description: 'What came of it.' })
  report!: VisitReportInput
}

@InputType({ description: 'A visit to be called off.' })
export class CancelVisitInput extends ChangeVisitInput {
  @Limited(limits.visitReason)
  @Field(() => String, { description: 'Why it is called off: 1 to 500 characters.' })
  reason!: string
  @Limited(limits.code)
  @Field(() => String, {
    nullable: true,
    description:
      'Code of the reason, such as `customer.unavailable`: up to 64 letters, digits and `.` `_` `:` `-`. No free text: it becomes part of the event.',
  })
  reasonCode?: string | null
}

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
  @Field(() => StringFilter, { nullable: true, description: 'What it is for.' })
  purpose?: StringFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When it is planned to begin.' })
  plannedStart?: DateTimeFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When it is planned to end.' })
  plannedEnd?: DateTimeFilter | null
}

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
