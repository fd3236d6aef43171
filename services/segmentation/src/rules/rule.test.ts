import { readFileSync } from 'node:fs'
import { validationIssues } from '@clientele/kit'
import { type InputObjectTypeDefinitionNode, parse } from 'graphql'
import { customerVocabulary, momentSourceOf } from './customer-vocabulary.js'
import { checkRule } from './rule.js'

const issuesOf = (rule: object) => {
  const issues = validationIssues('')
  checkRule(issues, 'rule', rule)
  return issues.found.map(({ path, reason }) => `${path} ${reason}`)
}

test.each([
  ['the bounds of what makes sense', { rfm: { r: { gte: 1, lte: 5 }, score: { gte: 3, lte: 15 } } }],
  ['decimals of either sign', { purchaseTotal: { currency: 'EUR', gte: '-5.5' } }],
  ['fields that are null', { nps: { eq: 1, gt: null }, csat: null, all: undefined }],
])('%s are right', (_, rule) => expect(issuesOf(rule)).toEqual([]))

test.each<[string, object, string[]]>([
  [
    'days out of range',
    { lastPurchaseDaysAgo: { gte: -1, lte: 36_501 } },
    ['rule.lastPurchaseDaysAgo.gte number.out_of_range', 'rule.lastPurchaseDaysAgo.lte number.out_of_range'],
  ],
  [
    'scores out of range',
    { rfm: { f: { eq: 6 }, score: { lt: 2 } } },
    ['rule.rfm.f.eq number.out_of_range', 'rule.rfm.score.lt number.out_of_range'],
  ],
  [
    'complaints of no days',
    { complaintsInDays: { days: 0, gte: -1 } },
    ['rule.complaintsInDays.days number.out_of_range', 'rule.complaintsInDays.gte number.out_of_range'],
  ],
  [
    'answers that no question takes',
    { all: [{ nps: { eq: 11 } }, { csat: { eq: 0 } }, { ces: { eq: 8 } }] },
    [
      'rule.all.0.nps.eq number.out_of_range',
      'rule.all.1.csat.eq number.out_of_range',
      'rule.all.2.ces.eq number.out_of_range',
    ],
  ],
  ['a total in no currency', { purchaseTotal: { gte: '1' } }, ['rule.purchaseTotal.currency text.required']],
  ['an unknown country', { country: { in: ['DE', 'UK'] } }, ['rule.country.in.1 condition.unknown_code']],
  [
    'an unknown currency',
    { purchaseTotal: { currency: 'XXX', gt: '1' } },
    ['rule.purchaseTotal.currency condition.unknown_code'],
  ],
  ['an unknown kind', { kind: { eq: 'ROBOT' } }, ['rule.kind.eq condition.unknown_value']],
  ['an empty list', { tag: { hasAny: [] } }, ['rule.tag.hasAny list.too_short']],
  [
    'texts that no key can be',
    { territory: { under: '', in: [' ', 'x'.repeat(256)] } },
    ['rule.territory.under text.required', 'rule.territory.in.0 text.required', 'rule.territory.in.1 text.too_long'],
  ],
])('%s are not', (_, rule, issues) => expect(issuesOf(rule)).toEqual(issues))

test('the input of rules has what the vocabulary has', () => {
  const { definitions } = parse(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
  const isInput = (one: { kind: string; name?: { value: string } }) => one.name?.value === 'SegmentRuleInput'
  const input = definitions.find((one) => isInput(one as never)) as InputObjectTypeDefinitionNode
  const combining = ['all', 'any', 'not']
  const fields = input.fields?.map(({ name }) => name.value).filter((name) => !combining.includes(name))
  expect(fields?.toSorted()).toEqual(Object.keys(customerVocabulary).toSorted())
})

test('every condition on which time alone acts has its own moments', () => {
  const timed = Object.entries(customerVocabulary).flatMap(([name, { moments }]) => (moments ? [name] : []))
  const places = timed.map(momentSourceOf).map(({ table, column }) => `${table}.${column}`)
  expect(timed.length).toBeGreaterThan(5)
  expect(new Set(places).size).toBe(timed.length)
})
