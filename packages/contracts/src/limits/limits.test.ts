import fc from 'fast-check'
import { catalogue } from '../catalogue.js'
import { dataSchemaOf, envelopeSchema, type JsonSchema } from '../json-schema.js'
import { normalizeLine, normalizeText } from '../texts/text.js'
import { charactersOf, limits, patternOf } from './index.js'

// In UTF-8; what JSON escapes takes two.
const bytesOfCharacter = 4

/** Most characters that a pattern lets through, for the patterns that contracts have. Throws for one without a bound. */
const longest = (pattern: string): number => {
  const bare = pattern.replace(/\[[^\]]*\]|\\./g, 'x').replace(/[\^$()?]/g, '')
  if (/[*+]|\{\d+,\}/.test(bare)) throw new Error(`nothing bounds ${pattern}`)
  return bare.replace(/.\{(?:\d+,)?(\d+)\}/g, (_, most) => 'x'.repeat(Number(most))).length
}

/** Most bytes of JSON that a value of this schema has. Throws where nothing bounds it. */
const mostBytes = (schema: JsonSchema, path: string): number => {
  const { anyOf, enum: values, const: only, type, format, pattern, maxLength, maxItems, properties, items } = schema
  if (anyOf) return Math.max(...(anyOf as JsonSchema[]).map((each) => mostBytes(each, path)))
  if (values || only) return Math.max(...[values ?? only].flat().map((one) => JSON.stringify(one).length))
  if (type === 'string') {
    if (format === 'uuid') return 38
    if (format === 'date-time') return 38
    const characters = Math.min(
      typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY,
      pattern ? longest(pattern as string) : Number.POSITIVE_INFINITY,
    )
    if (!Number.isFinite(characters)) throw new Error(`nothing bounds the text ${path}`)
    const isAscii = pattern && !/\[\^|\\S|\\D|(?<!\\)\./.test((pattern as string).replace(/\[[^\]^][^\]]*\]/g, 'x'))
    return characters * (isAscii ? 1 : bytesOfCharacter) + 2
  }
  if (type === 'integer' || type === 'null' || type === 'boolean') return 20
  if (type === 'array') {
    if (maxItems === undefined) throw new Error(`nothing bounds the list ${path}`)
    return (maxItems as number) * (mostBytes(items as JsonSchema, `${path}[]`) + 1) + 2
  }
  if (type !== 'object') throw new Error(`${path} is of no type that we know`)
  return Object.entries(properties as Record<string, JsonSchema>).reduce(
    (sum, [name, each]) => sum + name.length + 4 + mostBytes(each, `${path}.${name}`),
    2,
  )
}

const envelope = Object.entries(envelopeSchema().properties as Record<string, JsonSchema>)
  // Made of names that the code gives, and less than this.
  .filter(([name]) => !['data', 'source', 'type', 'subject', 'dataschema'].includes(name))
  .reduce((sum, [name, each]) => sum + name.length + 4 + mostBytes(each, name), 1_024)

test.each(catalogue.map((type) => [type.type, type] as const))('the longest %s fits in an event', (_, type) => {
  expect(envelope + mostBytes(dataSchemaOf(type), type.concept)).toBeLessThanOrEqual(limits.eventBytes)
})

test('a text of any length fits in a request', () => {
  const texts = Object.values(limits).flatMap((limit) =>
    typeof limit === 'object' && 'most' in limit && limit.form !== 'list' && limit.form !== 'number'
      ? [limit.most]
      : [],
  )
  expect(Math.max(...texts) * bytesOfCharacter).toBeLessThan(limits.requestBytes - 4_096)
})

test.each([
  ['', 0],
  ['abc', 3],
  ['好', 1],
  ['😀', 1],
  ['👩‍👩‍👧', 5],
  ['a😀b', 3],
  ['\ud83d', 1],
  ['\ude00\ud83d', 2],
])('%j has %i characters', (text, characters) => {
  expect(charactersOf(text)).toBe(characters)
  expect(charactersOf(text)).toBe([...text].length)
})

test.each([
  [limits.key, '重点/客户', 'a b'],
  [limits.key, '😀'.repeat(64), '😀'.repeat(65)],
  [limits.key, 'a', 'a@b'],
  [limits.code, 'delivery.late', 'delivery late'],
  [limits.code, 'a'.repeat(64), 'a'.repeat(65)],
  [limits.code, '1:2-3_4', '.a'],
  [limits.subject, 'f:1:anna@b.example', 'anna b'],
  [limits.subject, '😀'.repeat(255), '😀'.repeat(256)],
  [limits.addressPart, '😀', '\n'],
  [limits.addressPart, 'a b', 'a\nb'],
  [limits.addressPart, '😀'.repeat(limits.addressPart.most), '😀'.repeat(limits.addressPart.most + 1)],
  [limits.brandName, '青禾 贸易', '\u3000'],
  [limits.brandName, 'a', ' a'],
  [limits.complaintText, 'a\nb', 'a\n'],
])('%j takes %j and not %j', (limit, right, wrong) => {
  expect([right, wrong].map((text) => patternOf(limit).test(text))).toEqual([true, false])
})

const forms = ['line', 'text', 'key', 'code', 'subject'] as const
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ' ',
      '\n',
      '\t',
      '\r',
      '\u0085',
      '\u00a0',
      '\u2028',
      '\u3000',
      '\ufeff',
      '\u200b',
      '\u0301',
      'a',
      '@',
      '.',
      '1',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 6,
})

test('an event takes each line and text that can be stored, and nothing blank', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom(...forms), fc.integer({ min: 1, max: 6 }), (given, form, most) => {
      const text = form === 'text' ? normalizeText(given) : normalizeLine(given)
      const matches = patternOf({ form, most }).test(text)
      if (text === '' || charactersOf(text) > most) expect(matches).toBe(false)
      else if (form === 'line' || form === 'text') expect(matches).toBe(true)
    }),
    { numRuns: 5_000 },
  )
})
