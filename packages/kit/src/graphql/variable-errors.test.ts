import { buildSchema, GraphQLError, type GraphQLScalarType, getOperationAST, parse } from 'graphql'
import { variableErrors } from './variable-errors.js'

const schema = buildSchema(`
  scalar Day
  enum Kind { PERSON ROBOT }
  input Line { sku: String!, quantity: Int, at: Day }
  input Row { kind: Kind, lines: [Line!] }
  input Import { rows: [Row!]! }
  type Query { one(input: Import!, count: Int): Int }
`)
const refuseDay = () => {
  throw new GraphQLError('Expected Day: none', { extensions: { code: 'INVALID', reason: 'scalar.Day' } })
}
Object.assign(schema.getType('Day') as GraphQLScalarType, { parseValue: refuseDay })
const operation = getOperationAST(parse('query ($input: Import!, $count: Int) { one(input: $input, count: $count) }'))!

const fieldsOf = (variables: Record<string, unknown>) =>
  variableErrors(schema, operation, variables)?.map(({ extensions }) => extensions.fields)

test('variables that fit have no errors', () => {
  expect(fieldsOf({ input: { rows: [{ kind: 'PERSON', lines: [{ sku: 'a' }] }] } })).toBeUndefined()
})

test('each fault is told with its place, its reason and what would be right, those of several variables too', () => {
  const lines = [{ sku: 'a', quantity: 'x', at: 'never' }, {}]
  expect(
    fieldsOf({ count: 'y', input: { rows: [{}, { lines }, { kind: 'PERSO', 'at "input.rows[0].kind"; ': 1 }] } }),
  ).toMatchObject([
    [
      {
        path: 'input.rows.1.lines.0.quantity',
        reason: 'value.invalid',
        message: expect.stringContaining('Int cannot'),
      },
    ],
    [{ path: 'input.rows.1.lines.0.at', reason: 'scalar.Day', message: 'Expected Day: none' }],
    [{ path: 'input.rows.1.lines.1', reason: 'value.invalid', message: expect.stringContaining('"sku"') }],
    [{ path: 'input.rows.2.kind', reason: 'value.invalid', message: expect.stringContaining('"PERSO"') }],
    [{ path: 'input.rows.2', reason: 'value.invalid', message: expect.stringContaining('not defined') }],
    [{ path: 'count', reason: 'value.invalid', message: expect.stringContaining('Int cannot') }],
  ])
})

test.each([[{}], [{ input: null }]])('a variable that must be there is the field itself: %o', (variables) => {
  expect(fieldsOf(variables)).toMatchObject([
    [{ path: 'input', reason: 'value.invalid', message: 'a value of Import!' }],
  ])
})

test('names of the schema are not suggested, and a long value is not quoted in full', () => {
  const told = JSON.stringify(fieldsOf({ input: { rows: [{ kind: 'ROBOTS' }, { kind: 'x'.repeat(100_000) }] } }))
  expect(told).not.toContain('Did you mean')
  expect(told.length).toBeLessThan(2_000)
})
