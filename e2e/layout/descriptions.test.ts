import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  buildASTSchema,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql'

const root = fileURLToPath(new URL('../..', import.meta.url))
const schemas = globSync('services/*/schema.graphql', { cwd: root }).map((file) =>
  buildASTSchema(parse(readFileSync(`${root}/${file}`, 'utf8')), { assumeValidSDL: true }),
)
const types = schemas
  .flatMap((schema): GraphQLNamedType[] => Object.values(schema.getTypeMap()))
  .filter(({ name }) => !name.startsWith('__'))

interface Described {
  path: string
  type: GraphQLInputType | GraphQLOutputType
  description: string
  isOut: boolean
}

/** The fields of types and inputs. */
const fields = types.flatMap((of): Described[] => {
  if (!isInputObjectType(of) && !isObjectType(of) && !isInterfaceType(of)) return []
  const isOut = !isInputObjectType(of)
  return Object.values<GraphQLInputField | GraphQLField<unknown, unknown>>(of.getFields()).map(
    ({ name, type, description }) => ({ path: `${of.name}.${name}`, type, description: description ?? '', isOut }),
  )
})

test('descriptions are sentences', () => {
  const wrong = fields.filter(({ description }) => description !== '' && !/^[^a-z].*[.…]$/s.test(description))
  expect(wrong.map(({ path, description }) => `${path}: ${description}`)).toEqual([])
})

test('every field has a description, beside the keys of entities of other services', () => {
  const bare = fields.filter(({ description, path }) => description === '' && !path.endsWith('.id'))
  expect(bare.map(({ path }) => path)).toEqual([])
})

test('a value that may be null says what that means', () => {
  const silent = fields.filter(
    ({ type, isOut, description }) =>
      isOut && !isNonNullType(type) && isLeafType(getNamedType(type)) && !/\bnull\b|NOT_FOUND/i.test(description),
  )
  expect(silent.map(({ path, description }) => `${path}: ${description}`)).toEqual([])
})
