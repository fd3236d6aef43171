import { conditionsInChinese } from '@clientele/conditions'
import type { Messages } from '@clientele/kit'

type Most = { most: number }

/** What the service says, in Chinese. */
export const zh = {
  ...conditionsInChinese,
  'segment.unknown': '客户分群不存在，或您无权查看',
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
} satisfies Messages

type SegmentationMessages = typeof zh

declare module '@clientele/kit' {
  interface Reasons extends SegmentationMessages {}
}
