import type { NotificationKind } from '@clientele/contracts'
import { type Context, idsParameter, type Language, languageOf } from '@clientele/kit'
import { Complaint } from '../complaints/complaint.entity.js'
import { staff } from '../staff/staff.actions.js'
import { Task } from '../tasks/task.entity.js'
import { Visit } from '../visits/visit.entity.js'
import type { Notification } from './notification.entity.js'

const sentences: Record<NotificationKind, Record<Language, (name: string) => string>> = {
  TASK_REMINDER: { en: (name) => `Reminder: ${name}`, zh: (name) => `提醒：${name}` },
  TASK_OVERDUE: { en: (name) => `Overdue: ${name}`, zh: (name) => `已逾期：${name}` },
  TASK_ASSIGNED: { en: (name) => `New task: ${name}`, zh: (name) => `新任务：${name}` },
  TASK_REASSIGNED: { en: (name) => `Task given to somebody else: ${name}`, zh: (name) => `任务已转交他人：${name}` },
  TASK_COMPLETED: { en: (name) => `Task done by somebody else: ${name}`, zh: (name) => `任务已由他人完成：${name}` },
  TASK_CANCELLED: {
    en: (name) => `Task called off by somebody else: ${name}`,
    zh: (name) => `任务已被他人取消：${name}`,
  },
  VISIT_ASSIGNED: { en: (name) => `New visit: ${name}`, zh: (name) => `新拜访：${name}` },
  VISIT_REASSIGNED: {
    en: (name) => `Visit is no longer yours: ${name}`,
    zh: (name) => `拜访不再由您负责：${name}`,
  },
  VISIT_COMPLETED: {
    en: (name) => `Visit completed by somebody else: ${name}`,
    zh: (name) => `拜访已由他人完成：${name}`,
  },
  VISIT_CANCELLED: {
    en: (name) => `Visit called off by somebody else: ${name}`,
    zh: (name) => `拜访已被他人取消：${name}`,
  },
  VISIT_VOIDED: {
    en: (name) => `Visit declared void by somebody else: ${name}`,
    zh: (name) => `拜访已被他人作废：${name}`,
  },
  COMPLAINT_ASSIGNED: { en: (name) => `New complaint: ${name}`, zh: (name) => `新投诉：${name}` },
  COMPLAINT_REASSIGNED: {
    en: (name) => `Complaint is no longer yours: ${name}`,
    zh: (name) => `投诉不再由您处理：${name}`,
  },
  COMPLAINT_CLOSED: {
    en: (name) => `Complaint closed by somebody else: ${name}`,
    zh: (name) => `投诉已由他人结案：${name}`,
  },
  COMPLAINT_WITHDRAWN: {
    en: (name) => `Complaint noted as withdrawn by somebody else: ${name}`,
    zh: (name) => `投诉已由他人登记为撤回：${name}`,
  },
  COMPLAINT_DUPLICATE: {
    en: (name) => `Complaint marked as a duplicate by somebody else: ${name}`,
    zh: (name) => `投诉已被他人标记为重复：${name}`,
  },
  WORK_REASSIGNED: {
    en: (count) => `Work of yours was given to somebody else: ${count}`,
    zh: (count) => `您的工作已转交他人：${count} 项`,
  },
  WORK_ASSIGNED: {
    en: (count) => `Work of a colleague is yours now: ${count}`,
    zh: (count) => `同事的工作已转交给您：${count} 项`,
  },
  AUTOMATION: { en: (text) => text, zh: (text) => text },
  COMPLAINT_ESCALATED: { en: (name) => `Complaint escalated: ${name}`, zh: (name) => `投诉已升级：${name}` },
}

/** What is said where the reader does not see, or no longer sees, what it is about. */
const unnamed = '…'

/** A notification in words, in the language of its reader: Chinese, or English for everybody else. */
export const textOf = async (ctx: Context, notification: Notification): Promise<string> => {
  const [language, name] = await Promise.all([languageOfReader(ctx), nameOf(ctx, notification)])
  return sentences[notification.kind][language](name ?? unnamed)
}

const languageOfReader = (ctx: Context): Promise<Language> =>
  ctx.loaders.batch('language', ctx.actor.subject, async (em, subjects) => {
    const known = new Map((await staff.known({ em }, subjects, 'sub')).map(({ sub, language }) => [sub, language]))
    return subjects.map((subject) => languageOf(known.get(subject) ?? ''))
  })

const nameOf = async (ctx: Context, notification: Notification): Promise<string | undefined> => {
  const { kind, message } = notification
  const { type, id } = notification.subject
  const lost = nameOfLost[kind]
  if (lost) return ctx.loaders.batch(`lost.${type}`, id, lost)
  if (message !== null) return message
  const { loaders } = ctx
  if (type === 'task') return (await loaders.byId(Task, id))?.title
  if (type === 'visit') return (await loaders.byId(Visit, id))?.purpose
  return (await loaders.byId(Complaint, id))?.number
}

type Names = (em: Context['em'], ids: readonly string[]) => Promise<readonly (string | undefined)[]>

const namesFrom =
  (statement: string): Names =>
  async (em, ids) => {
    const rows = await em.execute<{ id: string; name: string }[]>(statement, [idsParameter(ids)])
    const found = new Map(rows.map(({ id, name }) => [id, name]))
    return ids.map((id) => found.get(id))
  }

/** What the reader had until then is read past their access scope: they are told which it was, though they may see it no longer. */
const nameOfLost: Partial<Record<NotificationKind, Names>> = {
  TASK_REASSIGNED: namesFrom('select id, title as name from task where id = any(?::uuid[])'),
  VISIT_REASSIGNED: namesFrom('select id, purpose as name from visit where id = any(?::uuid[])'),
  COMPLAINT_REASSIGNED: namesFrom('select id, number as name from complaint where id = any(?::uuid[])'),
}
