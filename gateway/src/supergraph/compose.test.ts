import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSchema, getNamedType, isInputObjectType, isObjectType, parse, validate } from 'graphql'
import { schemas } from '../../fixture/subgraphs.js'
import { readSamples } from '../http/playground.js'
import { defaultLimits, inspect } from '../limits/limits.js'
import { committedSupergraph } from './committed-supergraph.js'
import { compose, composeFolder } from './compose.js'

const services = fileURLToPath(new URL('../../../services', import.meta.url))

test('equal schemas give equal text, with names for addresses', () => {
  const first = compose(schemas)
  expect(first.errors).toEqual([])
  expect(compose(schemas).sdl).toBe(first.sdl)
  expect(first.sdl).toContain('@join__graph(name: "profiles", url: "http://profiles")')
  expect(first.sdl).not.toMatch(/localhost|127\.0\.0\.1/)
})

test('schemas that do not fit say why', () => {
  const { sdl, errors } = compose([
    { name: 'one', sdl: 'type Query { a: Int }' },
    { name: 'two', sdl: 'type Query { a: String }' },
  ])
  expect(sdl).toBeUndefined()
  expect(errors.join('\n')).toMatch(/^(INVALID_FIELD_SHARING|FIELD_TYPE_MISMATCH): .*"Query\.a"/m)
})

test('nothing to compose is an error', () => {
  expect(compose([])).toMatchObject({ sdl: undefined, errors: ['No schema.graphql was found.'] })
})

describe('the committed supergraph', () => {
  test('is the composition of the committed schemas', async () => {
    const { sdl, errors } = await composeFolder(services)
    expect(errors).toEqual([])
    expect(readFileSync(committedSupergraph, 'utf8')).toBe(sdl)
  })

  test('is composed of every service, each with its own schema', async () => {
    const names = await readdir(services)
    expect((await composeFolder(services)).services).toEqual(names.sort())
    for (const name of names) expect(existsSync(join(services, name, 'schema.graphql'))).toBe(true)
  })

  test('lets a client name by its id what it writes as it reads it', () => {
    const schema = buildSchema(readFileSync(committedSupergraph, 'utf8'), { assumeValidSDL: true })
    const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && type.getFields().id)
    const inputs = types.map(({ name }) => schema.getType(`${name}Input`)).filter((type) => isInputObjectType(type))
    expect(inputs.map(({ name }) => name)).toContain('ContactPersonInput')
    for (const input of inputs) {
      expect([input.name, getNamedType(input.getFields().id?.type)?.name]).toEqual([input.name, 'ID'])
    }
  })

  test('can answer every sample, within the limits', async () => {
    const schema = buildSchema(readFileSync(committedSupergraph, 'utf8'), { assumeValidSDL: true })
    for (const { name, query } of await readSamples()) {
      expect([name, validate(schema, parse(query)).map(({ message }) => message)]).toEqual([name, []])
      expect(inspect(query, defaultLimits)).toBeDefined()
    }
  })
})
