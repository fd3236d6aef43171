import { calendarInChinese } from '@clientele/business-calendar'
import { conditionsInChinese } from '@clientele/conditions'
import type { Messages } from '@clientele/kit'

type Most = { most: number }

const automationEventsInChinese: Readonly<Record<string, string>> = {
  CUSTOMER_CREATED: '新建客户',
  CUSTOMER_UPDATED: '客户信息变更',
  CUSTOMER_ARCHIVED: '客户归档',
  CUSTOMER_RESTORED: '客户恢复',
  CUSTOMER_TAGGED: '客户加标签',
  CUSTOMER_UNTAGGED: '客户去标签',
  PURCHASE_RECORDED: '记录交易',
  COMPLAINT_RECEIVED: '收到投诉',
  COMPLAINT_ASSESSED: '投诉已评估',
  COMPLAINT_CLOSED: '投诉结案',
  COMPLAINT_REOPENED: '投诉重新打开',
  VISIT_COMPLETED: '拜访完成',
  VISIT_CANCELLED: '拜访取消',
  RESPONSE_COMPLETED: '收到答卷',
  SEGMENT_ENTERED: '进入分群',
  SEGMENT_EXITED: '离开分群',
  SCHEDULED: '到达计划时间',
}

/** What the service says, in Chinese. */
export const zh = {
  ...calendarInChinese,
  ...conditionsInChinese,
  'segment.unknown': '客户分群不存在，或您无权查看',
  'segment.awaited': ({ name }: { name: string }) => `自动化规则“${name}”正在使用该客户分群，请先停用它`,
  'segment.archived': '该客户分群已归档，不能再修改',
  'segment.key_taken': '已有使用此键的客户分群',
  'segment.not_static': '动态分群的成员由规则决定，不能手动增减',
  'segment.too_many': ({ most }: Most) => `最多使用 ${most} 个客户分群，请先归档一个`,
  'segment.too_many_conditions': ({ most }: Most) =>
    `使用中的分群规则合计最多 ${most} 个条件，请简化规则或归档一个分群`,
  'customer.unknown': '客户不存在，或您无权查看',
  'customer.archived': '该客户已归档',
  'rule.missing': '动态分群需要规则',
  'rule.unexpected': '静态分群的成员由人工选定，不能有规则',
  'automation.unknown': '自动化规则不存在',
  'automation.author_beyond': '其作者的权限范围超出您的权限，只有作者本人或管理员可以操作',
  'automation.too_many': ({ most }: Most) => `最多 ${most} 个自动化规则，请先删除一个`,
  'automation.segment': '仅分群事件需要且必须指定分群',
  'automation.changed_fields': '仅 CUSTOMER_UPDATED 可指定变更字段',
  'automation.schedule': '仅 SCHEDULED 需要且必须指定计划',
  'automation.schedule_condition': '按计划触发时必须指定客户条件',
  'automation.time': '应为 00:00 至 23:59 之间、HH:MM 格式的时间',
  'automation.recurrence': '星期与每月日期只能指定其一',
  'automation.changed_field': ({ fields }: { fields: readonly string[] }) => `请填写客户的字段：${fields.join('、')}`,
  'automation.event_field': ({ fields }: { fields: readonly string[] }) =>
    fields.length ? `此事件只提供：${fields.join('、')}` : '此事件不提供可用于条件的内容',
  'automation.action': ({ allowed }: { allowed: readonly string[] }) => `请指定其中一项：${allowed.join('、')}`,
  'automation.second_assignment': '一个自动化规则只能指派一次负责人',
  'automation.assignee': '请指定其中一项：负责人、团队或员工',
  'automation.owner': '请指定其中一项：团队或员工',
  'automation.why': ({ event, conditions }: { event: string; conditions: string }) =>
    `因为：${[automationEventsInChinese[event] ?? event, conditions].filter(Boolean).join('；')}`,
  'staff.unknown': '不是已登记的员工，可用 staff 查询',
  'staff.left': '该员工已离职',
  'tag.retired': '该标签已停用，不能再新增',
  'team.unknown': '没有这个团队',
  'team.archived': '该团队已停用',
  'team.nobody': '该团队中没有在职成员',
} satisfies Messages

type SegmentationMessages = typeof zh

declare module '@clientele/kit' {
  interface Reasons extends SegmentationMessages {}
}
