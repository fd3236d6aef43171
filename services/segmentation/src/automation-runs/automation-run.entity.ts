import { automationActionKind, automationActionOutcome } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { AutomationEvent, type AutomationEventName } from '../automations/automation-events.js'

export const AutomationRunOutcome = {
  FIRED: 'FIRED',
  SUPPRESSED_LOOP: 'SUPPRESSED_LOOP',
  REFUSED: 'REFUSED',
  FAILED: 'FAILED',
} as const
export type RunOutcome = keyof typeof AutomationRunOutcome
registerEnumType(AutomationRunOutcome, {
  name: 'AutomationRunOutcome',
  description: 'What came of it when an automation was set off and its conditions held.',
  valuesConfig: {
    FIRED: { description: 'It asked for its actions.' },
    SUPPRESSED_LOOP: { description: 'It did nothing, so that automations do not go round in a circle.' },
    REFUSED: { description: 'Its author may not do this at present, or has left.' },
    FAILED: { description: 'Its conditions could not be evaluated.' },
  },
})
registerEnumType(automationActionOutcome.enum, {
  name: 'AutomationActionOutcome',
  description: 'What came of an action of an automation.',
  valuesConfig: {
    DONE: { description: 'It was done.' },
    REFUSED: { description: 'The author may not do this at present, or the automation had been stopped.' },
    FAILED: { description: 'What it names is not there, or not in use.' },
  },
})

const AutomationRunSchema = defineEntity({
  name: 'AutomationRun',
  properties: {
    ...recordColumns,
    automationId: p.uuid(),
    automationVersion: p.integer().name('number'),
    eventId: p.uuid().nullable(),
    event: p.enum(() => AutomationEvent),
    eventAt: p.datetime(),
    customerId: p.uuid(),
    outcome: p.enum(() => AutomationRunOutcome),
    reason: p.string().nullable(),
  },
})

@EntityType('That an automation was set off, and what came of it. Kept for 90 days.')
export class AutomationRun extends AutomationRunSchema.class {
  declare automationId: string
  declare customerId: string
  @Field(() => Int, { description: 'Number of the definition by which it acted.' })
  declare automationVersion: number
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the event that set it off; null where a moment of its schedule did.',
  })
  declare eventId: string | null
  @Field(() => AutomationEvent, { description: 'What happened.' })
  declare event: AutomationEventName
  @Field(() => DateTimeScalar, { description: 'When that happened.' })
  declare eventAt: Date
  @Field(() => AutomationRunOutcome, { description: 'What came of it.' })
  declare outcome: RunOutcome
  @Field(() => String, {
    nullable: true,
    description:
      'Code of why it did nothing, such as `automation.own_consequence`, `automation.too_often`, `staff.left`, `role`, `access_scope`; null where it did something.',
  })
  declare reason: string | null
}
AutomationRunSchema.setClass(AutomationRun)

export const AutomationRunConnection = connectionOf(AutomationRun, 'AutomationRun')

@ObjectType({ description: 'An action of a run, and what came of it.' })
export class AutomationActionResult {
  @Field(() => Int, { description: 'Its place in the definition, from 0.' })
  position!: number
  @Field(() => automationActionKind.enum, { description: 'What was to be done.' })
  kind!: keyof typeof automationActionKind.enum
  @Field(() => automationActionOutcome.enum, {
    nullable: true,
    description: 'What came of it; null until its owner has answered.',
  })
  outcome!: keyof typeof automationActionOutcome.enum | null
  @Field(() => String, { nullable: true, description: 'Code of why it was refused or failed; null where it was not.' })
  reason!: string | null
  @Field(() => String, {
    nullable: true,
    description: 'What it made or changed, as events call it: `task`; null where nothing.',
  })
  madeType!: string | null
  @Field(() => ID, { nullable: true, description: 'Id of that; null where nothing.' })
  madeId!: string | null
}
