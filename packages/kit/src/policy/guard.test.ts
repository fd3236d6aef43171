import { buildSchema, graphql } from 'graphql'
import type { Service } from '../service/service.js'
import { guardSchema } from './guard.js'
import { type PolicyTable, policy } from './policy.js'

const sdl = `
  type Query { person(filter: PersonFilter, orderBy: PersonOrderField): Person, hello: String }
  input PersonFilter { and: [PersonFilter!], name: String, born: String }
  enum PersonOrderField { ID NAME }
  type Person { id: ID!, name: String, details: Details, redactedFields: [String!]! }
  type Details { born: String, height: Int }
`
const table: PolicyTable<'read'> = {
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT' },
    sales: { clearance: 'PERSONAL', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
  },
  opens: { read: ['person'] },
  fields: {
    Person: { PLAIN: ['details'], PERSONAL: ['name'] },
    Details: { PLAIN: ['height'], SENSITIVE: ['born'] },
  },
  inputs: { PersonFilter: ['Person', 'Details'], PersonOrderField: 'Person' },
}

const guarded = (text: string, changed: Partial<PolicyTable<'read'>> = {}) => {
  const service = { name: 'people', publicFields: ['hello'], policies: [policy('Person', { ...table, ...changed })] }
  return guardSchema(buildSchema(text), service as unknown as Service)
}

class Person {
  id = 'p1'
  name = '王小明'
  details = { born: '1990-01-02', height: 180 }
}
const ask = async (role: string, source: string) => {
  const shown: unknown[] = []
  const contextValue = {
    actor: { subject: 's', roles: [role], territories: [''], scopes: [] },
    trail: { shown: (...what: unknown[]) => shown.push(what) },
  }
  const result = await graphql({
    schema: guarded(sdl),
    source,
    rootValue: { person: new Person(), hello: 'hi' },
    contextValue,
  })
  return { ...result, shown }
}

test.each([
  ['admin', { name: '王小明', details: { born: '1990-01-02', height: 180 }, redactedFields: [] }, 1],
  ['sales', { name: '王小明', details: { born: null, height: 180 }, redactedFields: ['details.born'] }, 0],
  ['analyst', { name: null, details: { born: null, height: 180 }, redactedFields: ['name', 'details.born'] }, 0],
])('%s sees what their class covers, and the log knows of what is sensitive', async (role, person, shown) => {
  const answer = await ask(role, '{ person { name details { born height } redactedFields } }')
  expect(answer.errors).toBeUndefined()
  expect(answer.data).toEqual({ person })
  expect(answer.shown).toEqual(
    shown ? [[{ type: 'Person', id: 'p1' }, 'details.born', ['person', 'details', 'born']]] : [],
  )
})

test('a role without a grant opens nothing but what is public', async () => {
  const answer = await ask('service', '{ hello person { id } }')
  expect(answer.data).toEqual({ hello: 'hi', person: null })
  expect(answer.errors?.[0]?.extensions).toMatchObject({
    code: 'FORBIDDEN',
    reason: 'role',
    roles: ['admin', 'sales', 'analyst'],
  })
})

test.each([
  ['analyst', 'filter: { name: "a" }', 'filter.name', ['admin', 'sales']],
  ['analyst', 'filter: { and: [{ and: [{ name: null }] }] }', 'filter.and.0.and.0.name', ['admin', 'sales']],
  ['sales', 'filter: { born: "1990" }', 'filter.born', ['admin']],
  ['analyst', 'orderBy: NAME', 'orderBy', ['admin', 'sales']],
  ['analyst', 'orderBy: ID', undefined, []],
  ['sales', 'filter: { name: "a" }, orderBy: NAME', undefined, []],
])('%s asking for %s is told of %s, and that %j can', async (role, argument, path, roles) => {
  const { errors } = await ask(role, `{ person(${argument}) { id } }`)
  const refused = { code: 'FORBIDDEN', reason: 'field.hidden', roles, fields: [expect.objectContaining({ path })] }
  if (path) expect(errors?.[0]?.extensions).toMatchObject(refused)
  else expect(errors).toBeUndefined()
})

test.each([
  ['a field without a class', sdl.replace('height: Int', 'height: Int, shoe: Int'), {}, 'no policy names Details.shoe'],
  ['a root field that nobody opens', sdl.replace('hello:', 'all: [Person], hello:'), {}, 'no policy names all'],
  ['a field that there is not', sdl.replace(', height: Int', ''), {}, 'Details.height, which is no field'],
  ['an opening that there is not', sdl, { opens: { read: ['person', 'people'] } }, 'opens people, which is no field'],
  [
    'a hidden field that cannot be null',
    sdl
      .replace('born: String }\n  enum', 'born: String }\n  enum')
      .replace('type Details { born: String', 'type Details { born: String!'),
    {},
    'Details.born can be hidden',
  ],
  [
    'an input that nobody has thought of',
    sdl,
    { inputs: { PersonOrderField: 'Person' } },
    'PersonFilter has name, born',
  ],
  [
    'an order that nobody has thought of',
    sdl,
    { inputs: { PersonFilter: ['Person', 'Details'] } },
    'PersonOrderField has name',
  ],
  ['an input that there is not', sdl, { inputs: { ...table.inputs, Nothing: 'Person' } }, 'the input Nothing'],
] as const)('%s fails the build', (_, text, changed, fault) => {
  expect(() => guarded(text, changed as never)).toThrow(fault)
})

const written = `${sdl}
  type Mutation { enter(input: DetailsInput!): Person }
  input DetailsInput { born: String, height: Int, below: [DetailsInput!] }`
const writing = {
  roles: {
    ...table.roles,
    sales: { clearance: 'PERSONAL', read: 'TENANT', enter: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT', enter: 'TENANT' },
  },
  opens: { ...table.opens, enter: ['enter'] },
  writeOnly: { sales: { Details: ['born'] } },
  inputs: { ...table.inputs, DetailsInput: 'Details' },
} as const

test.each([
  ['sales', 'mutation { enter(input: { born: "1990" }) { details { born } redactedFields } }', undefined],
  ['sales', 'mutation { enter(input: { below: [{ born: "1990" }] }) { details { born } redactedFields } }', undefined],
  ['sales', 'mutation { enter(input: { born: null }) { id } }', 'input.born', [], 'field.write_only'],
  ['sales', '{ person(filter: { born: "1990" }) { id } }', 'filter.born', ['admin']],
  ['analyst', 'mutation { enter(input: { born: "1990" }) { id } }', 'input.born', ['sales']],
] as const)('%s, of whom sales may write without seeing, asks %s', async (role, source, ...told) => {
  const [path, roles, reason = 'field.hidden'] = told
  const contextValue = {
    actor: { subject: 's', roles: [role], territories: [''], scopes: [] },
    trail: { shown: () => {} },
  }
  const rootValue = { person: new Person(), enter: new Person() }
  const { data, errors } = await graphql({
    schema: guarded(written, writing as never),
    source,
    rootValue,
    contextValue,
  })
  const refused = { code: 'FORBIDDEN', reason, roles, fields: [expect.objectContaining({ path, reason })] }
  if (path) expect(errors?.[0]?.extensions).toMatchObject(refused)
  else expect(data).toEqual({ enter: { details: { born: null }, redactedFields: ['details.born'] } })
})

test.each([
  ['admin', 'born'],
  ['sales', 'height'],
  ['sales', 'nothing'],
])('that %s writes %s without seeing it is refused where they see it, or there is no such field', (role, field) => {
  expect(() => guarded(sdl, { writeOnly: { [role]: { Details: [field] } } })).toThrow(`Details.${field}`)
})
