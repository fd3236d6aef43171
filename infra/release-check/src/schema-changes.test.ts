import { schemaChanges } from './schema-changes.js'

const before = `
  type Query { customer(id: ID!, old: Boolean @deprecated): Customer  legacy: Legacy @deprecated(reason: "Use customer.") }
  type Customer { id: ID! name: String! nick: String @deprecated  status: Status! }
  type Legacy { value: String }
  enum Status { ACTIVE ARCHIVED LOST @deprecated }
  input NewCustomer { name: String! }
  type Mutation { create(input: NewCustomer!): Customer! }
`

const changed = (...replacements: [string, string][]) =>
  replacements.reduce((sdl, [from, to]) => {
    expect(sdl).toContain(from)
    return sdl.replace(from, to)
  }, before)

test('what was deprecated may go, with what is reached through it alone', () => {
  const after = changed(
    [', old: Boolean @deprecated', ''],
    ['legacy: Legacy @deprecated(reason: "Use customer.")', ''],
    ['nick: String @deprecated', ''],
    ['type Legacy { value: String }', ''],
    ['LOST @deprecated', ''],
  )
  expect(schemaChanges(before, after)).toEqual({ breaking: [], noticeable: [] })
})

test('a schema is compatible with itself, and with more fields', () => {
  expect(schemaChanges(before, before).breaking).toEqual([])
  expect(schemaChanges(before, changed(['name: String! nick', 'name: String! name2: String nick'])).breaking).toEqual(
    [],
  )
})

test.each<[string, string, RegExp]>([
  ['name: String! nick', 'nick', /Customer\.name was removed/],
  ['customer(id: ID!,', 'customer(id: ID!, by: String!,', /required arg by on Query\.customer was added/],
  ['input NewCustomer { name: String!', 'input NewCustomer { name: String! kind: String!', /required field kind/],
  ['create(input: NewCustomer!): Customer!', 'create(input: NewCustomer!): Customer', /Mutation\.create changed type/],
  ['ACTIVE ARCHIVED', 'ACTIVE', /ARCHIVED was removed from enum type Status/],
])('%s must not become %s', (from, to, told) => {
  const { breaking } = schemaChanges(before, changed([from, to]))
  expect(breaking).toHaveLength(1)
  expect(breaking[0]).toMatch(told)
})

test('one more value of an enum may be noticed', () => {
  const { breaking, noticeable } = schemaChanges(before, changed(['ACTIVE ARCHIVED', 'ACTIVE ARCHIVED BLOCKED']))
  expect(breaking).toEqual([])
  expect(noticeable).toEqual([expect.stringContaining('BLOCKED was added to enum type Status')])
})
