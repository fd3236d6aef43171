import { validationIssues } from '@clientele/kit'
import fc from 'fast-check'
import { anyCondition, visitors } from '../../fixture/visitor.ts'
import { type Condition, checkCondition, readCondition, writeCondition } from '../index.js'
import type { Language } from '../vocabulary.js'

const languages: Language[] = ['en', 'zh']

const isRight = (condition: Condition) => {
  const issues = validationIssues('')
  checkCondition(visitors, issues, 'rule', condition)
  return !issues.found.length
}

test.each(languages)('what is written in %s is read again as the same condition', (language) => {
  fc.assert(
    fc.property(anyCondition.filter(isRight), (condition) => {
      const text = writeCondition(visitors, condition, language)
      expect({ text, ...readCondition(visitors, text, language) }).toEqual({ text, condition })
    }),
    { numRuns: 2_000 },
  )
})

const written: [condition: Condition, en: string, zh: string][] = [
  [{ kind: { eq: 'PERSON' } }, 'kind is a person', '类型 为 个人'],
  [{ count: { gte: 3, lt: 5 } }, 'number of visits >= 3, < 5', '访问次数 >= 3, < 5'],
  [{ place: { under: 'apac/华东' } }, 'place is under apac/华东', '地区 下属于 apac/华东'],
  [{ tag: { hasAny: ['vip', 'a b'] } }, 'tag has any of (vip, "a b")', '标签 含任一 (vip, "a b")'],
  [{ total: { currency: 'CNY', gt: '-0.5' } }, 'total in CNY > -0.5', '总额（CNY） > -0.5'],
  [{ clicksInDays: { days: 30, gte: 2 } }, 'clicks in the last 30 days >= 2', '最近 30 天点击数 >= 2'],
  [{ scores: { r: { gte: 4 }, sum: { lt: 8 } } }, 'scores (recency >= 4; sum < 8)', '评分 (近度 >= 4; 总分 < 8)'],
  [{ isMember: { eq: false } }, 'is a member = no', '会员 = 否'],
  [{ note: { contains: '火灾' } }, 'note contains 火灾', '备注 包含 火灾'],
  [
    { all: [{ tag: { has: 'vip' } }, { any: [{ count: { eq: 1 } }, { not: { isMember: { eq: true } } }] }] },
    'tag has vip and (number of visits = 1 or (not is a member = yes))',
    '标签 含有 vip 且 (访问次数 = 1 或 (非 会员 = 是))',
  ],
  [{ any: [{ count: { eq: 1 } }] }, 'any of (number of visits = 1)', '任一满足 (访问次数 = 1)'],
]

test.each(written)('%j is written for people', (condition, en, zh) => {
  expect([writeCondition(visitors, condition, 'en'), writeCondition(visitors, condition, 'zh')]).toEqual([en, zh])
})

const read: [text: string, language: Language, condition: Condition][] = [
  ['KIND  IS\nA   Person', 'en', { kind: { eq: 'PERSON' } }],
  ['kind = ORGANIZATION', 'en', { kind: { eq: 'ORGANIZATION' } }],
  ['类型为个人', 'zh', { kind: { eq: 'PERSON' } }],
  ['类型 属于（个人、单位）', 'zh', { kind: { in: ['PERSON', 'ORGANIZATION'] } }],
  ['访问次数≥3，＜5', 'zh', { count: { gte: 3, lt: 5 } }],
  [
    '总额(CNY) > 5 和 最近30天点击数 > 2',
    'zh',
    {
      all: [{ total: { currency: 'CNY', gt: '5' } }, { clicksInDays: { days: 30, gt: 2 } }],
    },
  ],
  ['标签 含 “重 点”', 'zh', { tag: { has: '重 点' } }],
  [
    'count > 1 and kind is a person or tag has vip',
    'en',
    {
      any: [{ all: [{ count: { gt: 1 } }, { kind: { eq: 'PERSON' } }] }, { tag: { has: 'vip' } }],
    },
  ],
  ['((count > 1))', 'en', { count: { gt: 1 } }],
  ['not not count > 1', 'en', { not: { not: { count: { gt: 1 } } } }],
  ['note contains مرحبا', 'en', { note: { contains: 'مرحبا' } }],
  ['tag has 🙂', 'en', { tag: { has: '🙂' } }],
  ['tag has "say \\"hi\\" \\\\"', 'en', { tag: { has: 'say "hi" \\' } }],
]

test.each(read)('%s is read', (text, language, condition) => {
  expect(readCondition(visitors, text, language)).toEqual({ condition })
})

const faults: [text: string, language: Language, place: string, reason: string][] = [
  ['', 'en', '1:1', 'text.field_missing'],
  ['colour is red', 'en', '1:1', 'text.field_missing'],
  ['kind is a person and', 'en', '1:21', 'text.field_missing'],
  ['kind is a person\n  and\n  shoes > 3', 'en', '3:3', 'text.field_missing'],
  ['kinder is a person', 'en', '1:1', 'text.field_missing'],
  ['kind > 3', 'en', '1:6', 'text.comparison_missing'],
  ['kind is', 'en', '1:8', 'text.value_missing'],
  ['kind is nobody', 'en', '1:1', 'condition.unknown_value'],
  ['(count > 3', 'en', '1:11', 'text.unexpected'],
  ['count > 3)', 'en', '1:10', 'text.unexpected'],
  ['count > 3 kind is a person', 'en', '1:11', 'text.unexpected'],
  ['count > many', 'en', '1:9', 'number.malformed'],
  ['count > 3.5', 'en', '1:9', 'number.malformed'],
  ['total in EUR > ten', 'en', '1:16', 'decimal.malformed'],
  ['tag has vip and count > 2000', 'en', '1:17', 'number.out_of_range'],
  ['count > 3, > 4', 'en', '1:12', 'text.repeated'],
  ['tag has any of ()', 'en', '1:17', 'text.value_missing'],
  ['tag has "never closed', 'en', '1:9', 'text.value_missing'],
  ['clicks in the last 0 days > 3', 'en', '1:1', 'number.out_of_range'],
  ['clicks in the last 0x1F days > 3', 'en', '1:1', 'number.malformed'],
  ['clicks in the last many days > 3', 'en', '1:1', 'number.malformed'],
  ['scores (colour > 3)', 'en', '1:9', 'text.comparison_missing'],
  ['类型 为 个人 且 颜色 为 红', 'zh', '1:11', 'text.field_missing'],
  [`${'('.repeat(5_000)}count > 1`, 'en', '1:101', 'condition.too_deep'],
  [`${'not '.repeat(50)}count > 1`, 'en', '1:41', 'condition.too_deep'],
  [`count > 1${' or count > 1'.repeat(120)}`, 'en', '1:1', 'condition.too_large'],
]

test.each(faults.map(([text, ...rest]) => [text.slice(0, 60), text, ...rest] as const))(
  '%s … is wrong',
  (_, text, language, place, reason) => {
    const { faults = [] } = readCondition(visitors, text, language)
    expect(faults.map(({ line, column, reason }) => `${line}:${column} ${reason}`)).toEqual([`${place} ${reason}`])
  },
)

test('whatever is typed is read or told as wrong, in time that grows with its length', () => {
  const words = fc.constantFrom(
    ...'kind is not and or ( ) , ; " 类型 为 且 tag has any of count > 3 所 \\ 🙂 \ud800'.split(' '),
  )
  fc.assert(
    fc.property(fc.array(words), fc.constantFrom(...languages), fc.string(), (parts, language, more) => {
      const { condition, faults } = readCondition(visitors, parts.join(' ') + more, language)
      expect(condition ? faults === undefined : faults?.length).toBeTruthy()
    }),
    { numRuns: 2_000 },
  )
  const long = `tag has ${'x'.repeat(200_000)}`
  expect(readCondition(visitors, long, 'en').faults?.map(({ reason }) => reason)).toEqual(['text.too_long'])
})
