import { type Context, type Page, PageArgs, pageByKey, paginate, requireById } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { timeOfRequest } from '../customer/time-of-request.js'
import { whoAnswersFor } from '../staff/recipients.js'
import { Staff, Team } from '../staff/staff.ref.js'
import { staffNamed, teamNamed } from '../staff/staff-named.js'
import { assignTask, cancelTask, completeTask, createTask, reopenTask, snoozeTask, updateTask } from './task.actions.js'
import { Task, TaskConnection } from './task.entity.js'
import {
  AssignTaskInput,
  CancelTaskInput,
  CompleteTaskInput,
  CreateTaskInput,
  ReopenTaskInput,
  SnoozeTaskInput,
  TaskFilter,
  TaskOrder,
  taskWhere,
  UpdateTaskInput,
} from './task.input.js'
import { taskPolicy } from './task.policy.js'
import { isOverdue } from './task-overdue.js'

@Resolver(() => Task)
export class TaskResolver {
  @Query(() => Task, { nullable: true, description: 'One task; null and NOT_FOUND where there is none of this id.' })
  async task(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: Context): Promise<Task> {
    return requireById(ctx, Task, id, taskPolicy.read)
  }

  @Query(() => TaskConnection, {
    description: 'Tasks of everybody, what is due first first unless ordered otherwise.',
  })
  async tasks(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => TaskFilter, { nullable: true, description: 'Only these; all when left out.' })
    filter: TaskFilter | null,
    @Arg('orderBy', () => TaskOrder, { nullable: true, description: 'Their order.' }) orderBy: TaskOrder | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Task>> {
    const { field, direction } = orderBy ?? { field: 'dueAt', direction: 'asc' as const }
    const where = await taskWhere(ctx, filter, ctx.now())
    return paginate(ctx.em, Task, { ...page, where, orderBy: [[field, direction]] })
  }

  @FieldResolver(() => Customer, {
    nullable: true,
    description: 'The customer whom it concerns, if any.',
  })
  customer(@Root() { customerId }: Task): Customer | null {
    return customerId == null ? null : { id: customerId }
  }

  @FieldResolver(() => Staff, {
    nullable: true,
    description: 'Who does it, also where they have left; null where a team does, or `assigneeId` names nobody.',
  })
  assignee(@Root() { assigneeId }: Task, @Ctx() ctx: Context): Promise<Staff | null> | null {
    return staffNamed(ctx, assigneeId)
  }

  @FieldResolver(() => Staff, {
    nullable: true,
    description:
      'Who answers for it at this moment: the assignee, or while they are away the first in the chain of their substitutes who is here; where they have left and nobody stands in for them, a manager of their territory or of the nearest one above, else an admin. Null where a team does it, `assigneeId` names nobody, or they have left and nobody answers for them (`assigneeStatus: LEFT` finds it).',
  })
  async handledBy(@Root() { assigneeId }: Task, @Ctx() ctx: Context): Promise<Staff | null> {
    if (assigneeId === null) return null
    const subject = await ctx.loaders.batch('staff.answering', assigneeId, async (em, subjects) => {
      const answering = await whoAnswersFor({ em }, subjects, ctx.now())
      return subjects.map((one) => answering.get(one)!)
    })
    return staffNamed(ctx, subject)
  }

  @FieldResolver(() => Team, {
    nullable: true,
    description: 'The team of which somebody does it; null where one member of staff does.',
  })
  team(@Root() { teamKey }: Task, @Ctx() ctx: Context): Promise<Team | null> | null {
    return teamNamed(ctx, teamKey)
  }

  @FieldResolver(() => Boolean, { description: 'Whether it should be done already.' })
  overdue(@Root() task: Task, @Ctx() ctx: Context): boolean {
    return isOverdue(task, ctx.now())
  }

  @Mutation(() => Task, {
    description:
      'Gives a member of staff, or a team, something to do. For admin, manager, sales, service and privacy_officer.',
  })
  createTask(
    @Arg('input', () => CreateTaskInput, { description: 'What is to be done.' }) input: CreateTaskInput,
    @Ctx() ctx: Context,
  ) {
    return createTask(ctx, input)
  }

  @Mutation(() => Task, {
    description:
      'Changes what is to be done, how much it matters and until when. For admin, manager, sales, service and privacy_officer.',
  })
  updateTask(
    @Arg('input', () => UpdateTaskInput, { description: 'The task and what changes of it.' }) input: UpdateTaskInput,
    @Ctx() ctx: Context,
  ) {
    return updateTask(ctx, input)
  }

  @Mutation(() => Task, {
    description:
      'Gives an open task to somebody else, or to a team. For admin, manager, sales, service and privacy_officer.',
  })
  assignTask(
    @Arg('input', () => AssignTaskInput, { description: 'The task and who does it.' }) input: AssignTaskInput,
    @Ctx() ctx: Context,
  ) {
    return assignTask(ctx, input)
  }

  @Mutation(() => Task, {
    description: 'Puts the reminder of an open task off. For admin, manager, sales, service and privacy_officer.',
  })
  snoozeTask(
    @Arg('input', () => SnoozeTaskInput, { description: 'The task and until when.' }) input: SnoozeTaskInput,
    @Ctx() ctx: Context,
  ) {
    return snoozeTask(ctx, input)
  }

  @Mutation(() => Task, {
    description: 'Notes that a task is done. For admin, manager, sales, service and privacy_officer.',
  })
  completeTask(
    @Arg('input', () => CompleteTaskInput, { description: 'The task and what came of it.' }) input: CompleteTaskInput,
    @Ctx() ctx: Context,
  ) {
    return completeTask(ctx, input)
  }

  @Mutation(() => Task, {
    description: 'Calls an open task off. For admin, manager, sales, service and privacy_officer.',
  })
  cancelTask(
    @Arg('input', () => CancelTaskInput, { description: 'The task and why.' }) input: CancelTaskInput,
    @Ctx() ctx: Context,
  ) {
    return cancelTask(ctx, input)
  }

  @Mutation(() => Task, {
    description:
      'Takes up again a task that was done or called off. For admin, manager, sales, service and privacy_officer.',
  })
  reopenTask(
    @Arg('input', () => ReopenTaskInput, { description: 'The task.' }) input: ReopenTaskInput,
    @Ctx() ctx: Context,
  ) {
    return reopenTask(ctx, input)
  }
}

@Resolver(() => Customer)
export class CustomerTasksResolver {
  @FieldResolver(() => TaskConnection, {
    nullable: true,
    description: 'Tasks about this customer, what is due first first.',
  })
  async tasks(
    @Root() { id }: Customer,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => TaskFilter, { nullable: true, description: 'Only these; all when left out.' })
    filter: TaskFilter | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Task>> {
    const where = await taskWhere(ctx, filter, await timeOfRequest(ctx))
    return pageByKey(ctx, Task, { ...page, by: 'customerId', key: id, where, orderBy: [['dueAt', 'asc']] })
  }
}
