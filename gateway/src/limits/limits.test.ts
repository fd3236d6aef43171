import { getIntrospectionQuery } from 'graphql'
import { checkVariables, createInspector, defaultLimits, inspect, type Limits } from './limits.js'

const limits: Limits = { ...defaultLimits, depth: 4, aliases: 3, tokens: 60, selections: 20, variableDepth: 3 }
const nested = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`
const many = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`).join(' ')
/** Each fragment spreads the next one twice: few tokens, 2^n fields. */
const bomb = (levels: number) =>
  `{ ...F0 } ${Array.from({ length: levels }, (_, n) => `fragment F${n} on Q { ...F${n + 1} ...F${n + 1} }`).join(' ')} fragment F${levels} on Q { a }`

describe('what is within the limits passes', () => {
  test.each([
    ['depth', nested(4)],
    ['depth through fragments', '{ a { ...F } } fragment F on Q { b { c { d } } }'],
    ['aliases', '{ x: a y: a z: a }'],
    ['fields', `{ ${many(20)} }`],
    ['tokens', `{ ${many(18)} ${'# comments are free\n'.repeat(50)} }`],
    ['fragment in a circle, which validation refuses', '{ ...F } fragment F on Q { a ...F }'],
    ['unknown fragment, which validation refuses', '{ ...Nowhere }'],
  ])('%s', (_, query) => {
    expect(inspect(query, limits)).toMatchObject({ operation: 'query', introspects: false })
  })

  test('the usual introspection query, under the usual limits', () => {
    expect(inspect(getIntrospectionQuery(), defaultLimits)).toMatchObject({ introspects: true })
  })
})

describe('what is over a limit is refused with the limit and the number found', () => {
  test.each([
    ['query.too_deep', 'The query is 5 levels deep; the limit is 4.', nested(5)],
    [
      'query.too_deep',
      'The query is 5 levels deep; the limit is 4.',
      '{ a { ...F } } fragment F on Q { b { ... { c { d { e } } } } }',
    ],
    ['query.too_many_aliases', 'The query has 4 aliases; the limit is 3.', '{ w: a x: a y: a z: a }'],
    [
      'query.too_many_aliases',
      'The query has 4 aliases; the limit is 3.',
      '{ a { ...F } b { ...F } } fragment F on Q { x: a y: a }',
    ],
    ['query.too_many_fields', 'The query selects 21 fields; the limit is 20.', `{ ${many(21)} }`],
    [
      'query.too_many_fields',
      'The query selects 32 fields; the limit is 20.',
      '{ ...A } fragment A on Q { ...B ...B } fragment B on Q { ...C ...C } fragment C on Q { a b c d e f g h }',
    ],
    ['query.too_many_tokens', 'The query has 61 tokens; the limit is 60.', `{ ${'a '.repeat(59)} }`],
    ['query.too_many_operations', 'The document has 2 operations; the limit is 1.', 'query A { a } query B { b }'],
    ['query.no_operation', 'The document has no operation.', 'fragment F on Q { a }'],
  ])('%s: %s', (reason, message, query) => {
    expect(() => inspect(query, limits)).toThrow(expect.objectContaining({ code: 'INVALID', reason, message }))
  })

  test('a fragment bomb is measured without being spread', () => {
    expect(() => inspect(bomb(150), defaultLimits)).toThrow(
      expect.objectContaining({ reason: 'query.too_many_fields' }),
    )
  })
})

test.each(['{ a', '{ a "', '', '{ a(b: "\\x") }', '}'])('%j does not parse: graphql-js shall say why', (query) => {
  expect(inspect(query, limits)).toBeUndefined()
})

test('name and kind of the operation are told', () => {
  expect(inspect('mutation Close { closeComplaint }', limits)).toEqual({
    operation: 'mutation',
    name: 'Close',
    introspects: false,
    conditions: [],
  })
  expect(inspect('{ a { ...F } } fragment F on Query { __type(name: "A") { name } }', limits)?.introspects).toBe(true)
  expect(inspect('query ($a: Boolean!) { x @include(if: $a) y @skip(if: $a) z(if: $b) }', limits)?.conditions).toEqual([
    'a',
  ])
})

test('variables may be nested up to their limit, and no deeper, however deep', () => {
  expect(() => checkVariables({ a: { b: [[1]] } }, limits)).not.toThrow()
  let deep: unknown = 1
  for (let level = 0; level < 100_000; level++) deep = [deep]
  for (const variables of [{ a: { b: { c: { d: {} } } } }, { a: [[[[]]]] }, deep]) {
    expect(() => checkVariables(variables, limits)).toThrow(expect.objectContaining({ reason: 'variables.too_deep' }))
  }
})

test('a document that passed is measured once; long ones and refused ones are not kept', () => {
  const inspector = createInspector(limits, { documents: 2, characters: 40 })
  const first = inspector('{ a }')
  expect(inspector('{ a }')).toBe(first)
  inspector('{ b }')
  inspector('{ c }')
  expect(inspector('{ a }')).not.toBe(first)
  const long = `{ a } # ${'-'.repeat(50)}`
  expect(inspector(long)).not.toBe(inspector(long))
  expect(() => inspector(nested(5))).toThrow()
  expect(() => inspector(nested(5))).toThrow()
})
