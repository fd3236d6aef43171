import type { DayOfWeek, Recurrence } from '@clientele/business-calendar'
import { type AutomationAction, automationStatus, limits, type Rights } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, JsonScalar, recordColumns, TextSize } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { SegmentRule } from '../rules/rule.js'
import type { AutomationEventName } from './automation-events.js'

export const AutomationStatus = automationStatus.enum
export type AutomationStatus = keyof typeof AutomationStatus
registerEnumType(AutomationStatus, {
  name: 'AutomationStatus',
  description: 'Whether an automation runs.',
  valuesConfig: {
    DRAFT: { description: 'Written, and never started yet.' },
    ACTIVE: { description: 'It runs.' },
    STOPPED: { description: 'It does nothing until it is started again; what happens meanwhile sets nothing off.' },
  },
})

/** When an automation takes customers by the clock of the tenant, and how many, as it is stored. */
export interface AutomationSchedule extends Recurrence {
  weekdays?: DayOfWeek[]
  onceInDays: number
  mostCustomers: number
}

/** What sets an automation off, as it is stored. */
export interface AutomationTrigger {
  event: AutomationEventName
  segmentId?: string
  changedFields?: string[]
  schedule?: AutomationSchedule
}

/** When something is done, and what. */
export interface AutomationDefinition {
  trigger: AutomationTrigger
  customerCondition: SegmentRule | null
  eventCondition: SegmentRule | null
  actions: AutomationAction[]
}

const AutomationSchema = defineEntity({
  name: 'Automation',
  properties: {
    ...recordColumns,
    name: p.string(),
    description: p.string().nullable(),
    status: p.enum(() => AutomationStatus),
    currentVersion: p.integer().name('number'),
    event: p.string(),
    trigger: p.json<AutomationTrigger>(),
    customerCondition: p.json<SegmentRule>().nullable(),
    eventCondition: p.json<SegmentRule>().nullable(),
    actions: p.json<AutomationAction[]>(),
    authorId: p.string(),
    authorRights: p.json<Rights>(),
    startedAt: p.datetime().nullable(),
    nextAt: p.datetime().nullable(),
    fired: p.integer(),
    conditionFalse: p.integer(),
  },
})

const json = (description: string, nullable = false): PropertyDecorator => {
  return (prototype, field) => {
    Field(() => JsonScalar, { nullable, description })(prototype, field as string)
    TextSize({ most: limits.requestBytes })(prototype, field)
  }
}

@EntityType(
  'Something that is done by itself when something happens to a customer, on behalf of its author and within what they may do.',
)
export class Automation extends AutomationSchema.class {
  @Field(() => String, { description: 'Name for people.' })
  declare name: string
  @TextSize(limits.automationDescription)
  @Field(() => String, { nullable: true, description: 'What it is for; null where nobody said.' })
  declare description: string | null
  @Field(() => AutomationStatus, { description: 'Whether it runs.' })
  declare status: AutomationStatus
  @Field(() => Int, { description: 'Number of its definition, from 1; what it did before stays in `versions`.' })
  declare currentVersion: number
  @json('What sets it off, in the shape of AutomationTriggerInput.')
  declare trigger: AutomationTrigger
  @json('What must hold for the customer, in the shape of SegmentRuleInput; null for every customer.', true)
  declare customerCondition: SegmentRule | null
  @json('What must hold for what happened, in the shape of AutomationEventConditionInput; null for everything.', true)
  declare eventCondition: SegmentRule | null
  @json('What it does, in the shape of a list of AutomationActionInput.')
  declare actions: AutomationAction[]
  @Field(() => String, {
    description: "The identity provider's subject of who wrote its definition: it acts on behalf of them.",
  })
  declare authorId: string
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last started; null for a draft.' })
  declare startedAt: Date | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the next moment of its schedule comes; null where it has none, or does not run.',
  })
  declare nextAt: Date | null
  @Field(() => Int, { description: 'How often it was set off and did something.' })
  declare fired: number
  @Field(() => Int, { description: 'How often it was set off and its conditions did not hold.' })
  declare conditionFalse: number
  declare event: string
  declare authorRights: Rights
}
AutomationSchema.setClass(Automation)

export const AutomationConnection = connectionOf(Automation, 'Automation')

@ObjectType({ description: 'What an automation did from one change of its definition to the next. It never changes.' })
export class AutomationVersion {
  @Field(() => Int, { description: 'Number of the definition, from 1.' })
  number!: number
  @json('What set it off, in the shape of AutomationTriggerInput.')
  trigger!: AutomationTrigger
  @json('What had to hold for the customer, in the shape of SegmentRuleInput; null for every customer.', true)
  customerCondition!: SegmentRule | null
  @json('What had to hold for what happened, in the shape of AutomationEventConditionInput; null for everything.', true)
  eventCondition!: SegmentRule | null
  @json('What it did, in the shape of a list of AutomationActionInput.')
  actions!: AutomationAction[]
  @Field(() => String, { description: "The identity provider's subject of who wrote it." })
  authorId!: string
  @Field(() => DateTimeScalar, { description: 'When it was written.' })
  at!: Date
}
