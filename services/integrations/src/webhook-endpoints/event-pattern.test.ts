import { catalogue } from '@clientele/contracts'
import { deliverableTypes, isDeliverable, matches, patternFault } from './event-pattern.js'

const closed = 'clientele.interactions.complaint.closed.v1'

test.each([
  ['*', true],
  [closed, true],
  ['clientele.*', true],
  ['clientele.interactions.complaint.*', true],
  ['clientele.interactions.complaint.closed.*', true],
  ['clientele.*.complaint.closed.v1', true],
  ['*.*.*.closed.*', true],
  ['clientele.*.complaint.*', true],
  ['clientele.interactions.complaint.closed.v1.*', false],
  ['clientele.interactions.complaint', false],
  ['clientele.interactions.visit.*', false],
  ['clientele.interactions.complaint.closed.v2', false],
  ['clientele.*.closed.v1', false],
])('%s and a closed complaint: %s', (pattern, expected) => {
  expect(matches(pattern, closed)).toBe(expected)
})

test.each([
  ['', 'webhook.type_malformed'],
  ['Clientele.*', 'webhook.type_malformed'],
  ['clientele.*.', 'webhook.type_malformed'],
  ['clientele.com*', 'webhook.type_malformed'],
  ['clientele.>', 'webhook.type_malformed'],
  [`clientele.${'x'.repeat(200)}`, 'webhook.type_malformed'],
  ['clientele.interactions.complaint.exploded.v1', 'webhook.type_unknown'],
  ['clientele.integrations.webhook_endpoint.*', 'webhook.type_unknown'],
  ['clientele.integrations.webhook_endpoint.deleted.v1', 'webhook.type_unknown'],
])('the pattern %s is %s', (pattern, reason) => {
  expect(patternFault(pattern)).toMatchObject({ reason })
})

test('who leaves out the beginning of a type is told it', () => {
  expect(patternFault('profiles.customer.*')?.message).toContain('did you mean clientele.profiles.customer.*')
})

test('every other event of the catalogue can be subscribed to by its name', () => {
  const withheld = catalogue.filter(({ type }) => !isDeliverable(type)).map(({ type }) => type)
  expect(withheld).toHaveLength(5)
  expect(withheld.every((type) => type.startsWith('clientele.integrations.webhook_endpoint.'))).toBe(true)
  expect(deliverableTypes).toHaveLength(catalogue.length - 5)
  expect(deliverableTypes.filter((type) => patternFault(type))).toEqual([])
})
