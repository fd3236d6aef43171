import { validationIssues } from '@clientele/kit'
import { visitors } from '../fixture/visitor.ts'
import { type Condition, checkCondition, comparisonsOf, mostLevels, mostNodes } from './index.js'

const issuesOf = (condition: object) => {
  const issues = validationIssues('')
  checkCondition(visitors, issues, 'rule', condition)
  return issues.found.map(({ path, reason }) => `${path} ${reason}`)
}
const nested = (levels: number): Condition => (levels === 1 ? { count: { eq: 1 } } : { not: nested(levels - 1) })
const wide = (nodes: number) => ({ any: Array.from({ length: nodes - 1 }, () => ({ count: { eq: 1 } })) })

test.each([
  ['one comparison', { count: { gte: 0, lte: 10 } }],
  ['all, any and not', { all: [{ any: [{ kind: { eq: 'PERSON' } }] }, { not: { tag: { hasNone: ['a'] } } }] }],
  ['members that are null', { count: { eq: 1, gt: null }, tag: null, all: undefined }],
  ['as deep as may be', nested(mostLevels)],
  ['as large as may be', wide(mostNodes)],
  ['bounds with one number between them', { count: { gte: 5, lte: 5, eq: 5 } }],
  ['decimals of either sign', { total: { currency: 'EUR', gte: '-5.5' } }],
])('%s is right', (_, condition) => expect(issuesOf(condition)).toEqual([]))

test.each<[string, object, string[]]>([
  ['nothing', {}, ['rule condition.empty']],
  ['two conditions in a node', { count: { eq: 1 }, tag: { has: 'a' } }, ['rule condition.ambiguous']],
  ['an empty all', { all: [] }, ['rule.all condition.empty']],
  ['a text for all', { all: 'x' }, ['rule.all condition.empty']],
  ['a text for a part', { all: ['x'] }, ['rule.all.0 condition.malformed']],
  ['a list for a condition', { not: [] }, ['rule.not condition.malformed']],
  ['an empty node inside', { any: [{ not: {} }] }, ['rule.any.0.not condition.empty']],
  ['a field that there is not', { colour: { eq: 'red' } }, ['rule.colour condition.unknown_field']],
  ['a member of every object', { constructor: { eq: 'red' } }, ['rule.constructor condition.unknown_field']],
  ['a number for a comparison', { count: 3 }, ['rule.count condition.malformed']],
  ['a comparison that there is not', { count: { near: 3 } }, ['rule.count.near condition.unknown_comparison']],
  ['no comparison', { count: {} }, ['rule.count condition.empty']],
  ['a text for a number', { count: { eq: '3' } }, ['rule.count.eq number.malformed']],
  ['a fraction', { count: { eq: 0.5 } }, ['rule.count.eq number.malformed']],
  ['a lower bound above the upper one', { count: { gte: 5, lte: 4 } }, ['rule.count condition.nothing_between']],
  ['bounds that meet and leave nothing', { count: { gt: 5, lte: 5 } }, ['rule.count condition.nothing_between']],
  ['a number that is not within its bounds', { count: { eq: 3, gt: 3 } }, ['rule.count condition.nothing_between']],
  [
    'decimals that cross',
    { total: { currency: 'EUR', gt: '2.5', lt: '-3' } },
    ['rule.total condition.nothing_between'],
  ],
  ['bounds of a part that cross', { scores: { r: { gt: 4, lt: 2 } } }, ['rule.scores.r condition.nothing_between']],
  ['days that cross', { lastSeenDaysAgo: { gt: 90, lt: 30 } }, ['rule.lastSeenDaysAgo condition.nothing_between']],
  ['a number out of range', { count: { eq: 1_001 } }, ['rule.count.eq number.out_of_range']],
  ['a number for a text', { tag: { has: 3 } }, ['rule.tag.has condition.malformed']],
  ['a text for a list', { tag: { hasAny: 'a' } }, ['rule.tag.hasAny condition.malformed']],
  ['an empty list', { tag: { hasAny: [] } }, ['rule.tag.hasAny list.too_short']],
  ['a list that is too long', { place: { in: Array(101).fill('a') } }, ['rule.place.in list.too_long']],
  ['a blank text', { place: { under: ' ' } }, ['rule.place.under text.required']],
  ['an unknown value', { kind: { in: ['PERSON', 'ROBOT'] } }, ['rule.kind.in.1 condition.unknown_value']],
  ['nothing to find', { note: { contains: '\u0301' } }, ['rule.note.contains text.required']],
  ['no flag', { isMember: {} }, ['rule.isMember condition.empty']],
  ['a total in no currency', { total: { gt: '1' } }, ['rule.total.currency text.required']],
  ['a total of no number', { total: { currency: 'EUR', gt: '1e5' } }, ['rule.total.gt decimal.malformed']],
  ['no days', { clicksInDays: { gt: 1 } }, ['rule.clicksInDays.days number.malformed']],
  ['no score', { scores: {} }, ['rule.scores condition.empty']],
  ['an empty score', { scores: { r: {} } }, ['rule.scores.r condition.empty']],
  ['too deep', nested(mostLevels + 1), [`rule${'.not'.repeat(mostLevels)} condition.too_deep`]],
  ['far too deep', nested(5_000), [`rule${'.not'.repeat(mostLevels)} condition.too_deep`]],
  [
    'lists in lists without end',
    { all: JSON.parse(`${'['.repeat(3_000)}${']'.repeat(3_000)}`) },
    ['rule.all.0 condition.malformed'],
  ],
  ['too large', wide(mostNodes + 1), ['rule condition.too_large']],
])('%s is not', (_, condition, issues) => expect(issuesOf(condition)).toEqual(issues))

test('comparisons are found with their paths', () => {
  const condition = { all: [{ count: { eq: 1 } }, { not: { any: [{ tag: { has: 'a' } }] } }] }
  expect(comparisonsOf(condition).map(({ path }) => path)).toEqual(['all.0.count', 'all.1.not.any.0.tag'])
  expect(comparisonsOf({ count: { eq: 1 } })).toEqual([{ path: 'count', condition: { count: { eq: 1 } } }])
})
