import type { Messages } from '@clientele/kit'

type Kind = { kind: string }

/** What the service says, in Chinese. */
export const zh = {
  'survey.unknown': '调查不存在，或您无权查看',
  'survey.unknown_version': '该调查没有这个版本',
  'survey.closed': '调查已关闭，不能修改',
  'survey.key_taken': '已有使用此键的调查',
  'survey.no_questions': '调查至少需要一个问题',
  'survey.not_published': '该调查目前不接受作答',
  'survey.nothing_to_publish': '自上一版本以来没有新的草稿',
  'survey.too_many_versions': ({ most }: { most: number }) => `一项调查最多 ${most} 个版本，请新建调查`,
  'invitation.unknown': '邀请不存在或已失效',
  'invitation.answered': '该邀请已作答',
  'invitation.revoked': '该邀请已撤回',
  'invitation.expired': '该邀请已过期',
  'response.unknown': '答卷不存在，或您无权查看',
  'customer.unknown': '客户不存在，或您无权查看',
  'customer.archived': '该客户已归档',
  'answer.none': '至少回答一个问题',
  'answer.required': ({ question }: { question: string }) => `问题 ${question} 必须回答`,
  'answer.unknown_question': '此版本的调查没有这个问题',
  'answer.unknown_choice': ({ allowed }: { allowed: readonly string[] }) => `应为以下选项之一：${allowed.join('、')}`,
  'answer.kind': ({ kind, field }: Kind & { field: string }) => `${kind} 类问题应以 ${field} 作答`,
  'choices.unexpected': ({ kind }: Kind) => `${kind} 类问题没有选项`,
  'mode.self': '应为 AGENT 或 PAPER',
  'report.empty_range': '范围的终点须在起点之后',
} satisfies Messages

type SurveysMessages = typeof zh

declare module '@clientele/kit' {
  interface Reasons extends SurveysMessages {}
}
