import { limits, type VisitMode, type VisitStatus, visitMode, visitStatus } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, ListSize, recordColumns } from '@clientele/kit'
import { defineEntity, type OptionalProps, p } from '@mikro-orm/core'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { AgendaItem } from '../agenda/agenda-item.js'
import { type Correction, correctionOf, type Voiding, voidingOf } from '../corrections/correction.entity.js'
import { TimelineEntry } from '../timeline/timeline.entity.js'
import { VisitReport } from './visit-report.entity.js'

registerEnumType(visitMode.enum, {
  name: 'VisitMode',
  description: 'How the customer is met.',
  valuesConfig: {
    ONSITE: { description: "At the customer's place." },
    PHONE: { description: 'By telephone.' },
    VIDEO: { description: 'In a video call.' },
    EMAIL: { description: 'In writing.' },
  },
})
registerEnumType(visitStatus.enum, {
  name: 'VisitStatus',
  description: 'Where a visit stands.',
  valuesConfig: {
    PLANNED: { description: 'It has a time.' },
    RESCHEDULED: { description: 'Passed through on the way to a new time; the visit is PLANNED again at once.' },
    CONFIRMED: { description: 'The customer agreed to the time.' },
    IN_PROGRESS: { description: 'It has begun.' },
    COMPLETED: { description: 'It took place and its report is in.' },
    CLOSED: { description: 'What it left to do is done.' },
    CANCELLED: { description: 'It was called off.' },
    MISSED: { description: 'Its time passed and it did not begin.' },
    VOIDED: { description: 'It was entered by mistake: it is kept, counts for nothing, and stands in no timeline.' },
  },
})

@ObjectType({ description: 'That a visit was moved to another time.' })
export class VisitReschedule {
  @Field(() => DateTimeScalar, { description: 'When it was moved.' })
  at!: string
  @Field(() => String, { description: 'Subject of the person who moved it.' })
  by!: string
  @Field(() => DateTimeScalar, { description: 'The planned start before.' })
  plannedStart!: string
  @Field(() => DateTimeScalar, { description: 'The planned end before.' })
  plannedEnd!: string
  @Field(() => String, { nullable: true, description: 'Why it was moved; null where it is hidden from you.' })
  reason!: string
}

@ObjectType({ description: 'That a visit was called off.' })
export class VisitCancellation {
  @Field(() => DateTimeScalar, { description: 'When it was called off.' })
  at!: string
  @Field(() => String, { description: 'Subject of the person who called it off.' })
  by!: string
  @Field(() => String, { nullable: true, description: 'Why it was called off; null where it is hidden from you.' })
  reason!: string
  @Field(() => String, {
    nullable: true,
    description: 'Code of the reason, such as `customer.unavailable`; part of the event. Null where none was given.',
  })
  reasonCode!: string | null
}

export const VisitCorrection = correctionOf('Visit')
export const VisitVoiding = voidingOf('Visit')

const VisitSchema = defineEntity({
  name: 'Visit',
  properties: {
    ...recordColumns,
    customerId: p.uuid(),
    status: p.enum(() => visitStatus.enum),
    mode: p.enum(() => visitMode.enum),
    purpose: p.text(),
    objectives: p.json<string[]>(),
    assigneeId: p.string().nullable(),
    plannedStart: p.datetime(),
    plannedEnd: p.datetime(),
    confirmedAt: p.datetime().nullable(),
    actualStart: p.datetime().nullable(),
    actualEnd: p.datetime().nullable(),
    reschedules: p.json<VisitReschedule[]>(),
    report: p.json<VisitReport>().nullable(),
    cancellation: p.json<VisitCancellation>().nullable(),
    corrections: p.json<Correction[]>(),
    voiding: p.json<Voiding>().nullable(),
  },
})

@EntityType('A meeting with a customer: planned, held and reported. Analysts see none of its texts.', {
  implements: [TimelineEntry, AgendaItem],
})
export class Visit extends VisitSchema.class implements TimelineEntry, AgendaItem {
  declare [OptionalProps]?: 'occurredAt' | 'rescheduleCount'
  @Field(() => ID, { description: 'The customer who is visited.' })
  declare customerId: string
  @Field(() => visitStatus.enum, { description: 'Where it stands.' })
  declare status: VisitStatus
  @Field(() => visitMode.enum, { description: 'How the customer is met.' })
  declare mode: VisitMode
  @Field(() => String, { nullable: true, description: 'What it is for; null where it is hidden from you.' })
  declare purpose: string
  @ListSize(limits.visitObjectives)
  @Field(() => [String], {
    nullable: true,
    description: 'What it should achieve, the most important first; null where they are hidden from you.',
  })
  declare objectives: string[]
  @Field(() => String, {
    nullable: true,
    description: "Who makes it: the identity provider's subject of a member of staff; null where nobody is named.",
  })
  declare assigneeId: string | null
  @Field(() => DateTimeScalar, { description: 'When it is planned to begin.' })
  declare plannedStart: Date
  @Field(() => DateTimeScalar, { description: 'When it is planned to end.' })
  declare plannedEnd: Date
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the customer agreed to the present time; null until then.',
  })
  declare confirmedAt: Date | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it began; null until then.' })
  declare actualStart: Date | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended; null until then.' })
  declare actualEnd: Date | null
  @ListSize(limits.visitReschedules)
  @Field(() => [VisitReschedule], { description: 'How often and why it was moved, the first time first.' })
  declare reschedules: VisitReschedule[]
  @Field(() => VisitReport, { nullable: true, description: 'What came of it; null until it is completed.' })
  declare report: VisitReport | null
  @Field(() => VisitCancellation, { nullable: true, description: 'Why it was called off; null unless it was.' })
  declare cancellation: VisitCancellation | null
  @ListSize(limits.corrections)
  @Field(() => [VisitCorrection], { description: 'How it was corrected, the first time first.' })
  declare corrections: Correction[]
  @Field(() => VisitVoiding, { nullable: true, description: 'Why it is void; null unless it is.' })
  declare voiding: Voiding | null

  @Field(() => Int, { description: 'How often it was moved.' })
  get rescheduleCount(): number {
    return this.reschedules.length
  }

  @Field(() => DateTimeScalar, {
    description: 'Its place in the timeline: the actual start, before that the planned one.',
  })
  get occurredAt(): Date {
    return this.actualStart ?? this.plannedStart
  }
}
VisitSchema.setClass(Visit)

export const VisitConnection = connectionOf(Visit, 'Visit')
