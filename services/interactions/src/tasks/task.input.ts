import { limits, type TaskPriority, taskPriority, taskStatus } from '@clientele/contracts'
import {
  combining,
  DateTimeFilter,
  DateTimeScalar,
  ExpectedVersion,
  enumFilter,
  IDFilter,
  IdempotencyKey,
  Limited,
  OrderDirection,
  StringFilter,
} from '@clientele/kit'
import { Field, ID, InputType, registerEnumType } from 'type-graphql'
import { AssigneeStatusFilter, workWhere } from '../staff/assignee-status.js'
import type { Task } from './task.entity.js'
import { overdueWhere } from './task-overdue.js'

@InputType({ description: 'What a task is about, beside its customer.' })
export class TaskSubjectInput {
  @Limited(limits.code)
  @Field(() => String, {
    description: 'Code of what it is, as events call it: `visit`, `complaint`. It becomes part of the event.',
  })
  type!: string
  @Field(() => ID, { description: 'Its id, a UUID.' })
  id!: string
}

@InputType({ description: 'A task to be given to somebody.' })
export class CreateTaskInput {
  @Field(() => ID, { nullable: true, description: 'The customer whom it concerns.' })
  customerId?: string | null
  @Limited(limits.code)
  @Field(() => String, {
    defaultValue: 'todo',
    description: 'Code of what kind of task it is, such as `call.back`. No free text: it becomes part of the event.',
  })
  kind!: string
  @Limited(limits.taskTitle)
  @Field(() => String, { description: 'What is to be done.' })
  title!: string
  @Limited(limits.taskNote)
  @Field(() => String, { nullable: true, description: 'What there is to know about it.' })
  note?: string | null
  @Field(() => TaskSubjectInput, { nullable: true, description: 'What it is about, beside the customer.' })
  subject?: TaskSubjectInput | null
  @Field(() => taskPriority.enum, { defaultValue: 'NORMAL', description: 'How much it matters.' })
  priority!: TaskPriority
  @Limited(limits.subject)
  @Field(() => String, {
    nullable: true,
    description:
      "Who does it: the identity provider's subject of a member of staff who works here, INVALID `staff.unknown` or `staff.left` otherwise; the caller where neither they nor a team is given.",
  })
  assigneeId?: string | null
  @Limited(limits.key)
  @Field(() => String, {
    nullable: true,
    description:
      'Key of the team of which somebody does it, INVALID `team.unknown` or `team.archived` where it is not in use, `task.two_assignees` beside `assigneeId`.',
  })
  teamKey?: string | null
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, { description: 'When it is to be done. May lie in the past.' })
  dueAt!: Date
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, { nullable: true, description: 'When whoever does it is reminded of it.' })
  remindAt?: Date | null
  @IdempotencyKey('Repeating the request with this key within 24 hours creates no second task.')
  idempotencyKey?: string | null
}

@InputType()
export class ChangeTaskInput {
  @Field(() => ID, { description: 'The task.' })
  id!: string
  @ExpectedVersion('The `version` that the caller has seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'What changes of an open task. What is left out stays.' })
export class UpdateTaskInput extends ChangeTaskInput {
  @Limited(limits.taskTitle)
  @Field(() => String, { nullable: true, description: 'What is to be done; stays where it is null.' })
  title?: string | null
  @Limited(limits.taskNote)
  @Field(() => String, { nullable: true, description: 'What there is to know about it; null clears it.' })
  note?: string | null
  @Field(() => taskPriority.enum, { nullable: true, description: 'How much it matters; stays where it is null.' })
  priority?: TaskPriority | null
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it is to be done; stays where it is null.' })
  dueAt?: Date | null
  @Limited(limits.eventTime)
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When whoever does it is reminded of it; null takes the reminder back.',
  })
  remindAt?: Date | null
}

@InputType({ description: 'A task to be given to somebody else, or to a team: one of both.' })
export class AssignTaskInput extends ChangeTaskInput {
  @Limited(limits.subject)
  @Field(() => String, {
    nullable: true,
    description:
      "Who does it: the identity provider's subject of a member of staff who works here; INVALID `staff.unknown` or `staff.left` otherwise.",
  })
  assigneeId?: string | null
  @Limited(limits.key)
  @Field(() => String, {
    nullable: true,
    description:
      'Key of the team of which somebody does it; INVALID `team.unknown` or `team.archived` where it is not in use.',
  })
  teamKey?: string | null
}

@InputType({ description: 'A task of which whoever does it wants to be reminded later.' })
export class SnoozeTaskInput extends ChangeTaskInput {
  @Field(() => DateTimeScalar, { description: 'When they are reminded of it, in the future.' })
  until!: Date
}

@InputType({ description: 'A task that is done.' })
export class CompleteTaskInput extends ChangeTaskInput {
  @Limited(limits.code)
  @Field(() => String, {
    nullable: true,
    description: 'Code of what came of it, such as `customer.reached`. No free text: it becomes part of the event.',
  })
  outcome?: string | null
  @Limited(limits.taskNote)
  @Field(() => String, { nullable: true, description: 'What came of it.' })
  note?: string | null
}

@InputType({ description: 'A task to be called off.' })
export class CancelTaskInput extends ChangeTaskInput {
  @Limited(limits.taskReason)
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null
}

@InputType({ description: 'A task to be taken up again.' })
export class ReopenTaskInput extends ChangeTaskInput {}

const TaskStatusFilter = enumFilter(taskStatus.enum, 'TaskStatusFilter')
const TaskPriorityFilter = enumFilter(taskPriority.enum, 'TaskPriorityFilter')

@InputType({ description: 'Which tasks; all conditions that are given must hold.' })
export class TaskFilter {
  @Field(() => [TaskFilter], combining.and)
  and?: TaskFilter[] | null
  @Field(() => [TaskFilter], combining.or)
  or?: TaskFilter[] | null
  @Field(() => TaskFilter, combining.not)
  not?: TaskFilter | null
  @Field(() => IDFilter, { nullable: true, description: 'The customer whom it concerns.' })
  customerId?: IDFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Code of what kind of task it is.' })
  kind?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'What is to be done.' })
  title?: StringFilter | null
  @Field(() => TaskStatusFilter, { nullable: true, description: 'Where it stands.' })
  status?: object | null
  @Field(() => TaskPriorityFilter, { nullable: true, description: 'How much it matters.' })
  priority?: object | null
  @Field(() => StringFilter, { nullable: true, description: 'Subject of who does it.' })
  assigneeId?: StringFilter | null
  @Field(() => AssigneeStatusFilter, {
    nullable: true,
    description: 'Whether whoever does it is here to do it; for whoever sees the staff.',
  })
  assigneeStatus?: object | null
  @Field(() => StringFilter, { nullable: true, description: 'Key of the team of which somebody does it.' })
  teamKey?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'Subject of who created it.' })
  createdBy?: StringFilter | null
  @Field(() => DateTimeFilter, { nullable: true, description: 'When it is to be done.' })
  dueAt?: DateTimeFilter | null
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it should be done already, as the field `overdue` says.',
  })
  overdue?: boolean | null
}

/** The ORM condition of a filter; its last argument is what `overdue` refers to. */
export const taskWhere = workWhere<Task, TaskFilter>('Task', overdueWhere)

export enum TaskOrderField {
  DUE_AT = 'dueAt',
  UPDATED_AT = 'updatedAt',
}
registerEnumType(TaskOrderField, {
  name: 'TaskOrderField',
  description: 'What tasks can be ordered by.',
  valuesConfig: {
    DUE_AT: { description: 'When they are to be done.' },
    UPDATED_AT: { description: 'When they were last changed.' },
  },
})

@InputType({ description: 'An order of tasks.' })
export class TaskOrder {
  @Field(() => TaskOrderField, { description: 'What they are ordered by.' })
  field!: TaskOrderField
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which end comes first.' })
  direction!: OrderDirection
}
