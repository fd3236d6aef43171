import {
  type EventData,
  type EventType,
  limits,
  taskAssigned,
  taskCancelled,
  taskChanged,
  taskCompleted,
  taskReopened,
  taskSnoozed,
} from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkId,
  checkRequiredText,
  checkText,
  checkTime,
  expectVersion,
  locked,
  type Transaction,
  type ValidationIssues,
  validationIssues,
} from '@clientele/kit'
import { customers } from '../customer/customer.actions.js'
import { noticeOf } from '../notifications/notification.actions.js'
import { tellFormer } from '../notifications/tell-former.js'
import { checkResult, checkUntil } from './check-task.js'
import { newTask } from './new-task.js'
import { Task } from './task.entity.js'
import type {
  AssignTaskInput,
  CancelTaskInput,
  ChangeTaskInput,
  CompleteTaskInput,
  CreateTaskInput,
  ReopenTaskInput,
  SnoozeTaskInput,
  UpdateTaskInput,
} from './task.input.js'
import { taskPolicy } from './task.policy.js'
import { taskWorkflow } from './task.workflow.js'
import { checkAssignee } from './task-assignee.js'
import { dataOf, type TaskData } from './task-event.js'
import { tellOfAssignment } from './task-recipients.js'
import { momentsOf, moveTimers } from './task-timers.js'

/** Gives somebody, or a team, something to do. Throws INVALID with all faults, NOT_FOUND `customer.unknown`. */
export const createTask = (ctx: Context, input: CreateTaskInput) =>
  ctx.transaction(
    async (tx) => {
      tx.allow(taskPolicy.create)
      const issues = validationIssues()
      checkTimes(issues, input)
      const fields = {
        kind: checkRequiredText(issues, 'kind', input.kind, limits.code),
        title: checkRequiredText(issues, 'title', input.title, limits.taskTitle),
        note: checkText(issues, 'note', input.note, limits.taskNote) ?? null,
        subjectType: input.subject ? checkRequiredText(issues, 'subject.type', input.subject.type, limits.code) : null,
        subjectId: input.subject ? checkId(issues, 'subject.id', input.subject.id) : null,
        ...(await checkAssignee(tx, issues, input, { otherwise: tx.actor.subject })),
      }
      issues.refuse()
      const customer =
        input.customerId == null
          ? null
          : await customers.require(tx, input.customerId, taskPolicy.create, { archived: 'accepted' })
      return newTask(tx, {
        ...fields,
        customerId: customer?.id ?? null,
        ...{ priority: input.priority, dueAt: input.dueAt, remindAt: input.remindAt ?? null },
      })
    },
    { key: input.idempotencyKey, operation: 'createTask', input },
  )

/** Changes what is to be done, how urgently and until when; saying the same again changes nothing. Throws CONFLICT `task.ended`. */
export const updateTask = (ctx: Context, input: UpdateTaskInput) =>
  changeTask(ctx, input, taskChanged, (task) => {
    requireOpen(task)
    const issues = validationIssues()
    checkTimes(issues, input)
    const values = {
      title: checkRequiredText(issues, 'title', input.title ?? task.title, limits.taskTitle),
      note: input.note === undefined ? task.note : (checkText(issues, 'note', input.note, limits.taskNote) ?? null),
      priority: input.priority ?? task.priority,
      dueAt: input.dueAt ?? task.dueAt,
      remindAt: input.remindAt === undefined ? task.remindAt : input.remindAt,
    }
    issues.refuse()
    const changedFields = change(task, values)
    return changedFields.length ? { changedFields } : unchanged
  })

/** Gives an open task to somebody else, or to a team. Whoever has it already keeps it. */
export const assignTask = (ctx: Context, input: AssignTaskInput) =>
  ctx.transaction(async (tx) => {
    const task = await locked(tx, Task, input.id, taskPolicy.write)
    expectVersion(task, input.expectedVersion)
    requireOpen(task)
    const issues = validationIssues()
    const assigned = await checkAssignee(tx, issues, input, { current: task.teamKey })
    issues.refuse()
    const { assigneeId } = task
    if (!giveTask(tx, task, assigned)) return task
    await tellOfAssignment(tx, task)
    await tellFormer(tx, assigneeId, noticeOf('TASK_REASSIGNED', 'task', task))
    return task
  })

/** Gives a task to somebody, or to a team, with the event; whether that changes anything. Its times stay, and so do its timers. */
export const giveTask = (tx: Transaction, task: Task, to: Pick<Task, 'assigneeId' | 'teamKey'>): boolean => {
  if (!change(task, to).length) return false
  tx.emit(taskAssigned, task, dataOf(task))
  return true
}

/** Puts the reminder of an open task off. */
export const snoozeTask = (ctx: Context, input: SnoozeTaskInput) =>
  changeTask(ctx, input, taskSnoozed, (task, tx) => {
    requireOpen(task)
    const issues = validationIssues()
    checkUntil(issues, input.until, tx.now())
    issues.refuse()
    return change(task, { remindAt: input.until }).length ? {} : unchanged
  })

/** Notes that a task is done, and what came of it. */
export const completeTask = (ctx: Context, input: CompleteTaskInput) =>
  changeTask(ctx, input, taskCompleted, async (task, tx) => {
    const issues = validationIssues()
    const result = checkResult(issues, input)
    issues.refuse()
    taskWorkflow.move(task, 'COMPLETED')
    task.result = { at: tx.now().toISOString(), by: tx.actor.subject, ...result }
    await tellFormer(tx, task.assigneeId, noticeOf('TASK_COMPLETED', 'task', task))
    return { outcome: result.outcome }
  })

/** Calls a task off. */
export const cancelTask = (ctx: Context, input: CancelTaskInput) =>
  changeTask(ctx, input, taskCancelled, async (task, tx) => {
    const issues = validationIssues()
    const reason = checkText(issues, 'reason', input.reason, limits.taskReason) ?? null
    issues.refuse()
    taskWorkflow.move(task, 'CANCELLED')
    task.cancellation = { at: tx.now().toISOString(), by: tx.actor.subject, reason }
    await tellFormer(tx, task.assigneeId, noticeOf('TASK_CANCELLED', 'task', task))
    return {}
  })

/** Takes up again what was done or called off. Nobody is reminded a second time of a moment that has passed. */
export const reopenTask = (ctx: Context, input: ReopenTaskInput) =>
  changeTask(ctx, input, taskReopened, (task, tx) => {
    taskWorkflow.move(task, 'OPEN')
    if (task.remindAt && task.remindAt <= tx.now()) task.remindAt = null
    task.result = null
    task.cancellation = null
    return {}
  })

const unchanged = Symbol('unchanged')

type More<Data> = Omit<Data, keyof TaskData | keyof EventData>

/** Loads a task for change, changes it and publishes it, with what `make` returns beside the data that all events of tasks have. */
const changeTask = <Data extends TaskData & EventData>(
  ctx: Context,
  input: ChangeTaskInput,
  event: EventType<Data>,
  make: (task: Task, tx: Transaction) => Promise<More<Data> | typeof unchanged> | More<Data> | typeof unchanged,
) =>
  ctx.transaction(async (tx) => {
    const task = await locked(tx, Task, input.id, taskPolicy.write)
    expectVersion(task, input.expectedVersion)
    const moments = momentsOf(task)
    const more = await make(task, tx)
    if (more === unchanged) return task
    tx.emit(event, task, { ...dataOf(task), ...more } as Omit<Data, 'id' | 'version'>)
    await moveTimers(tx, task, moments)
    return task
  })

/** Sets the values, and answers with the fields that they changed. */
const change = (task: Task, values: Partial<Task>): string[] => {
  const changed = Object.entries(values).filter(([field, value]) => {
    const before = task[field as keyof Task]
    return (before instanceof Date ? +before : before) !== (value instanceof Date ? +value : value)
  })
  Object.assign(task, Object.fromEntries(changed))
  return changed.map(([field]) => field)
}

const checkTimes = (issues: ValidationIssues, times: { dueAt?: Date | null; remindAt?: Date | null }) => {
  for (const field of ['dueAt', 'remindAt'] as const) {
    const at = times[field]
    if (at) checkTime(issues, field, at, limits.eventTime)
  }
}

const requireOpen = ({ status }: Task) => {
  if (status !== 'OPEN') throw new Conflict(`A task that is ${status} is over.`, { reason: 'task.ended' })
}
