import { catalogue } from './catalogue.js'
import { dataSchemaOf, envelopeSchema, type JsonSchema } from './json-schema.js'

interface Property {
  readonly path: string
  readonly name: string
  readonly schema: JsonSchema
}

/** Every property below a schema, through lists and alternatives. */
const propertiesOf = (schema: JsonSchema, path = ''): Property[] => {
  const alternatives = (schema.anyOf ?? []) as JsonSchema[]
  const items = schema.items ? [schema.items as JsonSchema] : []
  const own = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)
  return [
    ...own.map(([name, child]) => ({ path: `${path}.${name}`, name, schema: child })),
    ...own.flatMap(([name, child]) => propertiesOf(child, `${path}.${name}`)),
    ...[...alternatives, ...items].flatMap((child) => propertiesOf(child, path)),
  ]
}

/** The schemas of single values at a property: itself, its alternatives, its items. */
const leavesOf = (schema: JsonSchema): JsonSchema[] => {
  if (schema.anyOf) return (schema.anyOf as JsonSchema[]).flatMap(leavesOf)
  if (schema.items) return leavesOf(schema.items as JsonSchema)
  return [schema]
}

const personalWords = new Set(
  (
    'name names firstname lastname fullname displayname surname nickname email mail phone telephone mobile fax value values normalized ' +
    'address addresses street city postcode postal zip geo latitude longitude text note notes summary comment comments title ' +
    'birth birthdate birthday gender occupation income description body message content subject label feedback purpose objective ' +
    'objectives answer answers remedy before after token secret url host'
  ).split(' '),
)

/** Texts about the tenant itself, which its administrator writes. */
const ofTheTenant = new Set(['.branding.name', '.branding.logoUrl'])

/** What is coarse enough to count people by (ADR 33). */
const coarse = new Set(['.city', '.gender'])

const wordsOf = (name: string) => name.split(/(?=[A-Z])|_/).map((word) => word.toLowerCase())
const isPersonal = (name: string) =>
  personalWords.has(name.toLowerCase()) || wordsOf(name).some((word) => personalWords.has(word))

const isBounded = (leaf: JsonSchema) => leaf.type !== 'string' || 'enum' in leaf || 'const' in leaf || 'pattern' in leaf

const every = catalogue.map((type) => [type.type, type] as const)

test('types are unique and cover the five services', () => {
  const types = catalogue.map(({ type }) => type)
  expect(new Set(types).size).toBe(types.length)
  const services = new Set(catalogue.map(({ service }) => service))
  expect([...services].sort()).toEqual(['integrations', 'interactions', 'profiles', 'segmentation', 'surveys'])
})

test.each(every)('%s shows a complete example', (_, type) => {
  expect(type.schema.parse(type.example)).toEqual(type.example)
})

test.each(every)('%s is described in one sentence, and so is every field', (_, type) => {
  expect(type.description).toMatch(/^[A-Z].*\.$/)
  const silent = propertiesOf(dataSchemaOf(type)).filter(({ schema }) => !schema.description)
  expect(silent.map(({ path }) => path)).toEqual([])
})

test.each(every)('%s starts with id and version', (_, type) => {
  expect(Object.keys(dataSchemaOf(type).properties as JsonSchema).slice(0, 2)).toEqual(['id', 'version'])
  expect(dataSchemaOf(type).required).toEqual(expect.arrayContaining(['id', 'version']))
})

test.each(every)('%s has no place for personal data or free text', (_, type) => {
  const properties = propertiesOf(dataSchemaOf(type))
  const personal = properties.filter(
    ({ name, path }) => isPersonal(name) && !ofTheTenant.has(path) && !coarse.has(path),
  )
  expect(personal.map(({ path }) => path)).toEqual([])
  const unbounded = properties.filter(({ schema }) => !leavesOf(schema).every(isBounded))
  expect(unbounded.map(({ path }) => path)).toEqual([])
})

test.each(every.filter(([, type]) => type.verb === 'updated'))('%s says which fields changed', (_, type) => {
  expect(dataSchemaOf(type).required).toContain('changedFields')
})

test.each(every.filter(([, type]) => 'customerId' in type.example))('%s keeps the order of its customer', (_, type) => {
  expect(type.partitionOf(type.example)).toBe((type.example as unknown as { customerId: string }).customerId)
})

test.each([
  'name',
  'displayName',
  'contactEmail',
  'e_mail',
  'birthDate',
  'phone',
  'fieldValue',
  'emailSubject',
  'note',
])('a field called %s would be refused', (name) => expect(isPersonal(name)).toBe(true))

test('a field of free text would be refused, however deep', () => {
  const deep: JsonSchema = {
    properties: { a: { anyOf: [{ type: 'null' }, { items: { properties: { b: { type: 'string' } } } }] } },
  }
  const found = propertiesOf(deep).filter(({ schema }) => !leavesOf(schema).every(isBounded))
  expect(found.map(({ path }) => path)).toEqual(['.a.b'])
})

test('every attribute of the envelope is described', () => {
  expect(propertiesOf(envelopeSchema()).filter(({ schema }) => !schema.description)).toEqual([])
})
