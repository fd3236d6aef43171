import { limits } from '@clientele/contracts'
import { ListSize } from '@clientele/kit'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Task } from './task.entity.js'

@ObjectType({ description: 'What became of one of several tasks.' })
export class TaskOutcome {
  @Field(() => ID, { description: 'The task, as its id was given.' })
  id!: string
  @Field(() => Task, { nullable: true, description: 'The task as it is now; null where it was refused.' })
  task!: Task | null
  @Field(() => String, {
    nullable: true,
    description: 'Code of the error, as in `extensions.code`: `NOT_FOUND`, `CONFLICT`. Null where it was done.',
  })
  code!: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Reason of the error, such as `task.ended`; null where it was done, or there is none.',
  })
  reason!: string | null
  @Field(() => String, { nullable: true, description: 'What was wrong; null where it was done.' })
  message!: string | null
}

@ObjectType({ description: 'What became of several tasks, each by itself.' })
export class TaskBatch {
  @ListSize(limits.tasksAtOnce)
  @Field(() => [TaskOutcome], {
    description: 'An outcome for each id that was given, in their order, repeated ones once.',
  })
  outcomes!: TaskOutcome[]
  @Field(() => Int, { description: 'How many were refused.' })
  rejected!: number
}
