import { planningChanges } from './planning-changes.js'

const before = `
  type Customer @key(fields: "id") @key(fields: "number") { id: ID! number: String! @shareable rank: Int @requires(fields: "number") }
  extend type Query { customer: Customer }
`

test.each<[string, string, string[]]>([
  ['id: ID!', 'id: ID!', []],
  ['@key(fields: "number") ', '', ['Customer was @key(fields: "number").']],
  ['@key(fields: "id")', '@key(fields: "id number")', ['Customer was @key(fields: "id").']],
  ['number: String! @shareable', 'number: String!', ['Customer.number was @shareable.']],
  ['@requires(fields: "number")', '', ['Customer.rank was @requires(fields: "number").']],
  ['id: ID!', 'id: ID! @external', ['Customer.id became @external.']],
  ['id: ID!', 'id: ID! @shareable', []],
  ['@key(fields: "id")', '@key(fields: "id") @key(fields: "rank")', []],
  ['customer: Customer', 'customer: Customer @inaccessible', ['Query.customer became @inaccessible.']],
])('%s, being %s now', (from, to, told) => {
  expect(before).toContain(from)
  expect(planningChanges(before, before.replace(from, to))).toEqual(told)
})
