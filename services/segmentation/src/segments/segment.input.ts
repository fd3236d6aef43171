import { limits } from '@clientele/contracts'
import {
  combining,
  ExpectedVersion,
  enumFilter,
  IdempotencyKey,
  Limited,
  OrderDirection,
  StringFilter,
} from '@clientele/kit'
import { Field, ID, InputType, registerEnumType } from 'type-graphql'
import { SegmentRuleInput } from '../rules/rule.input.js'
import { SegmentKind, SegmentStatus } from './segment.entity.js'

const idempotencyKey = 'Repeating the request with this key within 24 hours has no further effect.'
const expectedVersion = 'Refuse with CONFLICT unless the segment still has this version.'

@InputType({ description: 'A segment to be defined.' })
export class CreateSegmentInput {
  @Limited(limits.key)
  @Field(() => String, {
    description: 'Short name for programs, unique in the tenant.',
  })
  key!: string
  @Limited(limits.segmentName)
  @Field(() => String, { description: 'Name for people.' })
  name!: string
  @Limited(limits.segmentDescription)
  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description?: string | null
  @Field(() => SegmentKind, { description: 'How its members are chosen.' })
  kind!: keyof typeof SegmentKind
  @Field(() => SegmentRuleInput, {
    nullable: true,
    description: 'Who belongs to it; for a dynamic segment only, which needs it.',
  })
  rule?: SegmentRuleInput | null
  @IdempotencyKey(idempotencyKey)
  idempotencyKey?: string | null
}

@InputType({ description: 'Changes to a segment; what is absent stays.' })
export class UpdateSegmentInput {
  @Field(() => ID, { description: 'The segment.' })
  id!: string
  @Limited(limits.segmentName)
  @Field(() => String, { nullable: true, description: 'Name for people.' })
  name?: string | null
  @Limited(limits.segmentDescription)
  @Field(() => String, { nullable: true, description: 'What it is for; null removes it.' })
  description?: string | null
  @Field(() => SegmentRuleInput, { nullable: true, description: 'The new rule of a dynamic segment.' })
  rule?: SegmentRuleInput | null
  @ExpectedVersion(expectedVersion)
  expectedVersion?: number | null
}

@InputType({ description: 'A segment to be taken out of use.' })
export class ArchiveSegmentInput {
  @Field(() => ID, { description: 'The segment.' })
  id!: string
  @ExpectedVersion(expectedVersion)
  expectedVersion?: number | null
}

@InputType({ description: 'Customers who are to enter or leave a static segment.' })
export class SegmentMembersInput {
  @Field(() => ID, { description: 'The static segment.' })
  segmentId!: string
  @Limited(limits.segmentMembers)
  @Field(() => [ID], { description: 'The customers.' })
  customerIds!: string[]
  @ExpectedVersion(expectedVersion)
  expectedVersion?: number | null
  @IdempotencyKey(idempotencyKey)
  idempotencyKey?: string | null
}

const SegmentKindFilter = enumFilter(SegmentKind, 'SegmentKindFilter')
const SegmentStatusFilter = enumFilter(SegmentStatus, 'SegmentStatusFilter')

@InputType({ description: 'Conditions on segments; all that are given must hold.' })
export class SegmentFilter {
  @Field(() => [SegmentFilter], combining.and)
  and?: SegmentFilter[] | null
  @Field(() => [SegmentFilter], combining.or)
  or?: SegmentFilter[] | null
  @Field(() => SegmentFilter, combining.not)
  not?: SegmentFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Short name.' })
  key?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Name.' })
  name?: StringFilter | null
  @Field(() => SegmentKindFilter, { nullable: true, description: 'How members are chosen.' })
  kind?: object | null
  @Field(() => SegmentStatusFilter, { nullable: true, description: 'Whether it is in use.' })
  status?: object | null
}

export const SegmentOrderField = { KEY: 'key', NAME: 'name', CREATED_AT: 'createdAt' } as const
registerEnumType(SegmentOrderField, {
  name: 'SegmentOrderField',
  description: 'What a list of segments is ordered by.',
  valuesConfig: {
    KEY: { description: 'Short name.' },
    NAME: { description: 'Name.' },
    CREATED_AT: { description: 'When it was defined.' },
  },
})

@InputType({ description: 'The order of a list of segments.' })
export class SegmentOrder {
  @Field(() => SegmentOrderField, { description: 'What the list is ordered by.' })
  field!: (typeof SegmentOrderField)[keyof typeof SegmentOrderField]
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
  direction!: OrderDirection
}
