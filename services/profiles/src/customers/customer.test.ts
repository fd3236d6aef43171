import { tagKey } from '@clientele/contracts'
import { customerWorkflow } from './customer.workflow.js'
import { personName } from './display-name.js'

test.each([
  ['ACTIVE', 'ARCHIVED', true],
  ['ARCHIVED', 'ACTIVE', true],
  ['ACTIVE', 'ACTIVE', false],
  ['ARCHIVED', 'ARCHIVED', false],
] as const)('a customer who is %s may become %s: %s', (from, to, legal) => {
  expect(customerWorkflow.can(from, to)).toBe(legal)
})

test.each([
  ['王', '小明', '王小明'],
  ['欧阳', '娜娜', '欧阳娜娜'],
  ['김', '민준', '김민준'],
  ['Wang', '小明', '小明 Wang'],
  ['Müller', 'Anna', 'Anna Müller'],
  ['Müller', null, 'Müller'],
  [null, null, null],
])('%s and %s make the name %s', (familyName, givenName, name) => {
  expect(personName({ familyName, givenName })).toBe(name)
})

test.each([
  ['VIP', 'vip'],
  [' Gold  Member ', 'gold-member'],
  ['ＶＩＰ', 'vip'],
  ['重点 客户', '重点-客户'],
  ['a@b', 'a-b'],
])('the key of the tag %s is %s', (name, key) => {
  expect(tagKey(name)).toBe(key)
})
