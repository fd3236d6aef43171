import { membershipReason } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, registerEnumType } from 'type-graphql'

export const MembershipReason = membershipReason.enum
registerEnumType(MembershipReason, {
  name: 'MembershipReason',
  description: 'Why a customer became a member of a segment.',
  valuesConfig: {
    RULE: { description: "The segment's rule holds for the customer." },
    MANUAL: { description: 'Somebody chose the customer.' },
    IMPORT: { description: 'A file or another system named the customer.' },
  },
})

const SegmentMembershipSchema = defineEntity({
  name: 'SegmentMembership',
  properties: {
    ...recordColumns,
    segmentId: p.uuid(),
    customerId: p.uuid(),
    enteredAt: p.datetime(),
    exitedAt: p.datetime().nullable(),
    reason: p.enum(() => MembershipReason),
  },
})

@EntityType('That a customer is, or was, a member of a segment. Entering again makes a new one.')
export class SegmentMembership extends SegmentMembershipSchema.class {
  declare segmentId: string
  declare customerId: string
  @Field(() => DateTimeScalar, { description: 'When the customer became a member.' })
  declare enteredAt: Date
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the customer ceased to be a member; null until then.',
  })
  declare exitedAt: Date | null
  @Field(() => MembershipReason, { description: 'Why the customer became a member.' })
  declare reason: keyof typeof MembershipReason
}
SegmentMembershipSchema.setClass(SegmentMembership)

export const SegmentMembershipConnection = connectionOf(SegmentMembership, 'SegmentMembership')
