import {
  buildSchema,
  type GraphQLError,
  GraphQLObjectType,
  type GraphQLScalarType,
  GraphQLSchema,
  graphql,
} from 'graphql'
import * as scalars from './scalars.js'

const {
  DateTimeScalar,
  DateScalar,
  DecimalScalar,
  PreciseDecimalScalar,
  EmailAddressScalar,
  PhoneNumberScalar,
  JsonScalar,
  CountryCodeScalar,
  CurrencyCodeScalar,
} = scalars

/** Sends a value through a real schema, as a variable or a literal, and shows what the resolver saw and what came out. */
async function send(type: GraphQLScalarType, o: { variable: unknown } | { literal: string }) {
  let inside: unknown
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: { echo: { type, args: { value: { type } }, resolve: (_, { value }) => (inside = value) } },
  })
  const result = await graphql({
    schema: new GraphQLSchema({ query }),
    source: 'literal' in o ? `{ echo(value: ${o.literal}) }` : `query ($value: ${type.name}) { echo(value: $value) }`,
    variableValues: 'variable' in o ? { value: o.variable } : {},
  })
  return { inside, outside: result.data?.echo, errors: result.errors ?? [] }
}

const codesOf = (errors: readonly GraphQLError[]) =>
  errors.map(({ extensions }) => `${extensions.code} ${extensions.reason}`)

test.each<[GraphQLScalarType, unknown, unknown]>([
  [DateTimeScalar, '2026-03-01T09:30:00Z', '2026-03-01T09:30:00.000Z'],
  [DateTimeScalar, '2026-03-01T00:30:00.1239+08:00', '2026-02-28T16:30:00.123Z'],
  [DateTimeScalar, '2024-02-29t23:59:59.5z', '2024-02-29T23:59:59.500Z'],
  [DateScalar, '2024-02-29', '2024-02-29'],
  [DateScalar, '0001-01-01', '0001-01-01'],
  [DecimalScalar, '1265793.04', '1265793.04'],
  [DecimalScalar, '12.5000', '12.5'],
  [DecimalScalar, '-0.00', '0'],
  [DecimalScalar, '-0.0001', '-0.0001'],
  [DecimalScalar, '999999999999999.9999', '999999999999999.9999'],
  [DecimalScalar, 42, '42'],
  [PreciseDecimalScalar, '0.006187000000', '0.006187'],
  [PreciseDecimalScalar, '9999999999.999999999999', '9999999999.999999999999'],
  [EmailAddressScalar, '  Jane.Doe+x@Example.ORG ', 'Jane.Doe+x@example.org'],
  [EmailAddressScalar, 'a@例子.中国', 'a@xn--fsqu00a.xn--fiqs8s'],
  [PhoneNumberScalar, ' +8613800138000 ', '+8613800138000'],
  [PhoneNumberScalar, '+6834000', '+6834000'],
  [JsonScalar, { a: [1, 'x', null, true, { b: 1.5 }] }, { a: [1, 'x', null, true, { b: 1.5 }] }],
  [JsonScalar, 'text', 'text'],
  [CountryCodeScalar, 'CN', 'CN'],
  [CurrencyCodeScalar, 'CNY', 'CNY'],
])('%s takes %j and gives %j', async (type, variable, outside) => {
  const result = await send(type, { variable })
  expect(result.errors).toEqual([])
  expect(result.outside).toEqual(outside)
  if (type === DateTimeScalar) expect(result.inside).toEqual(new Date(outside as string))
  else expect(result.inside).toEqual(outside)
})

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])

const REFUSED: [GraphQLScalarType, unknown[]][] = [
  [DateTimeScalar, ['', '2026-03-01', '2026-03-01T09:30:00', '2026-03-01 09:30:00Z', 1_772_357_400_000]],
  [
    DateTimeScalar,
    ['2026-02-30T00:00:00Z', '2026-03-01T24:00:00Z', '2026-06-30T23:59:60Z', '2026-03-01T09:30:00+25:00'],
  ],
  [DateTimeScalar, ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00']],
  [DateScalar, ['2026-02-29', '2026-13-01', '2026-3-1', '2026-03-01T00:00:00Z', '0000-01-01', 20_260_301]],
  [DecimalScalar, ['NaN', 'Infinity', '1e3', '1.', '.5', '+1', '007', '1,5', ' 1', '', '0x10']],
  [PreciseDecimalScalar, ['1.0000000000001', '10000000000', '1e-3', 0.5]],
  [DecimalScalar, ['1.00001', '1000000000000000', `1.${'0'.repeat(100)}`, 0.5, 2 ** 53, Number.NaN, true, {}]],
  [EmailAddressScalar, ['jane', '@example.org', 'a@b', 'a b@example.org', 'a..b@example.org', '.a@example.org', 7]],
  [EmailAddressScalar, ['a@-x.org', 'a@1.2.3.4', 'a@example.org\nbcc: x', 'a@b@example..org', 'a@例 子.中国']],
  [EmailAddressScalar, [`${'x'.repeat(65)}@example.org`, `a@${'x.'.repeat(126)}org`]],
  [PhoneNumberScalar, ['13800138000', '+0138001380', '+86 138 0013 8000', '+123456', '+1234567890123456', 8_613_800]],
  [CountryCodeScalar, ['de', 'Germany', 'XX', 'DEU', '中国', '', 276]],
  [CurrencyCodeScalar, ['eur', 'XYZ', '€', '', 978]],
  [JsonScalar, [nested(17)]],
]

test.each(REFUSED.flatMap(([type, values]) => values.map((value) => [type, value] as const)))(
  '%s refuses %j',
  async (type, variable) => {
    const { errors } = await send(type, { variable })
    expect(codesOf(errors)).toEqual([`INVALID scalar.${type.name}`])
    expect(errors[0]!.message).toContain(`Expected ${type.name}: `)
  },
)

test.each<[GraphQLScalarType, string, unknown]>([
  [DateTimeScalar, '"2026-03-01T09:30:00Z"', '2026-03-01T09:30:00.000Z'],
  [DecimalScalar, '"12.50"', '12.5'],
  [DecimalScalar, '999999999999999', '999999999999999'],
  [JsonScalar, '{ a: [1, "x", { b: true }] }', { a: [1, 'x', { b: true }] }],
])('%s takes the literal %s', async (type, literal, outside) => {
  expect((await send(type, { literal })).outside).toEqual(outside)
})

test.each<[GraphQLScalarType, string]>([
  [DecimalScalar, '1.5'],
  [DecimalScalar, 'ENUM'],
  [DecimalScalar, '9007199254740993'],
  [DateScalar, '"2026-02-30"'],
  [EmailAddressScalar, '"x"'],
  [JsonScalar, '9007199254740993'],
])('%s refuses the literal %s', async (type, literal) => {
  expect(codesOf((await send(type, { literal })).errors)).toEqual([`INVALID scalar.${type.name}`])
})

test.each<[GraphQLScalarType, unknown, unknown]>([
  [DateTimeScalar, '2026-03-01T08:30:00.123456+00:00', '2026-03-01T08:30:00.123Z'],
  [DecimalScalar, '1265793.0400', '1265793.04'],
  [DecimalScalar, 12n, '12'],
])('%s writes what PostgreSQL gives: %s', (type, stored, outside) => {
  expect(type.serialize(stored)).toBe(outside)
})

test.each<[GraphQLScalarType, unknown]>([
  [DateTimeScalar, new Date(Number.NaN)],
  [DateTimeScalar, 'yesterday'],
  [DateScalar, new Date()],
  [DecimalScalar, 0.1],
  [DecimalScalar, '1.23456'],
  [PhoneNumberScalar, 49],
])('%s does not write %s, and says so as a fault of ours', (type, stored) => {
  expect(() => type.serialize(stored)).toThrow(TypeError)
})

test('a value written before the rules were stricter can still be read', () => {
  expect(EmailAddressScalar.serialize('old style@example')).toBe('old style@example')
})

test('every scalar has a description and says where it is specified', () => {
  const all = Object.values(scalars)
  expect(all.map(({ name }) => name).sort()).toEqual([
    'CountryCode',
    'CurrencyCode',
    'Date',
    'DateTime',
    'Decimal',
    'EmailAddress',
    'JSON',
    'PhoneNumber',
    'PreciseDecimal',
  ])
  for (const { description, specifiedByURL } of all) {
    expect(description).toMatch(/\.$/)
    expect(URL.canParse(specifiedByURL!)).toBe(true)
  }
  expect(() => buildSchema(all.map(({ name }) => `scalar ${name}`).join('\n'))).not.toThrow()
})
