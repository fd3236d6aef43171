import { automationActionKind, limits, taskPriority, visitMode } from '@clientele/contracts'
import { DecimalFilter, ExpectedVersion, enumFilter, IdempotencyKey, IntFilter, Limited } from '@clientele/kit'
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql'
import { SegmentRuleInput, SegmentRuleKeyCondition, SeverityCondition } from '../rules/rule.input.js'
import { AutomationEvent, type AutomationEventName } from './automation-events.js'
import { AutomationScheduleInput } from './schedule.input.js'

registerEnumType(automationActionKind.enum, {
  name: 'AutomationActionKind',
  description: 'What an automation does.',
  valuesConfig: {
    CREATE_TASK: { description: 'Gives somebody, or a team, something to do.' },
    NOTIFY: { description: 'Tells somebody, or a team, in the app.' },
    TAG: { description: 'Gives the customer tags.' },
    UNTAG: { description: 'Takes tags from the customer.' },
    ASSIGN: { description: 'Has somebody look after the customer.' },
  },
})

const AutomationTaskPriority = taskPriority.enum
registerEnumType(AutomationTaskPriority, {
  name: 'AutomationTaskPriority',
  description: 'How much a task of an automation matters.',
})

const AutomationVisitMode = visitMode.enum
registerEnumType(AutomationVisitMode, {
  name: 'AutomationVisitMode',
  description: 'How visits are made, in conditions.',
})
const VisitModeCondition = enumFilter(AutomationVisitMode, 'AutomationVisitModeCondition')

const optional = (type: () => unknown, description: string) => Field(type as never, { nullable: true, description })

@InputType({ description: 'What sets an automation off.' })
export class AutomationTriggerInput {
  @Field(() => AutomationEvent, { description: 'What happens to a customer.' })
  event!: AutomationEventName
  @Field(() => ID, {
    nullable: true,
    description: 'Which segment; for SEGMENT_ENTERED and SEGMENT_EXITED, which need it, only.',
  })
  segmentId?: string | null
  @Limited(limits.automationFields, limits.ruleText)
  @Field(() => [String], {
    nullable: true,
    description:
      'For CUSTOMER_UPDATED: only where one of these fields changed, such as `territory` or `person.occupation`.',
  })
  changedFields?: string[] | null
  @Field(() => AutomationScheduleInput, {
    nullable: true,
    description: 'When it takes which customers; for SCHEDULED, which needs it, only.',
  })
  schedule?: AutomationScheduleInput | null
}

@InputType({
  description:
    'A condition on what happened. Each node has exactly one condition; combine several in `all` or `any`. What an event does not tell cannot be asked of it.',
})
export class AutomationEventConditionInput {
  @optional(() => [AutomationEventConditionInput], 'All of these hold; at least one.')
  all?: AutomationEventConditionInput[] | null
  @optional(() => [AutomationEventConditionInput], 'One of these holds; at least one.')
  any?: AutomationEventConditionInput[] | null
  @optional(() => AutomationEventConditionInput, 'This does not hold.')
  not?: AutomationEventConditionInput | null
  @optional(() => SeverityCondition, 'Severity of the complaint.')
  severity?: object | null
  @optional(() => SegmentRuleKeyCondition, 'Category of the complaint.')
  category?: SegmentRuleKeyCondition | null
  @optional(() => SegmentRuleKeyCondition, 'Channel of the complaint or purchase.')
  channel?: SegmentRuleKeyCondition | null
  @optional(() => VisitModeCondition, 'How the visit was made.')
  mode?: object | null
  @optional(
    () => DecimalFilter,
    "Total of the purchase in the tenant's currency, by the latest exchange rates; negative for a cancellation, not known without a recent rate.",
  )
  amount?: DecimalFilter | null
  @optional(() => SegmentRuleKeyCondition, 'Currency in which the purchase was paid, ISO 4217.')
  currency?: SegmentRuleKeyCondition | null
  @Limited(limits.nps)
  @optional(() => IntFilter, 'Likelihood to recommend of this answer.')
  nps?: IntFilter | null
  @Limited(limits.csat)
  @optional(() => IntFilter, 'Satisfaction of this answer.')
  csat?: IntFilter | null
  @Limited(limits.ces)
  @optional(() => IntFilter, 'Ease of this answer.')
  ces?: IntFilter | null
}

@InputType({ description: 'Whom an action is for: exactly one of these.' })
export class AutomationAssigneeInput {
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whoever looks after the customer then, or stands in for them where they have left; where nobody does, the author of the automation.',
  })
  owner?: boolean | null
  @Limited(limits.key)
  @Field(() => String, { nullable: true, description: 'The team of this key.' })
  teamKey?: string | null
  @Limited(limits.subject)
  @Field(() => String, { nullable: true, description: "The identity provider's subject of a member of staff." })
  assigneeId?: string | null
}

@InputType({ description: 'A task that an automation creates.' })
export class AutomationTaskInput {
  @Limited(limits.code)
  @Field(() => String, { description: 'Code of what kind of task it is, such as `call.back`.' })
  kind!: string
  @Limited(limits.taskTitle)
  @Field(() => String, { description: 'What is to be done.' })
  title!: string
  @Limited(limits.taskNote)
  @Field(() => String, { nullable: true, description: 'More about it.' })
  note?: string | null
  @Field(() => AutomationTaskPriority, { defaultValue: 'NORMAL', description: 'How much it matters.' })
  priority!: keyof typeof AutomationTaskPriority
  @Limited(limits.automationDueHours)
  @Field(() => Int, { description: 'Hours until it is due.' })
  dueInHours!: number
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether those are working hours, by the tenant's default calendar.",
  })
  inWorkingHours!: boolean
  @Field(() => AutomationAssigneeInput, { description: 'Who is to do it.' })
  assignee!: AutomationAssigneeInput
}

@InputType({ description: 'What an automation tells somebody in the app.' })
export class AutomationNoticeInput {
  @Limited(limits.automationText)
  @Field(() => String, { description: 'What they are told.' })
  text!: string
  @Field(() => AutomationAssigneeInput, { description: 'Whom it tells.' })
  to!: AutomationAssigneeInput
}

@InputType({ description: 'Who is to look after a customer: exactly one of these.' })
export class AutomationOwnerInput {
  @Limited(limits.subject)
  @Field(() => String, { nullable: true, description: "The identity provider's subject of a member of staff." })
  ownerId?: string | null
  @Limited(limits.key)
  @Field(() => String, {
    nullable: true,
    description: 'Key of a team: its members who work here take turns.',
  })
  teamKey?: string | null
}

@InputType({ description: 'Something that an automation does: exactly one of these.' })
export class AutomationActionInput {
  @Field(() => AutomationTaskInput, { nullable: true, description: 'Creates a task about the customer.' })
  createTask?: AutomationTaskInput | null
  @Field(() => AutomationNoticeInput, { nullable: true, description: 'Tells somebody.' })
  notify?: AutomationNoticeInput | null
  @Limited(limits.automationTags, limits.tagName)
  @Field(() => [String], { nullable: true, description: 'Gives the customer these tags, by name.' })
  tag?: string[] | null
  @Limited(limits.automationTags, limits.tagName)
  @Field(() => [String], { nullable: true, description: 'Takes these tags from the customer, by name or key.' })
  untag?: string[] | null
  @Field(() => AutomationOwnerInput, { nullable: true, description: 'Has somebody look after the customer.' })
  assign?: AutomationOwnerInput | null
}

@InputType({ description: 'When an automation does something, and what.' })
export class AutomationDefinitionInput {
  @Field(() => AutomationTriggerInput, { description: 'What sets it off.' })
  trigger!: AutomationTriggerInput
  @Field(() => SegmentRuleInput, {
    nullable: true,
    description: 'What must hold for the customer at that moment; every customer without it. SCHEDULED needs it.',
  })
  customerCondition?: SegmentRuleInput | null
  @Field(() => AutomationEventConditionInput, {
    nullable: true,
    description: 'What must hold for what happened; everything without it.',
  })
  eventCondition?: AutomationEventConditionInput | null
  @Limited(limits.automationActions)
  @Field(() => [AutomationActionInput], {
    description:
      'What it does. Each action is carried out for itself, in no order, but what is for the `owner` follows the one that assigns the customer, of which there is at most one.',
  })
  actions!: AutomationActionInput[]
}

const idempotencyKey = 'Repeating the request with this key within 24 hours has no further effect.'

@InputType({ description: 'An automation to be written. It is a draft until it is started.' })
export class CreateAutomationInput {
  @Limited(limits.automationName)
  @Field(() => String, { description: 'Name for people.' })
  name!: string
  @Limited(limits.automationDescription)
  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description?: string | null
  @Field(() => AutomationDefinitionInput, { description: 'When it does something, and what.' })
  definition!: AutomationDefinitionInput
  @IdempotencyKey(idempotencyKey)
  idempotencyKey?: string | null
}

@InputType({ description: 'An automation to be changed in some way.' })
export class ChangeAutomationInput {
  @Field(() => ID, { description: 'The automation.' })
  id!: string
  @ExpectedVersion('Refuse with CONFLICT unless it still has this version.')
  expectedVersion?: number | null
}

@InputType({ description: 'Changes to an automation; what is absent stays.' })
export class UpdateAutomationInput extends ChangeAutomationInput {
  @Limited(limits.automationName)
  @Field(() => String, { nullable: true, description: 'Name for people.' })
  name?: string | null
  @Limited(limits.automationDescription)
  @Field(() => String, { nullable: true, description: 'What it is for; null removes it.' })
  description?: string | null
  @Field(() => AutomationDefinitionInput, {
    nullable: true,
    description: 'A new definition, whole. Whoever gives it is its author from then on.',
  })
  definition?: AutomationDefinitionInput | null
}
