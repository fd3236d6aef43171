import { calendarInChinese } from '@clientele/business-calendar'
import { filesInChinese } from '@clientele/files'
import type { Messages } from '@clientele/kit'

type Most = { most: number }

/** What the service says, in Chinese. */
export const zh = {
  ...calendarInChinese,
  ...filesInChinese,
  'complaint.unknown': '投诉不存在，或您无权查看',
  'visit.unknown': '拜访不存在，或您无权查看',
  'contact.unknown': '联系记录不存在，或您无权查看',
  'customer.unknown': '客户不存在，或您无权查看',
  'customer.archived': '该客户已归档',
  'staff.unknown': '不是已登记的员工',
  'staff.left': '该员工已离职',
  'team.unknown': '没有这个团队',
  'team.archived': '该团队已停用',
  'team.nobody': '该团队中没有在职成员',
  'automation.other_action': '此服务不执行这种操作',

  'calendar_feed.unknown': '您没有日历订阅链接，或您无权结束该链接',

  'complaint.no_root_cause': '结案前须记录根本原因',
  'complaint.decision_not_communicated': '结案前须将处理决定告知客户',
  'complaint.no_customer_reply': '结案前须收到客户答复，或等到答复期限已过',
  'complaint.no_reply_awaited': '当前不在等待客户答复',
  'complaint.not_investigated': '该投诉不在调查中',
  'complaint.needs_approval': ({ amount, currency }: { amount: string; currency: string; roles: readonly string[] }) =>
    `补偿超过 ${amount} ${currency}，须由管理员或经理告知客户`,
  'complaint.ended': '该投诉已结束',
  'complaint.original_ended': '所重复的投诉须尚未结束；已结案的可以重新打开',
  'complaint.other_customer': '应为同一客户的投诉',
  'complaint.duplicate_of_itself': '不能是该投诉本身，也不能是重复它的投诉',
  'complaint.too_many_steps': ({ most }: Most) => `一件投诉最多 ${most} 个步骤，现在只能办理到结束`,
  'contact.empty': '主题和正文至少填写一项',
  'deadline.too_far': '按租户的默认日历，此时限需要二十年以上的工作时间',
  'notification.ids_or_all': '请给出通知的 id 或 all，不能同时给出，也不能都不给',
  'notification.unknown': '通知不存在，或您无权查看',
  'task.unknown': '任务不存在，或您无权查看',
  'task.ended': '该任务已结束',
  'task.two_assignees': '只能指派给一个团队或一名员工，不能同时指派',
  'task.no_assignee': '须指派给一名员工或一个团队',
  'time.past': '应为将来的时间',
  'visit.ended': '该拜访已结束',
  'visit.end_before_start': '结束时间不能早于开始时间',
  'visit.not_started': '尚未记录拜访的开始时间，请填写 startedAt',
  'visit.not_begun': '拜访尚未开始，不能更正此项',
  'visit.not_completed': '拜访尚未完成，不能更正此项',
  'visit.too_many_reschedules': ({ most }: Most) => `一次拜访最多改期 ${most} 次，请取消后重新计划`,
  'work_reassignment.unknown': '工作移交记录不存在，或您无权查看',
  'work_reassignment.same_person': '接手人不能是原负责人本人',
  'work_reassignment.visits_to_team': '拜访不能移交给团队，请选择一名员工',
  'work_reassignment.running': '该员工的工作正在移交中',
  '*.too_many_corrections': ({ most }: Most) => `一条记录最多更正 ${most} 次，请作废后重新录入`,
  '*.voided': '该记录已作废，不能更正，请重新录入',
} satisfies Messages

type InteractionsMessages = typeof zh

declare module '@clientele/kit' {
  interface Reasons extends InteractionsMessages {}
}
