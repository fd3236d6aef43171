import { validationIssues } from '@clientele/kit'
import { matches } from './matches.js'
import { leavesOf, type SegmentRule } from './rule.js'
import { checkRule, maxDepth, maxNodes } from './validation.js'

const issuesOf = (rule: object) => {
  const issues = validationIssues('')
  checkRule(issues, 'rule', rule)
  return issues.found.map(({ path, reason }) => `${path} ${reason}`)
}
const nested = (levels: number): SegmentRule => (levels === 1 ? { nps: { eq: 1 } } : { not: nested(levels - 1) })
const wide = (nodes: number) => ({ any: Array.from({ length: nodes - 1 }, () => ({ nps: { eq: 1 } })) })

test.each([
  ['one condition', { nps: { gte: 0, lte: 10 } }],
  ['all, any and not', { all: [{ any: [{ status: { eq: 'ACTIVE' } }] }, { not: { tag: { hasNone: ['a'] } } }] }],
  ['fields that are null', { nps: { eq: 1, gt: null }, csat: null, all: undefined }],
  ['as deep as may be', nested(maxDepth)],
  ['as large as may be', wide(maxNodes)],
  ['the bounds of what makes sense', { rfm: { r: { gte: 1, lte: 5 }, score: { gte: 3, lte: 15 } } }],
  ['decimals of either sign', { purchaseTotal: { currency: 'EUR', gte: '-5.5' } }],
])('%s is valid', (_, rule) => expect(issuesOf(rule)).toEqual([]))

test.each<[string, object, string[]]>([
  ['nothing', {}, ['rule rule.empty']],
  ['two conditions in a node', { nps: { eq: 1 }, csat: { eq: 1 } }, ['rule rule.ambiguous']],
  ['an empty all', { all: [] }, ['rule.all rule.empty']],
  ['an empty node inside', { any: [{ not: {} }] }, ['rule.any.0.not rule.empty']],
  ['a condition without a comparison', { nps: {} }, ['rule.nps rule.empty']],
  ['a comparison with null', { nps: { eq: null } }, ['rule.nps rule.empty']],
  ['a total without a comparison', { purchaseTotal: { currency: 'EUR' } }, ['rule.purchaseTotal rule.empty']],
  ['days without a comparison', { complaintsInDays: { days: 3 } }, ['rule.complaintsInDays rule.empty']],
  ['an empty score', { rfm: { r: {} } }, ['rule.rfm.r rule.empty']],
  ['no score', { rfm: {} }, ['rule.rfm rule.empty']],
  ['too deep', nested(maxDepth + 1), [`rule${'.not'.repeat(maxDepth)} rule.too_deep`]],
  ['far too deep', nested(5_000), [`rule${'.not'.repeat(maxDepth)} rule.too_deep`]],
  ['too large', wide(maxNodes + 1), ['rule rule.too_large']],
  [
    'days out of number.out_of_range',
    { lastPurchaseDaysAgo: { gte: -1, lte: 36_501 } },
    ['rule.lastPurchaseDaysAgo.gte number.out_of_range', 'rule.lastPurchaseDaysAgo.lte number.out_of_range'],
  ],
  [
    'scores out of number.out_of_range',
    { rfm: { f: { eq: 6 }, score: { lt: 2 } } },
    ['rule.rfm.f.eq number.out_of_range', 'rule.rfm.score.lt number.out_of_range'],
  ],
  [
    'complaints of no days',
    { complaintsInDays: { days: 0, gte: -1 } },
    ['rule.complaintsInDays.days number.out_of_range', 'rule.complaintsInDays.gte number.out_of_range'],
  ],
  ['an empty list', { tag: { hasAny: [] } }, ['rule.tag.hasAny list.too_short']],
  ['a list too long', { source: { in: Array(101).fill('a') } }, ['rule.source.in list.too_long']],
  [
    'texts that no key can be',
    { territory: { under: '', in: [' ', 'x'.repeat(256)] } },
    ['rule.territory.under text.required', 'rule.territory.in.0 text.required', 'rule.territory.in.1 text.too_long'],
  ],
  [
    'several issues',
    { all: [{}, { nps: { eq: 99 } }, { any: [] }] },
    ['rule.all.0 rule.empty', 'rule.all.1.nps.eq number.out_of_range', 'rule.all.2.any rule.empty'],
  ],
])('%s is not', (_, rule, issues) => expect(issuesOf(rule)).toEqual(issues))

test('the conditions of a rule are found with their paths', () => {
  const rule = { all: [{ nps: { eq: 1 } }, { not: { any: [{ tag: { has: 'a' } }] } }] }
  expect(leavesOf(rule).map(({ path }) => path)).toEqual(['all.0.nps', 'all.1.not.any.0.tag'])
  expect(leavesOf({ nps: { eq: 1 } })).toEqual([{ path: 'nps', rule: { nps: { eq: 1 } } }])
})

test('a condition of no name is no rule', () => {
  expect(() => matches({ nothing: {} } as SegmentRule, {} as never, new Date(0))).toThrow('no condition nothing')
})
