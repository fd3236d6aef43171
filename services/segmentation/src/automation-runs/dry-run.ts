import { limits } from '@clientele/contracts'
import { DateTimeScalar, Limited, ListSize } from '@clientele/kit'
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { AutomationDefinitionInput } from '../automations/automation.input.js'
import { AutomationEvent, type AutomationEventName } from '../automations/automation-events.js'
import { Customer } from '../customer/customer.ref.js'

export const mostShown = 10
/** How many events a dry run looks at, the latest first. */
export const mostLookedAt = 10_000

@InputType({ description: 'What an automation is to be tried on.' })
export class AutomationDryRunInput {
  @Field(() => AutomationDefinitionInput, { description: 'The definition to try.' })
  definition!: AutomationDefinitionInput
  @Limited(limits.dryRunDays)
  @Field(() => Int, {
    defaultValue: limits.dryRunDays.most,
    description: 'How many days back; for SCHEDULED without meaning.',
  })
  days!: number
  @Field(() => ID, {
    nullable: true,
    description: 'Of which automation this is a definition: whom it has taken lately is not taken. For SCHEDULED only.',
  })
  automationId?: string | null
}

@ObjectType({ description: 'Something that happened, for which an automation would have done something.' })
export class AutomationMatch {
  @Field(() => ID, { nullable: true, description: 'Id of the event; null for SCHEDULED.' })
  eventId!: string | null
  @Field(() => AutomationEvent, { description: 'What happened.' })
  event!: AutomationEventName
  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: Date
  @Field(() => Customer, { nullable: true, description: 'To which customer.' })
  customer!: Customer
}

@ObjectType({
  description:
    'What an automation would have been set off by, of the customers in your access scope. Conditions on customers are those of now: what was known of them then is not kept. For SCHEDULED: whom it would take now.',
})
export class AutomationDryRun {
  @Field(() => Int, {
    description: `How often what it waits for happened; for SCHEDULED, for how many customers its condition holds, at most ${mostLookedAt}.`,
  })
  events!: number
  @Field(() => Int, {
    description: 'For how many of those its conditions hold; for SCHEDULED, how many customers it would take now.',
  })
  matches!: number
  @Field(() => Int, { description: 'How many customers those are about.' })
  customers!: number
  @Field(() => Boolean, {
    description: `Whether all events of these days were looked at; the latest ${mostLookedAt} are. For SCHEDULED: whether it would take all that it may.`,
  })
  isComplete!: boolean
  @ListSize({ most: mostShown })
  @Field(() => [AutomationMatch], { description: `The latest of those that match, at most ${mostShown}.` })
  sample!: AutomationMatch[]
}
