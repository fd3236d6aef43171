import { limits } from '@clientele/contracts'
import { checkPageSize } from './check-page-size.js'

const { least, most } = limits.pageSize

test.each([least, 1, most])('a page has %d entries', (size) => {
  expect(checkPageSize(size)).toBe(size)
})

test.each([least - 1, most + 1, 1.5, Number.NaN])('a page cannot have %d entries', (size) => {
  expect(() => checkPageSize(size)).toThrow(
    expect.objectContaining({
      code: 'INVALID',
      reason: 'page.size',
      fields: [expect.objectContaining({ path: 'first' })],
    }),
  )
})

test('a smaller limit is told with its range and the argument', () => {
  expect(() => checkPageSize(11, { form: 'number', least: 0, most: 10 }, 'last')).toThrow(
    expect.objectContaining({
      fields: [expect.objectContaining({ path: 'last', reason: 'page.size', message: '0 to 10' })],
    }),
  )
})
