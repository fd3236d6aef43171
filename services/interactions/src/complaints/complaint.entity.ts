import {
  type ComplaintDecision,
  type ComplaintSeverity,
  type ComplaintStatus,
  complaintDecision,
  complaintSeverities,
  complaintSeverity,
  complaintStatus,
  limits,
} from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, ListSize, recordColumns, TextSize } from '@clientele/kit'
import { defineEntity, type OptionalProps, p } from '@mikro-orm/core'
import { Field, ID, registerEnumType } from 'type-graphql'
import { AgendaItem } from '../agenda/agenda-item.js'
import { type Correction, correctionOf } from '../corrections/correction.entity.js'
import { TimelineEntry } from '../timeline/timeline.entity.js'
import { ComplaintResolution } from './complaint-resolution.entity.js'
import { ComplaintStep } from './complaint-step.entity.js'

registerEnumType(complaintStatus.enum, {
  name: 'ComplaintStatus',
  description: 'Where a complaint stands, in the steps of ISO 10002.',
  valuesConfig: {
    RECEIVED: { description: 'It reached us.' },
    ACKNOWLEDGED: { description: 'The customer knows that we have it in hand.' },
    ASSESSED: { description: 'Its severity and who looks after it are settled.' },
    INVESTIGATING: { description: 'We look for its cause.' },
    AWAITING_CUSTOMER: {
      description: 'We asked the customer something; the time until `resolveBy` does not run meanwhile.',
    },
    RESPONSE_PROPOSED: { description: 'A decision was proposed inside the company.' },
    DECISION_COMMUNICATED: { description: 'The customer was told the decision and may answer.' },
    CLOSED: { description: 'It is done.' },
    REOPENED: { description: 'It was done and has been taken up again.' },
    WITHDRAWN: { description: 'The customer took it back.' },
    DUPLICATE: { description: 'It repeats another one, which goes on in its place.' },
  },
})
registerEnumType(complaintSeverity.enum, {
  name: 'ComplaintSeverity',
  description: 'How grave a complaint is; its deadlines follow from it.',
  valuesConfig: complaintSeverities,
})

export const ComplaintCorrection = correctionOf('Complaint')

const ComplaintSchema = defineEntity({
  name: 'Complaint',
  properties: {
    ...recordColumns,
    number: p.string(),
    customerId: p.uuid(),
    status: p.enum(() => complaintStatus.enum),
    channel: p.string(),
    category: p.string(),
    severity: p.enum(() => complaintSeverity.enum),
    safety: p.boolean(),
    description: p.text(),
    desiredRemedy: p.text().nullable(),
    ownerTeam: p.string().nullable(),
    assigneeId: p.string().nullable(),
    receivedAt: p.datetime(),
    acknowledgeBy: p.datetime(),
    acknowledgedAt: p.datetime().nullable(),
    resolveBy: p.datetime(),
    overdueFrom: p.datetime().nullable().generated('by the database'),
    pausedAt: p.datetime().nullable(),
    pausedSeconds: p.integer(),
    escalated: p.boolean(),
    rootCause: p.text().nullable(),
    rootCauseCode: p.string().nullable(),
    decision: p.enum(() => complaintDecision.enum).nullable(),
    remedy: p.text().nullable(),
    compensationAmount: p.decimal('string').nullable(),
    compensationCurrency: p.string().nullable(),
    communicatedAt: p.datetime().nullable(),
    replyBy: p.datetime().nullable(),
    repliedAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
    reopenedAt: p.datetime().nullable(),
    duplicateOfId: p.uuid().nullable(),
    steps: p.json<ComplaintStep[]>(),
    corrections: p.json<Correction[]>(),
  },
})

@EntityType(
  'An expression of dissatisfaction to which an answer is expected (ISO 10002). Analysts see none of its texts.',
  { implements: [TimelineEntry, AgendaItem] },
)
export class Complaint extends ComplaintSchema.class implements TimelineEntry, AgendaItem {
  declare [OptionalProps]?: 'occurredAt'
  @Field(() => String, {
    description: 'The number that people quote, `K-000042`: counts up within the tenant, gaps are possible.',
  })
  declare number: string
  @Field(() => ID, { description: 'The customer who complains.' })
  declare customerId: string
  @Field(() => complaintStatus.enum, { description: 'Where it stands.' })
  declare status: ComplaintStatus
  @Field(() => String, { description: 'Code of the way it reached us: `PHONE`, `web.form`.' })
  declare channel: string
  @Field(() => String, { description: 'Code of what it is about, such as `delivery.late`.' })
  declare category: string
  @Field(() => complaintSeverity.enum, { description: 'How grave it is.' })
  declare severity: ComplaintSeverity
  @Field(() => Boolean, { description: "Whether somebody's safety is at stake." })
  declare safety: boolean
  @TextSize(limits.complaintText)
  @Field(() => String, { nullable: true, description: 'What the customer said; null where it is hidden from you.' })
  declare description: string
  @TextSize(limits.complaintText)
  @Field(() => String, {
    nullable: true,
    description: 'What the customer wants us to do; null where they did not say, or it is hidden from you.',
  })
  declare desiredRemedy: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Key of the team that looks after it; null until it is assessed, or given to a team before.',
  })
  declare ownerTeam: string | null
  @Field(() => String, {
    nullable: true,
    description:
      "Who handles it: the identity provider's subject of a member of staff, of the team or not; null where nobody in particular does.",
  })
  declare assigneeId: string | null
  @Field(() => DateTimeScalar, { description: 'When it reached us.' })
  declare receivedAt: Date
  @Field(() => DateTimeScalar, { description: 'Until when it has to be acknowledged.' })
  declare acknowledgeBy: Date
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was acknowledged; null until then.' })
  declare acknowledgedAt: Date | null
  @Field(() => DateTimeScalar, {
    description:
      'Until when the customer has to be told a decision; moves on by the time in which the customer was awaited.',
  })
  declare resolveBy: Date
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'The moment after which it is overdue: the first deadline that was missed, or will be unless something happens; null where none was and none runs.',
  })
  declare overdueFrom: Date | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when the customer is awaited; null unless they are.',
  })
  declare pausedAt: Date | null
  @Field(() => Boolean, { description: 'Whether it was escalated: somebody with more say has to look at it.' })
  declare escalated: boolean
  @TextSize(limits.complaintText)
  @Field(() => String, {
    nullable: true,
    description: 'Why it came to this, as the investigation found; null until then, or where it is hidden from you.',
  })
  declare rootCause: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Code of the root cause, such as `packaging.weak`; null where none was recorded.',
  })
  declare rootCauseCode: string | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was closed; null unless it is.' })
  declare closedAt: Date | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was last taken up again; null where it never was.',
  })
  declare reopenedAt: Date | null
  @Field(() => ID, {
    nullable: true,
    description: 'The complaint that goes on in its place, never a duplicate itself; null unless it is a DUPLICATE.',
  })
  declare duplicateOfId: string | null
  @ListSize(limits.complaintSteps)
  @Field(() => [ComplaintStep], {
    description: 'What was done about it, the first step first. That what it repeats became a duplicate too is none.',
  })
  declare steps: ComplaintStep[]
  @ListSize(limits.corrections)
  @Field(() => [ComplaintCorrection], { description: 'How what was taken down was corrected, the first time first.' })
  declare corrections: Correction[]

  @Field(() => ComplaintResolution, {
    nullable: true,
    description: 'How we answer it; null until a response is proposed.',
  })
  get resolution(): ComplaintResolution | null {
    const { decision, remedy, compensationAmount: amount, compensationCurrency: currency } = this
    if (!decision) return null
    const compensation = amount != null && currency != null ? { amount, currency } : null
    const { communicatedAt, replyBy, repliedAt } = this
    return { decision, remedy, compensation, communicatedAt, replyBy, repliedAt }
  }

  @Field(() => DateTimeScalar, { description: 'Its place in the timeline: when it was received.' })
  get occurredAt(): Date {
    return this.receivedAt
  }

  declare decision: ComplaintDecision | null
  declare remedy: string | null
  declare compensationAmount: string | null
  declare compensationCurrency: string | null
  declare communicatedAt: Date | null
  declare replyBy: Date | null
  declare repliedAt: Date | null
}
ComplaintSchema.setClass(Complaint)

export const ComplaintConnection = connectionOf(Complaint, 'Complaint')
