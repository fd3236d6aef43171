import { answerIn, assertFilled, assertSame } from './answer.js'

const customer = {
  id: 'a',
  purchaseSummary: { count: 2, total: { amount: '10.50', currency: 'EUR' }, lastAt: '2026-01-01T00:00:00+00:00' },
  tags: [{ name: 'Tag 1' }, { name: 'Tag 2' }],
}

test.each([
  ['the same', customer],
  ['an amount with other zeros', withTotal('10.5000')],
  [
    'a moment in another zone',
    { ...customer, purchaseSummary: { ...customer.purchaseSummary, lastAt: '2026-01-01T01:00:00.000+01:00' } },
  ],
  ['another order of fields', { tags: customer.tags, purchaseSummary: customer.purchaseSummary, id: 'a' }],
])('%s is the same answer', (_, other) => {
  expect(() => assertSame('it', other, customer)).not.toThrow()
})

test.each([
  ['another amount', withTotal('10.05')],
  ['a number for an amount', withTotal(10.5)],
  ['another order of a list', { ...customer, tags: customer.tags.toReversed() }],
  ['a field too few', { id: 'a', tags: customer.tags }],
  ['a field too many', { ...customer, email: null }],
])('%s is another answer', (_, other) => {
  expect(() => assertSame('it', other, customer)).toThrow(/^it answers/)
})

test.each([
  ['100', '1', false],
  ['100.00', '100', true],
  ['0.00', '0', true],
  ['-20.10', '-20.1', true],
])('amounts %s and %s: same %s', (left, right, same) => {
  const compare = () => assertSame('it', withTotal(left), withTotal(right))
  if (same) compare()
  else expect(compare).toThrow()
})

test.each([
  '{"data":{"customer":null}}',
  '{"errors":[{"message":"no"}],"data":{"customer":{"id":"a"}}}',
  '{"data":null}',
])('%s is no answer', (body) => {
  expect(() => answerIn('it', body, 'customer')).toThrow(/^it gives no answer/)
})

test('a seed must have something for every part, though not for every customer', () => {
  const bare = { id: 'b', purchaseSummary: { count: 0, total: null }, tags: [] }
  expect(() => assertFilled([bare, customer])).not.toThrow()
  expect(() => assertFilled([bare])).toThrow('the seed has nothing for: purchaseSummary, tags')
  expect(() => assertFilled([{ ...bare, visits: { nodes: [], totalCount: 0 } }, customer])).toThrow(': visits')
  expect(() => assertFilled([])).toThrow()
})

function withTotal(amount: unknown) {
  const total = { amount, currency: 'EUR' }
  return { ...customer, purchaseSummary: { ...customer.purchaseSummary, total } }
}
