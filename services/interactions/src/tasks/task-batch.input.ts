import { limits } from '@clientele/contracts'
import { DateTimeScalar, Limited } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'

@InputType()
export class TasksInput {
  @Limited(limits.tasksAtOnce)
  @Field(() => [ID], { description: 'The tasks.' })
  ids!: string[]
}

@InputType({ description: 'Tasks to be given to somebody else, or to a team: one of both.' })
export class AssignTasksInput extends TasksInput {
  @Limited(limits.subject)
  @Field(() => String, {
    nullable: true,
    description:
      "Who does them: the identity provider's subject of a member of staff who works here; `staff.unknown` or `staff.left` otherwise.",
  })
  assigneeId?: string | null
  @Limited(limits.key)
  @Field(() => String, {
    nullable: true,
    description:
      'Key of the team of which somebody does them; `team.unknown` or `team.archived` where it is not in use.',
  })
  teamKey?: string | null
}

@InputType({ description: 'Tasks of which whoever does them wants to be reminded later.' })
export class SnoozeTasksInput extends TasksInput {
  @Field(() => DateTimeScalar, { description: 'When they are reminded of them, in the future.' })
  until!: Date
}

@InputType({ description: 'Tasks that are done.' })
export class CompleteTasksInput extends TasksInput {
  @Limited(limits.code)
  @Field(() => String, {
    nullable: true,
    description: 'Code of what came of them, such as `customer.reached`. No free text: it becomes part of the events.',
  })
  outcome?: string | null
  @Limited(limits.taskNote)
  @Field(() => String, { nullable: true, description: 'What came of them.' })
  note?: string | null
}
