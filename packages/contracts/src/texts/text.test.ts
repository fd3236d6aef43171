import fc from 'fast-check'
import { malformedCharacter, normalizeLine, normalizeText } from './text.js'

test.each([
  ['a\ud800', 'U+D800'],
  ['\udc00a', 'U+DC00'],
  ['a\u0000b', 'U+0000'],
  ['\u001b[31m', 'U+001B'],
  ['a\u000bb', 'U+000B'],
  ['\u007f', 'U+007F'],
  ['\ufffe', 'U+FFFE'],
  ['\uffff', 'U+FFFF'],
  ['\ufdd0', 'U+FDD0'],
  ['\ufdef', 'U+FDEF'],
  ['\u{1ffff}', 'U+1FFFF'],
  ['\u{10fffe}', 'U+10FFFE'],
])('%j is malformed by %s', (text, character) => {
  expect(malformedCharacter(text)).toBe(character)
})

test.each([
  '',
  'plain',
  'line\r\nbreak\ttab',
  '王小明 🎂',
  'e\u0301',
  '\u00a0\u3000\ufeff\u200d',
  '\ufdcf\ufdf0\ufffd',
  '\u{1f469}\u200d\u{1f680}',
])('%j is well-formed', (text) => {
  expect(malformedCharacter(text)).toBeUndefined()
})

test.each([
  ['decomposed letters', 'Mu\u0308ller', 'M\u00fcller', 'M\u00fcller'],
  ['decomposed Hangul', '\u1100\u1161', '\uac00', '\uac00'],
  ['blanks at the ends', ' \tA1\u00a0\u3000\n', 'A1', 'A1'],
  ['invisible characters at the ends', '\ufeff\u200eA1\u200b\u202c\u2069\u3164', 'A1', 'A1'],
  ['runs of blanks', 'Li\u00a0\u3000 Wei', 'Li Wei', 'Li\u00a0\u3000 Wei'],
  ['line breaks', 'one\r\ntwo\rthree\u2028four', 'one two three four', 'one\ntwo\nthree\nfour'],
  ['soft hyphens and zero-width spaces', 'A\u00ad\u200b\u2060\ufeff1', 'A1', 'A\u00ad\u200b\u2060\ufeff1'],
  ['a mark behind what is removed', 'e\u200b\u0301', '\u00e9', 'e\u200b\u0301'],
  [
    'joiners that scripts and emoji need',
    'می\u200cخواهم \u{1f469}\u200d\u{1f680}',
    'می\u200cخواهم \u{1f469}\u200d\u{1f680}',
    'می\u200cخواهم \u{1f469}\u200d\u{1f680}',
  ],
  ['marks of direction within', 'a\u200eb', 'a\u200eb', 'a\u200eb'],
  ['overrides of direction', 'inv\u202efdp.txt', 'invfdp.txt', 'inv\u202efdp.txt'],
  [
    'embeddings and isolates',
    '\u202aa\u202c\u202bb\u202c\u202dc \u2066d\u2069\u2067e\u2069\u2068f\u2069.',
    'abc def.',
    'a\u202c\u202bb\u202c\u202dc \u2066d\u2069\u2067e\u2069\u2068f\u2069.',
  ],
  [
    'right-to-left text with its marks',
    'עברית \u200f(אבג)\u200f مرحبا\u061c 12',
    'עברית \u200f(אבג)\u200f مرحبا\u061c 12',
    'עברית \u200f(אבג)\u200f مرحبا\u061c 12',
  ],
  ['an emoji in colour at the end', '\u2764\ufe0f', '\u2764\ufe0f', '\u2764\ufe0f'],
  ['full-width letters', '\uff21\uff11', '\uff21\uff11', '\uff21\uff11'],
  ['nothing but blanks', ' \u3000\u200b ', '', ''],
  ['nothing', '', '', ''],
])('%s', (_, text, line, several) => {
  expect([normalizeLine(text), normalizeText(text)]).toEqual([line, several])
})

const awkward = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      'e',
      '\u0301',
      ' ',
      '\u00a0',
      '\u200b',
      '\ufeff',
      '\u200e',
      '\u202e',
      '\u2067',
      '\n',
      '\r',
      '\u2028',
      '\u3000',
      '\u0958',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
})

test.each([normalizeLine, normalizeText])(
  'what is normalised stays as it is, and so do NFD and blanks around it (%p)',
  (normalize) => {
    fc.assert(
      fc.property(awkward, (text) => {
        const once = normalize(text)
        expect(normalize(once)).toBe(once)
        expect(once).toBe(once.normalize('NFC'))
        expect(normalize(`\u3000${text.normalize('NFD')}\u00a0`)).toBe(once)
        expect(normalizeLine(normalizeText(text))).toBe(normalizeLine(text))
      }),
    )
  },
)
