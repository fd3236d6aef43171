import { number, numberGroup, predicateOf, stored } from './index.js'

const labels = { en: 'count', zh: '数' }
const limit = { form: 'number', least: 0, most: 9 } as const
const count = number({ labels, of: ({ count }: { count: number }) => count, limit })
const now = new Date('2026-03-01T12:00:00.000Z')

test('a vocabulary can be made SQL where each field says what stands for it, as its types demand', () => {
  // @ts-expect-error What stands for the count in SQL is not said.
  const compile = () => predicateOf({ count }, { count: { eq: 1 } }, now)
  expect(compile).toBeTypeOf('function')
  expect(predicateOf({ count: stored('v.count', count) }, { count: { eq: 1 } }, now)).toEqual({
    sql: 'coalesce(v.count = ?::numeric, false)',
    params: [1],
  })
})

test('and so must each part of a group', () => {
  const group = numberGroup({
    labels,
    of: ({ scores }: { scores: { r: number; f: number } }) => scores,
    parts: { r: { labels, of: ({ r }) => r, limit }, f: { labels, of: ({ f }) => f, limit } },
  })
  // @ts-expect-error The SQL of f is missing.
  stored({ r: 'v.r' }, group)
  const scores = stored({ r: 'v.r', f: 'v.f' }, group)
  expect(predicateOf({ scores }, { scores: { f: { gt: 2 } } }, now).sql).toBe('coalesce(v.f > ?::numeric, false)')
})
