import { limits } from '@clientele/contracts'
import {
  type Context,
  checkList,
  refusalOf,
  type Transaction,
  tellRefusal,
  type ValidationIssues,
  validationIssues,
} from '@clientele/kit'
import { checkResult, checkUntil } from './check-task.js'
import { assignTask, completeTask, snoozeTask } from './task.actions.js'
import type { Task } from './task.entity.js'
import { checkAssignee } from './task-assignee.js'
import type { AssignTasksInput, CompleteTasksInput, SnoozeTasksInput, TasksInput } from './task-batch.input.js'
import type { TaskBatch, TaskOutcome } from './task-batch.js'

export const assignTasks = (ctx: Context, input: AssignTasksInput) =>
  eachOf(
    ctx,
    input,
    (issues, tx) => checkAssignee(tx, issues, input),
    (change) => assignTask(ctx, change),
  )

export const snoozeTasks = (ctx: Context, input: SnoozeTasksInput) =>
  eachOf(
    ctx,
    input,
    (issues, tx) => checkUntil(issues, input.until, tx.now()),
    (change) => snoozeTask(ctx, change),
  )

export const completeTasks = (ctx: Context, input: CompleteTasksInput) =>
  eachOf(
    ctx,
    input,
    (issues) => checkResult(issues, input),
    (change) => completeTask(ctx, change),
  )

/**
 * Changes one task after the other, each in a transaction of its own, so that one that is refused stops no other. What is wrong for all of them
 * is INVALID before any is changed.
 */
const eachOf = async <Input extends TasksInput>(
  ctx: Context,
  { ids: given, ...input }: Input,
  check: (issues: ValidationIssues, tx: Transaction) => unknown,
  change: (input: Omit<Input, 'ids'> & { id: string }) => Promise<Task>,
): Promise<TaskBatch> => {
  const ids = await ctx.transaction(async (tx) => {
    const issues = validationIssues()
    const list = checkList(issues, 'ids', given, limits.tasksAtOnce)
    await check(issues, tx)
    issues.refuse()
    return new Set(list)
  })
  const outcomes: TaskOutcome[] = []
  for (const id of ids) outcomes.push(await outcomeOf(ctx, id, change({ ...input, id })))
  return { outcomes, rejected: outcomes.filter(({ task }) => !task).length }
}

const outcomeOf = async (ctx: Context, id: string, changing: Promise<Task>): Promise<TaskOutcome> => {
  try {
    return { id, task: await changing, code: null, reason: null, message: null }
  } catch (error) {
    const refusal = refusalOf(ctx, error, { id }, 'a task of several could not be changed')
    return { id, task: null, ...tellRefusal(ctx, refusal) }
  }
}
