import { buildSchema, getOperationAST, parse, validate } from 'graphql'
import { nameEnumValues } from './enum-values.js'
import { variableErrors } from './variable-errors.js'

const schema = nameEnumValues(
  buildSchema(`
    enum Kind { PERSON ORGANIZATION }
    enum Many { ${Array.from({ length: 50 }, (_, at) => `V${at}`).join(' ')} }
    input Filter { kind: Kind = PERSON, kinds: [Kind!], many: Many }
    type Query { one(kind: Kind, filter: Filter): Kind }
  `),
)
const written = (argument: string) => validate(schema, parse(`{ one(${argument}) }`))
const variables = (filter: unknown) =>
  variableErrors(schema, getOperationAST(parse('query ($filter: Filter) { one(filter: $filter) }'))!, { filter })

const known = 'Kind, which is one of PERSON, ORGANIZATION.'
const params = { type: 'Kind', values: ['PERSON', 'ORGANIZATION'], more: 0 }

test.each([
  ['kind: PERSO', 'PERSO'],
  ['filter: { kind: person }', 'person'],
  ['filter: { kinds: [PERSON, ROBOT] }', 'ROBOT'],
  ['kind: "PERSON"', '"PERSON"'],
  ['kind: 1', '1'],
  ['kind: __proto__', '__proto__'],
])('%s is told with the values that there are', (argument, given) => {
  expect(written(argument)).toMatchObject([
    { message: `${given} is no ${known}`, extensions: { reason: 'value.not_one_of', params: { ...params, given } } },
  ])
})

test.each([
  [{ kind: 'PERSO' }, 'filter.kind', '"PERSO"'],
  [{ kinds: ['PERSON', '机构 🤖'] }, 'filter.kinds.1', '"机构 🤖"'],
  [{ kind: 7 }, 'filter.kind', '7'],
  [{ kind: 'constructor' }, 'filter.kind', '"constructor"'],
  [{ kind: { eq: 'PERSON' } }, 'filter.kind', '{"eq":"PERSON"}'],
])('the variable %j is told with its place and the values that there are', (filter, path, given) => {
  expect(variables(filter)).toMatchObject([
    {
      message: expect.stringContaining(`${given} is no ${known}`),
      extensions: {
        reason: 'value.not_one_of',
        fields: [
          { path, reason: 'value.not_one_of', message: `${given} is no ${known}`, params: { ...params, given } },
        ],
      },
    },
  ])
})

test('of many values the first are told, and of a long one the beginning', () => {
  const [error] = variables({ many: 'x'.repeat(100_000) })!
  const [field] = error!.extensions.fields as { message: string; params: object }[]
  expect(field!.message).toMatch(/^"x{99}… is no Many, which is one of V0, V1, .*V19 and 30 more\.$/)
  expect(JSON.stringify(field).length).toBeLessThan(1_000)
})

test('what is right passes, defaults too', () => {
  expect(written('kind: ORGANIZATION, filter: { kinds: [PERSON], many: V49 }')).toEqual([])
  expect(variables({ kind: 'ORGANIZATION', many: 'V49' })).toBeUndefined()
  expect(variables({ kind: null })).toBeUndefined()
})
