import type { Messages } from '@clientele/kit'

type Allowed = { allowed: readonly string[] }

/** What is wrong with a condition, in Chinese. */
export const conditionsInChinese = {
  'condition.ambiguous': ({ names }: { names: readonly string[] }) =>
    `只能有一个条件，不能同时有 ${names.join('、')}；请用 all 或 any 组合`,
  'condition.empty': '至少需要一个条件',
  'condition.malformed': '不是有效的条件',
  'condition.too_deep': ({ most }: { most: number }) => `条件最多嵌套 ${most} 层`,
  'condition.too_large': ({ most, found }: { most: number; found: number }) =>
    `条件最多 ${most} 个节点，现有 ${found} 个`,
  'condition.nothing_between': '没有数值能同时满足这些比较',
  'condition.unknown_code': ({ standard, example }: { standard: string; example: string }) =>
    `应为 ${standard} 代码，例如 ${example}`,
  'condition.unknown_comparison': ({ allowed }: Allowed) => `应为以下比较之一：${allowed.join('、')}`,
  'condition.unknown_field': ({ allowed }: Allowed) => `应为以下字段之一：${allowed.join('、')}`,
  'condition.unknown_value': ({ allowed }: Allowed) => `应为以下值之一：${allowed.join('、')}`,
  'number.malformed': '应为整数',
  'decimal.malformed': '应为十进制数，例如 "-10.5"',
} satisfies Messages

type ConditionMessages = typeof conditionsInChinese

declare module '@clientele/kit' {
  interface Reasons extends ConditionMessages {}
}
