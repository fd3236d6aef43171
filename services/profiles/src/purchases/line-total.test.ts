import { formatDecimal, parseDecimal } from '@clientele/kit'
import { lineTotal } from './line-total.js'

test.each([
  ['3', '0.1', '0', '0.3000'],
  ['3', '0.1', '0.15', '0.2550'],
  ['0.3333', '0.0001', '0', '0.0000'],
  ['0.5', '0.0001', '0', '0.0001'],
  ['-0.5', '0.0001', '0', '-0.0001'],
  ['1', '1', '1', '0.0000'],
  ['12', '14', '0.05', '159.6000'],
])('%s × %s less %s is %s', (quantity, price, discount, total) => {
  expect(formatDecimal(lineTotal(parseDecimal(quantity), parseDecimal(price), parseDecimal(discount)))).toBe(total)
})
