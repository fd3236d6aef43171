import type { Target } from './target.js'
import { fillTemplate } from './template.js'

const leaf = (type: string, rest: Partial<Target> = {}): Target => ({
  type,
  required: false,
  hasDefault: false,
  ...rest,
})
const types = [
  'String',
  'ID',
  'Int',
  'Float',
  'Boolean',
  'Decimal',
  'PreciseDecimal',
  'Date',
  'DateTime',
  'CurrencyCode',
]
const targets: [string, Target][] = [
  ...types.map((type): [string, Target] => [type, leaf(type)]),
  ['one of some codes', leaf('Kind', { values: ['A'] })],
  ['a list', leaf('String', { item: leaf('String') })],
]
const characters = ['\0', '\ud800', '\udc00', '\ufffe', '\u{10ffff}', '\x1b', '\x7f']

test.each(targets)('malformed text for %s is told as such, before any transform has read it', (_, target) => {
  const seen: string[] = []
  const transform = (text: string) => {
    seen.push(text)
    return text
  }
  const cell = {
    kind: 'cell',
    column: 'c',
    index: 0,
    target,
    transforms: [transform],
    ...(target.item && { split: ';' }),
  } as const
  const fields = [{ name: 'f', required: false, template: cell }]
  for (const character of characters)
    for (const text of [character, `a${character}`, `${character}a`, ` ${character} `, `a;${character}`]) {
      const { faults } = fillTemplate({ kind: 'object', fields }, [text])
      expect(faults).toEqual([expect.objectContaining({ column: 'c', reason: 'text.malformed' })])
    }
  expect(seen).toEqual([])
})

test('what is no text of a line but may be stored passes', () => {
  const cell = { kind: 'cell', column: 'c', index: 0, target: leaf('String'), transforms: [] } as const
  const fields = [{ name: 'f', required: false, template: cell }]
  for (const text of ['a\tb', 'a\nb', '𠮷', '👩‍👩‍👧', 'مرحبا', '\u200f'])
    expect(fillTemplate({ kind: 'object', fields }, [text])).toEqual({ value: { f: text }, faults: [] })
})
