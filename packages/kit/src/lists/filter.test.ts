import 'reflect-metadata'

import { toWhere } from './filter.js'

const nested = (depth: number) => {
  let filter: object = { title: { eq: 'a' } }
  for (let level = 0; level < depth; level++) filter = { not: filter }
  return filter
}
const many = (count: number) => ({ or: Array.from({ length: count }, (_, i) => ({ title: { eq: `${i}` } })) })
const values = (count: number) => ({ title: { in: Array.from({ length: count }, (_, i) => `${i}`) } })

test.each([
  ['10 levels', nested(10), nested(11)],
  ['levels beyond the stack', nested(10), { and: [nested(100_000)] }],
  ['200 conditions', many(200), many(201)],
  ['1 000 values', values(1_000), values(1_001)],
])('a filter has at most %s', (_, most, more) => {
  expect(toWhere(most)).not.toEqual({})
  expect(() => toWhere(more)).toThrow(expect.objectContaining({ code: 'INVALID', reason: 'filter.too_large' }))
})
