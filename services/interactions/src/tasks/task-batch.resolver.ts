import type { Context } from '@clientele/kit'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import { assignTasks, completeTasks, snoozeTasks } from './task-batch.actions.js'
import { AssignTasksInput, CompleteTasksInput, SnoozeTasksInput } from './task-batch.input.js'
import { TaskBatch } from './task-batch.js'

@Resolver()
export class TaskBatchResolver {
  @Mutation(() => TaskBatch, {
    description:
      'Gives open tasks to somebody else, or to a team, each by itself. For admin, manager, sales, service and privacy_officer.',
  })
  assignTasks(
    @Arg('input', () => AssignTasksInput, { description: 'The tasks and who does them.' }) input: AssignTasksInput,
    @Ctx() ctx: Context,
  ) {
    return assignTasks(ctx, input)
  }

  @Mutation(() => TaskBatch, {
    description:
      'Puts the reminders of open tasks off, each by itself. For admin, manager, sales, service and privacy_officer.',
  })
  snoozeTasks(
    @Arg('input', () => SnoozeTasksInput, { description: 'The tasks and until when.' }) input: SnoozeTasksInput,
    @Ctx() ctx: Context,
  ) {
    return snoozeTasks(ctx, input)
  }

  @Mutation(() => TaskBatch, {
    description: 'Notes that tasks are done, each by itself. For admin, manager, sales, service and privacy_officer.',
  })
  completeTasks(
    @Arg('input', () => CompleteTasksInput, { description: 'The tasks and what came of them.' })
    input: CompleteTasksInput,
    @Ctx() ctx: Context,
  ) {
    return completeTasks(ctx, input)
  }
}
