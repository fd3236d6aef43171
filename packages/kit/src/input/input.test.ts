import 'reflect-metadata'
import { limits } from '@clientele/contracts'
import { printType } from 'graphql'
import { Arg, buildSchema, Field, InputType, Int, Query, Resolver } from 'type-graphql'
import { Invalid } from '../errors/errors.js'
import { checkList, withoutRepeats } from './check-list.js'
import { checkNumber } from './check-number.js'
import { checkId, checkRequiredText, checkText } from './check-text.js'
import { checkNotFuture, checkTime } from './check-time.js'
import { Limited, limitOfField } from './limited.js'
import { type ValidationIssues, validationIssues } from './validation-issues.js'

const now = new Date('2026-03-10T08:00:00.000Z')
const line = (most: number) => ({ form: 'line', most }) as const
const { key, code, subject } = limits

const issuesOf = (use: (issues: ValidationIssues) => unknown, lenient = false) => {
  const issues = validationIssues('input', { lenient })
  use(issues)
  return issues.found.map(({ path, reason }) => `${path} ${reason}`)
}

test.each<[string, (issues: ValidationIssues) => unknown, string[]]>([
  ['a text', (i) => checkText(i, 't', ' 你好 ', line(2)), []],
  ['two emojis', (i) => checkText(i, 't', '😀😀', line(2)), []],
  ['three emojis', (i) => checkText(i, 't', '😀😀😀', line(2)), ['input.t text.too_long']],
  ['two decomposed letters', (i) => checkText(i, 't', 'e\u0301e\u0301', line(2)), []],
  ['a letter that is composed of more', (i) => checkText(i, 't', '\ufb1d', line(1)), ['input.t text.too_long']],
  ['a blank text', (i) => checkText(i, 't', ' \u3000\n', line(9)), ['input.t text.required']],
  ['no text', (i) => [checkText(i, 't', null, line(9)), checkText(i, 't', undefined, line(9))], []],
  ['no required text', (i) => checkRequiredText(i, 't', undefined, line(9)), ['input.t text.required']],
  ['a code', (i) => checkText(i, 'c', 'delivery.late', code), []],
  ['a code with a blank', (i) => checkText(i, 'c', 'delivery late', code), ['input.c code.malformed']],
  ['a code in Chinese', (i) => checkText(i, 'c', '物流', code), ['input.c code.malformed']],
  ['a key in Chinese', (i) => checkText(i, 'k', '物流/华东', key), []],
  ['64 emojis as a key', (i) => checkText(i, 'k', '😀'.repeat(64), key), []],
  ['65 as a key', (i) => checkText(i, 'k', 'k'.repeat(65), key), ['input.k text.too_long']],
  ['an address as a key', (i) => checkText(i, 'k', 'a@b.example', key), ['input.k key.malformed']],
  ['an address as a subject', (i) => checkText(i, 's', 'f:1:anna@b.example', subject), []],
  ['a subject with a blank', (i) => checkText(i, 's', 'anna b', subject), ['input.s subject.malformed']],
  ['what is no id', (i) => checkId(i, 'id', '7'), ['input.id id.malformed']],
  ['a list', (i) => checkList(i, 'l', [1, 2], { least: 2, most: 2 }), []],
  ['a list that is too short', (i) => checkList(i, 'l', [1], { least: 2, most: 2 }), ['input.l list.too_short']],
  ['a list that is too long', (i) => checkList(i, 'l', [1, 2], { least: 0, most: 1 }), ['input.l list.too_long']],
  ['entries that repeat', (i) => withoutRepeats(i, 'l', ['a', 'b', 'a'], (one) => one), ['input.l.2 list.repeated']],
  ['a number', (i) => checkNumber(i, 'n', 10, limits.nps), []],
  ['a number out of range', (i) => checkNumber(i, 'n', 11, limits.nps), ['input.n number.out_of_range']],
  ['a time', (i) => checkTime(i, 'p', new Date('1900-01-01T00:00:00Z'), limits.eventTime), []],
  [
    'a time too early',
    (i) => checkTime(i, 'p', new Date('1899-12-31T23:59:59.999Z'), limits.eventTime),
    ['input.p time.out_of_range'],
  ],
  ['a minute ahead', (i) => checkNotFuture(i, 'p', new Date(+now + 60_000), now), []],
  ['more than that', (i) => checkNotFuture(i, 'p', new Date(+now + 60_001), now), ['input.p time.future']],
  [
    'a part of the input',
    (i) => i.below('lines.3').add('sku', 'id.malformed', 'z'),
    ['input.lines.3.sku id.malformed'],
  ],
  [
    'two issues',
    (i) => [checkText(i, 'a', '', line(1)), i.must(false, 'b', 'id.malformed', 'z')],
    ['input.a text.required', 'input.b id.malformed'],
  ],
])('%s', (_, use, issues) => {
  expect(issuesOf(use)).toEqual(issues)
})

test('what passes comes back in the form in which it is stored', () => {
  const issues = validationIssues()
  expect([
    checkText(issues, 't', ' a  b ', line(9)),
    checkText(issues, 't', 'a\r\nb ', { form: 'text', most: 9 }),
    checkText(issues, 't', undefined, line(9)),
    checkText(issues, 't', null, line(9)),
    checkList(issues, 'l', [1, 2, 3], { least: 0, most: 2 }),
    checkList(issues, 'l', undefined, { least: 1, most: 2 }),
    withoutRepeats(issues, 'l', ['a', 'a'], (one) => one),
  ]).toEqual(['a b', 'a\nb', undefined, null, [1, 2], undefined, ['a']])
})

test('an import takes a blank text for none and is warned of what it can keep', () => {
  const issues = validationIssues('', { lenient: true })
  expect(checkText(issues, 't', ' ', line(9))).toBeNull()
  issues.doubt('e', 'id.malformed', 'z')
  expect([issues.found, issues.warnings]).toEqual([[], [{ path: 'e', reason: 'id.malformed', message: 'z' }]])
})

test('all issues are told together; the reason is that of the first', () => {
  const issues = validationIssues()
  issues.refuse()
  issues.add('a', 'text.required', 'a text')
  issues.add('b', 'id.malformed', 'z')
  expect(issues.refuse).toThrow(Invalid)
  expect(issues.refuse).toThrow(
    expect.objectContaining({
      code: 'INVALID',
      reason: 'text.required',
      message: 'input.a: a text. There is 1 more issue.',
      fields: issues.found,
    }),
  )
})

@InputType()
class Bounded {
  @Limited(limits.personName)
  @Field(() => String, { description: 'Family name.' })
  name!: string
  @Limited(limits.tags, limits.tagName)
  @Field(() => [String], { description: 'Tags.' })
  tags!: string[]
}

@InputType()
class AlsoBounded extends Bounded {
  @Limited(limits.code)
  @Field(() => String, { description: 'Channel.' })
  channel!: string
  @Limited(limits.complaintText)
  @Field(() => String, { nullable: true })
  story?: string
  @Limited(limits.importRows)
  @Field(() => [Int], { description: 'Rows.' })
  rows!: number[]
  @Limited(limits.ruleDays)
  @Field(() => Int, { description: 'Days.' })
  days!: number
}

@Resolver()
class BoundedResolver {
  @Query(() => Int)
  bounded(@Arg('input', () => AlsoBounded) _: AlsoBounded): number {
    return 0
  }
}

test('the description of a limited field ends with its limit, inherited ones too', async () => {
  const schema = await buildSchema({ resolvers: [BoundedResolver], validate: false })
  expect(printType(schema.getType('AlsoBounded')!)).toMatchInlineSnapshot(`
    "input AlsoBounded {
      """Family name. 1 to 100 characters in one line."""
      name: String!

      """Tags. At most 50 entries, each of 1 to 64 characters in one line."""
      tags: [String!]!

      """
      Channel. 1 to 64 ASCII letters, digits and \`.\` \`_\` \`:\` \`-\`, the first a letter or digit.
      """
      channel: String!

      """1 to 50,000 characters."""
      story: String

      """Rows. 1 to 200 entries."""
      rows: [Int!]!

      """Days. From 0 to 36,500."""
      days: Int!
    }"
  `)
  expect(limitOfField('AlsoBounded', 'name')).toEqual({ limit: limits.personName })
  expect(limitOfField('AlsoBounded', 'other')).toBeUndefined()
})

test('a limit that stands below the field is refused: the description would not say it', () => {
  expect(() => Limited(limits.key)(class Other {}.prototype, 'key')).toThrow('must stand above its @Field')
})
