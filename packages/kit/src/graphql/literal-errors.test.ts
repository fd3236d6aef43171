import { buildSchema, GraphQLError, type GraphQLScalarType, parse, type ValueNode, validate } from 'graphql'
import { literalErrors } from './literal-errors.js'

const schema = buildSchema(`
  scalar Day
  enum Kind { PERSON ROBOT }
  input Line { sku: String!, quantity: Int, at: Day }
  input Row { kind: Kind, lines: [Line!] }
  input Import { rows: [Row!]! }
  type Query { one(input: Import, count: Int): Int, other: Int }
`)
const parseLiteral = (nodes: ValueNode) => {
  throw new GraphQLError('Expected Day: none', { nodes, extensions: { code: 'INVALID', reason: 'scalar.Day' } })
}
Object.assign(schema.getType('Day') as GraphQLScalarType, { parseLiteral })

const fieldsOf = (text: string) => {
  const document = parse(text)
  return literalErrors(document, validate(schema, document)).map(({ extensions }) => extensions.fields)
}

test.each([
  [
    '{ one(input: { rows: [{}, { lines: [{ sku: "a", at: "tomorrow 9" }] }] }) }',
    'input.rows.1.lines.0.at',
    'scalar.Day',
  ],
  ['{ one(count: "x") }', 'count', 'value.invalid'],
  ['{ a: one(count: 1) b: one(input: { rows: [{ kind: "日" }] }) }', 'input.rows.0.kind', 'value.invalid'],
  ['{ one(input: { rows: [{ lines: [{}] }] }) }', 'input.rows.0.lines.0', 'value.invalid'],
  ['{ one(input: { rows: [{ size: 1 }] }) }', 'input.rows.0', 'value.invalid'],
  ['query ($count: Int = "x") { one(count: $count) }', 'count', 'value.invalid'],
  ['{ ...part } fragment part on Query { one(count: "x") }', 'count', 'value.invalid'],
])('%s is at fault at %s', (text, path, reason) => {
  expect(fieldsOf(text)).toEqual([[expect.objectContaining({ path, reason, message: expect.any(String) })]])
})

test('what is wrong with anything but a value stays as it is', () => {
  expect(fieldsOf('{ others one(size: 1) }')).toEqual([undefined, undefined])
})
