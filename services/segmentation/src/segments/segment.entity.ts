import { limits, segmentKind } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, JsonScalar, recordColumns, TextSize } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, Int, registerEnumType } from 'type-graphql'
import type { SegmentRule } from '../rules/rule.js'

export const SegmentKind = segmentKind.enum
registerEnumType(SegmentKind, {
  name: 'SegmentKind',
  description: 'How the members of a segment are chosen.',
  valuesConfig: {
    STATIC: { description: 'By hand.' },
    DYNAMIC: { description: 'By a rule, kept up to date as facts change and time passes.' },
  },
})

export const SegmentStatus = { ACTIVE: 'ACTIVE', ARCHIVED: 'ARCHIVED' } as const
registerEnumType(SegmentStatus, {
  name: 'SegmentStatus',
  description: 'Whether a segment is in use.',
  valuesConfig: {
    ACTIVE: { description: 'In use.' },
    ARCHIVED: { description: 'Out of use for good; it keeps no members.' },
  },
})

export const SegmentEvaluation = { READY: 'READY', EVALUATING: 'EVALUATING' } as const
registerEnumType(SegmentEvaluation, {
  name: 'SegmentEvaluation',
  description: 'How far the members follow the definition of the segment.',
  valuesConfig: {
    READY: { description: 'The members are those that the definition asks for.' },
    EVALUATING: { description: 'A new definition is being applied; members still come and go.' },
  },
})

const SegmentSchema = defineEntity({
  name: 'Segment',
  properties: {
    ...recordColumns,
    key: p.string(),
    name: p.string(),
    description: p.string().nullable(),
    kind: p.enum(() => SegmentKind),
    status: p.enum(() => SegmentStatus),
    rule: p.json<SegmentRule>().nullable(),
    ruleVersion: p.integer(),
    evaluation: p.enum(() => SegmentEvaluation),
    evaluatedAt: p.datetime().nullable(),
  },
})

@EntityType('A group of customers, chosen by hand or by a rule over what is known of them.')
export class Segment extends SegmentSchema.class {
  @Field(() => String, { description: 'Short name for programs, unique in the tenant and never changed.' })
  declare key: string
  @Field(() => String, { description: 'Name for people.' })
  declare name: string
  @TextSize(limits.segmentDescription)
  @Field(() => String, { nullable: true, description: 'What the segment is for; null where nobody said.' })
  declare description: string | null
  @Field(() => SegmentKind, { description: 'How its members are chosen.' })
  declare kind: keyof typeof SegmentKind
  @Field(() => SegmentStatus, { description: 'Whether it is in use.' })
  declare status: keyof typeof SegmentStatus
  @TextSize({ most: limits.requestBytes })
  @Field(() => JsonScalar, {
    nullable: true,
    description: 'The rule of a dynamic segment, in the shape of SegmentRuleInput; null for a static one.',
  })
  declare rule: SegmentRule | null
  @Field(() => Int, { description: 'Counts the rules it has had; 0 for a static segment.' })
  declare ruleVersion: number
  @Field(() => SegmentEvaluation, { description: 'Whether its members follow its definition already.' })
  declare evaluation: keyof typeof SegmentEvaluation
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the rule was last applied to all customers; null until then and for a static segment. Since then members follow facts with their events, and time within a second.',
  })
  declare evaluatedAt: Date | null
}
SegmentSchema.setClass(Segment)

export const SegmentConnection = connectionOf(Segment, 'Segment')
