import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { exampleOf } from './asyncapi.js'
import { catalogue } from './catalogue.js'
import { cloudEvent } from './envelope.js'
import { dataSchemaOf, envelopeSchema } from './json-schema.js'
import { customerCreated } from './profiles.js'

const every = catalogue.map((type) => [type.type, type] as const)

// The patterns must do the work alone: many validators do not check formats.
const compile = (schema: object): ValidateFunction =>
  new Ajv2020({ allErrors: true, formats: { uuid: true, 'date-time': true } }).compile(schema)

const junk = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, true, '', ' ', 'a b', 'A', '1', '-0.50', '2026-02-29T00:00:00Z', '重点'),
  fc.integer(),
  fc.double(),
  fc.string({ unit: 'binary' }),
  fc.array(fc.string(), { maxLength: 2 }),
  fc.constant({}),
)

/** The example with one of its values, at any depth, replaced by junk. */
const spoilt = (value: unknown): fc.Arbitrary<unknown> => {
  if (Array.isArray(value)) return fc.oneof(junk, fc.tuple(...value.map(spoilt)))
  if (typeof value !== 'object' || value === null) return junk
  const record = value as Record<string, unknown>
  return fc.oneof(
    { weight: 1, arbitrary: junk },
    {
      weight: 9,
      arbitrary: fc
        .constantFrom(...Object.keys(record), 'unheardOf')
        .chain((key) => spoilt(record[key]).map((child) => ({ ...record, [key]: child }))),
    },
  )
}

const overTheWire = (value: unknown): unknown => {
  const text = JSON.stringify(value)
  return text === undefined ? null : JSON.parse(text)
}

const validators = new Map(catalogue.map((type) => [type, compile(dataSchemaOf(type))]))

test.each(every)('%s: the JSON Schema accepts and refuses what the contract does', (_, type) => {
  const validate = validators.get(type)!
  expect(validate(type.example)).toBe(true)
  fc.assert(
    fc.property(spoilt(type.example), (value) => {
      const received = overTheWire(value)
      expect(validate(received)).toBe(type.schema.safeParse(received).success)
    }),
    { numRuns: 150 },
  )
})

/** What is blank, or is not, by one reading of an expression and not by another: with flags or without, in JavaScript or elsewhere. */
const blanks = ['', ' ', '\t', '\n', '\r\n', '\v', '\u0085', '\u00a0', '\u2028', '\u2029', '\u3000', '\ufeff', '\u200b']
const ofBlanks = blanks.flatMap((blank) => [blank, `a${blank}b`, `${blank}a`, `a${blank}`, `A${blank}`, `1${blank}`])
const texts = [...ofBlanks, 'A', 'É', 'ß', 'ﬁ', '\u212a', '𠮷', '\u0130', 'a\u0301', '１', '٣']

/** The example with the text in the place of each of its values, one at a time. */
const withTextInEachPlace = (value: unknown, text: string): unknown[] => {
  if (typeof value !== 'object' || value === null) return [text]
  if (Array.isArray(value))
    return value.flatMap((each, at) => withTextInEachPlace(each, text).map((one) => value.with(at, one)))
  return Object.entries(value).flatMap(([key, each]) =>
    withTextInEachPlace(each, text).map((one) => ({ ...value, [key]: one })),
  )
}

test.each(every)('%s: of blanks and look-alikes in any place, both accept and refuse the same', (_, type) => {
  const validate = validators.get(type)!
  const differ = texts
    .flatMap((text) => withTextInEachPlace(type.example, text))
    .filter((value) => validate(value) !== type.schema.safeParse(value).success)
  expect(differ.slice(0, 5)).toEqual([])
})

test.each([64, 65])('a key of %i characters outside the basic plane counts the same for both', (length) => {
  const source = '𠮷'.repeat(length)
  const accepted = length === 64
  expect(customerCreated.schema.safeParse({ ...customerCreated.example, source }).success).toBe(accepted)
  expect(compile(dataSchemaOf(customerCreated))({ ...customerCreated.example, source })).toBe(accepted)
})

test('the JSON Schema of the envelope accepts and refuses what the contract does', () => {
  const validate = compile(envelopeSchema())
  fc.assert(
    fc.property(
      fc.constantFrom(...catalogue).chain((type) => spoilt(exampleOf(type))),
      (value) => {
        const received = overTheWire(value)
        expect(validate(received)).toBe(cloudEvent.safeParse(received).success)
      },
    ),
    { numRuns: 500 },
  )
})
