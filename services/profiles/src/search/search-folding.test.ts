import { readFile } from 'node:fs/promises'
import { foldText } from '@clientele/contracts'

const migration = await readFile(new URL('../../migrations/0015_search_arabic_letters.sql', import.meta.url), 'utf8')
const translations = [...migration.matchAll(/translate\((\w+), '([^']+)', '([^']+)'\)/g)]

test.each(translations.map(([, column, from, to]) => [column, from, to]))(
  'what was stored in %s is folded as what comes in: %s becomes %s',
  (_, from = '', to = '') => {
    expect([...from].map(foldText).join('')).toBe(to)
  },
)

test('all letters of Arabic script that are folded to another one are folded in what was stored', () => {
  const letters = Array.from({ length: 0x700 - 0x600 }, (_, at) => String.fromCodePoint(0x600 + at))
  const folded = letters.filter(
    (letter) => letter.normalize('NFKD') === letter && /\p{L}/u.test(letter) && foldText(letter) !== letter,
  )
  for (const [, , from = ''] of translations)
    expect(new Set(from)).toEqual(new Set(folded.filter((letter) => letter !== '\u0640')))
})
