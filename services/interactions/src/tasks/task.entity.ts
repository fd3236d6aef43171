import { limits, type TaskPriority, type TaskStatus, taskPriority, taskStatus } from '@clientele/contracts'
import { connectionOf, DateTimeScalar, EntityType, recordColumns, TextSize } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { AgendaItem } from '../agenda/agenda-item.js'

registerEnumType(taskStatus.enum, {
  name: 'TaskStatus',
  description: 'Where a task stands.',
  valuesConfig: {
    OPEN: { description: 'It is to be done.' },
    COMPLETED: { description: 'It is done.' },
    CANCELLED: { description: 'It was called off.' },
  },
})
registerEnumType(taskPriority.enum, {
  name: 'TaskPriority',
  description: 'How much a task matters.',
  valuesConfig: {
    LOW: { description: 'It can wait for the others.' },
    NORMAL: { description: 'What most tasks are.' },
    HIGH: { description: 'It comes before the others.' },
    URGENT: { description: 'It comes before everything else.' },
  },
})

@ObjectType({ description: 'What a task is about, beside its customer.' })
export class TaskSubject {
  @Field(() => String, { description: 'Code of what it is, as events call it: `visit`, `complaint`.' })
  type!: string
  @Field(() => ID, { description: 'Its id, in the service that it belongs to.' })
  id!: string
}

@ObjectType({ description: 'The service that asked for a task.' })
export class TaskSource {
  @Field(() => String, { description: 'Its name: `profiles`, `surveys`.' })
  service!: string
  @Field(() => String, { description: 'What it knows the task by.' })
  key!: string
}

@ObjectType({ description: 'That a task was done.' })
export class TaskResult {
  @Field(() => DateTimeScalar, { description: 'When it was done.' })
  at!: string
  @Field(() => String, { description: 'Subject of the person who did it.' })
  by!: string
  @Field(() => String, {
    nullable: true,
    description: 'Code of what came of it, such as `customer.reached`; part of the event. Null where none was given.',
  })
  outcome!: string | null
  @TextSize(limits.taskNote)
  @Field(() => String, {
    nullable: true,
    description: 'What came of it; null where nothing was noted, or it is hidden from you.',
  })
  note!: string | null
}

@ObjectType({ description: 'That a task was called off.' })
export class TaskCancellation {
  @Field(() => DateTimeScalar, { description: 'When it was called off.' })
  at!: string
  @Field(() => String, { description: 'Subject of the person who called it off.' })
  by!: string
  @Field(() => String, {
    nullable: true,
    description: 'Why; null where nothing was said, or it is hidden from you.',
  })
  reason!: string | null
}

const TaskSchema = defineEntity({
  name: 'Task',
  properties: {
    ...recordColumns,
    customerId: p.uuid().nullable(),
    kind: p.string(),
    title: p.text(),
    note: p.text().nullable(),
    subjectType: p.string().nullable(),
    subjectId: p.uuid().nullable(),
    status: p.enum(() => taskStatus.enum),
    priority: p.enum(() => taskPriority.enum),
    assigneeId: p.string().nullable(),
    teamKey: p.string().nullable(),
    dueAt: p.datetime(),
    remindAt: p.datetime().nullable(),
    result: p.json<TaskResult>().nullable(),
    cancellation: p.json<TaskCancellation>().nullable(),
    sourceService: p.string().nullable(),
    sourceKey: p.string().nullable(),
    createdOnBehalfOf: p.string().nullable(),
  },
})

@EntityType('Something that a member of staff, or a team, has to do. Analysts see none of its texts.', {
  implements: AgendaItem,
})
export class Task extends TaskSchema.class implements AgendaItem {
  @Field(() => ID, { nullable: true, description: 'The customer whom it concerns; null where it concerns none.' })
  declare customerId: string | null
  @Field(() => String, { description: 'Code of what kind of task it is, such as `call.back`.' })
  declare kind: string
  @Field(() => String, { nullable: true, description: 'What is to be done; null where it is hidden from you.' })
  declare title: string
  @TextSize(limits.taskNote)
  @Field(() => String, {
    nullable: true,
    description: 'What there is to know about it; null where nothing was noted, or it is hidden from you.',
  })
  declare note: string | null
  @Field(() => taskStatus.enum, { description: 'Where it stands.' })
  declare status: TaskStatus
  @Field(() => taskPriority.enum, { description: 'How much it matters.' })
  declare priority: TaskPriority
  @Field(() => String, {
    nullable: true,
    description: "Who does it: the identity provider's subject of a member of staff; null where a team does.",
  })
  declare assigneeId: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Key of the team of which somebody does it; null where one member of staff does.',
  })
  declare teamKey: string | null
  @Field(() => DateTimeScalar, { description: 'When it is to be done.' })
  declare dueAt: Date
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When whoever does it is reminded of it; null where they are not.',
  })
  declare remindAt: Date | null
  @Field(() => TaskResult, { nullable: true, description: 'What came of it; null unless it is COMPLETED.' })
  declare result: TaskResult | null
  @Field(() => TaskCancellation, { nullable: true, description: 'Why it was called off; null unless it was.' })
  declare cancellation: TaskCancellation | null

  @Field(() => TaskSubject, {
    nullable: true,
    description: 'What it is about, beside the customer; null where nothing else.',
  })
  get subject(): TaskSubject | null {
    const { subjectType: type, subjectId: id } = this
    return type != null && id != null ? { type, id } : null
  }

  @Field(() => TaskSource, {
    nullable: true,
    description: 'The service that asked for it, which is told what becomes of it; null where a person created it.',
  })
  get source(): TaskSource | null {
    const { sourceService: service, sourceKey: key } = this
    return service != null && key != null ? { service, key } : null
  }

  declare subjectType: string | null
  declare subjectId: string | null
  declare sourceService: string | null
  declare sourceKey: string | null
  declare createdOnBehalfOf: string | null
}
TaskSchema.setClass(Task)

export const TaskConnection = connectionOf(Task, 'Task')
