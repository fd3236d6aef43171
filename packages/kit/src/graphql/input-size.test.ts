import { buildSchema, getOperationAST, parse } from 'graphql'
import { createInputChecks, mostNestedInputs } from './input-references.js'
import { inputLimits, sizeOfInput } from './input-size.js'

const limits = { levels: 4, entries: 10, values: 50 }
const reasonOf = (attempt: () => unknown) => {
  try {
    attempt()
    return 'fine'
  } catch (error) {
    const { reason, fields } = error as { reason: string; fields?: { path: string }[] }
    return [reason, ...(fields ?? []).map(({ path }) => path)].join(' ')
  }
}
const list = (length: number, entry: unknown = {}) => Array.from({ length }, () => entry)
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'fine'],
  ['no object', 'text', 'fine'],
  ['as many entries as allowed', { a: list(10) }, 'fine'],
  ['one more', { a: { b: [1, list(11)] } }, 'list.too_long a.b.1'],
  ['as many levels as allowed', { a: nested(4) }, 'fine'],
  ['one more', { a: nested(5) }, 'variables.too_deep'],
  ['far more', { a: nested(5_000) }, 'variables.too_deep'],
  ['as many values as allowed', { a: list(5, list(8, 1)), b: [1, 2] }, 'fine'],
  ['one more', { a: list(5, list(8, 1)), b: [1, 2, 3] }, 'input.too_many_values'],
  ['keys without end', Object.fromEntries(list(100).map((_, i) => [`k${i}`, {}])), 'input.too_many_values'],
])('%s', (_, value, expected) => expect(reasonOf(() => sizeOfInput(value, limits))).toBe(expected))

test('an empty list of eighty thousand objects is refused by its length alone', () => {
  let looked = 0
  const entries = new Proxy(list(83_000), {
    get: (target, key) => (key === 'length' ? 83_000 : ++looked && target[key as never]),
  })
  expect(reasonOf(() => sizeOfInput({ f: { and: entries } }))).toBe('list.too_long f.and')
  expect(looked).toBe(0)
})

const schema = buildSchema(`
  scalar _Any
  input Filter { and: [Filter!], or: [Filter!], not: Filter, name: Names }
  input Names { in: [String!] }
  input Rows { rows: [Row!]! }
  input Row { name: String, rule: Filter }
  type Query { list(filter: Filter, names: [String!]): Query, one(name: String): Query, _entities(representations: [_Any!]!): [Query] }
  type Mutation { write(input: Rows): Query }
`)
const check = (query: string, variables: Record<string, unknown> = {}) => {
  const document = parse(query)
  return reasonOf(() => createInputChecks(schema)(document, getOperationAST(document)!)(variables))
}
const { entries, values } = inputLimits
const most = mostNestedInputs
const one = 'query ($f: Filter) { list(filter: $f) { one } }'
const names = { name: { in: list(entries, 'a') } }

test.each<[string, string, string, object?]>([
  ['as many filters as allowed', 'fine', one, { f: { and: list(most - 1) } }],
  ['one more', 'filter.too_large filter', one, { f: { or: list(most) } }],
  ['filters beneath each other', 'filter.too_large filter', one, { f: { and: list(20, { or: list(20) }) } }],
  ['filters written out', 'filter.too_large filter', `{ list(filter: { and: [${'{}'.repeat(most)}] }) { one } }`],
  [
    'a default',
    'filter.too_large filter',
    `query ($f: Filter = { and: [${'{}'.repeat(most)}] }) { list(filter: $f) { one } }`,
  ],
  [
    'a variable within a filter',
    'filter.too_large filter',
    'query ($f: [Filter!]) { list(filter: { and: [{ or: $f }, { or: $f }] }) { one } }',
    { f: list(most / 2) },
  ],
  [
    'a variable used twice',
    'filter.too_large filter',
    'query ($f: Filter) { a: list(filter: $f) { one } b: list(filter: $f) { one } }',
    { f: { and: list(most / 2) } },
  ],
  [
    'a fragment spread twice',
    'filter.too_large filter',
    'query ($f: Filter) { a: one { ...F } b: one { ...F } } fragment F on Query { list(filter: $f) { one } }',
    { f: { and: list(most / 2) } },
  ],
  [
    'fragments within each other',
    'filter.too_large filter',
    'query ($f: Filter) { one { ...A ...A } } fragment A on Query { one { ...F ...F } } fragment F on Query { list(filter: $f) { one } }',
    { f: { and: list(most / 4) } },
  ],
  [
    'rules in rows',
    'filter.too_large filter',
    'mutation ($i: Rows) { write(input: $i) { one } }',
    { i: { rows: list(most + 1, { rule: {} }) } },
  ],
  [
    'rows without rules',
    'fine',
    'mutation ($i: Rows) { write(input: $i) { one } }',
    { i: { rows: list(entries, { name: 'a' }) } },
  ],
  ['values as many as fit', 'fine', one, { f: { and: list(19, names) } }],
  ['more', 'input.too_many_values', one, { f: { and: list(values / entries, names) } }],
  [
    'values used often',
    'input.too_many_values',
    `query ($n: [String!]) { ${list(values / entries)
      .map((_, i) => `a${i}: list(names: $n) { one }`)
      .join(' ')} }`,
    { n: list(entries, 'a') },
  ],
  ['a list that is too long', 'list.too_long f.name.in', one, { f: { name: { in: list(entries + 1, 'a') } } }],
  [
    'representations, which gateways send',
    'fine',
    'query ($r: [_Any!]!) { _entities(representations: $r) { one } }',
    { r: list(entries + 1, { id: 1 }) },
  ],
])('%s: %s', (_, expected, query, variables) => expect(check(query, variables as never)).toBe(expected))
