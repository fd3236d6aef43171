import { Invalid } from '@clientele/kit'
import { checkInput, type InputCheck } from './input-check.js'

const now = new Date('2026-03-10T08:00:00.000Z')

const faultsOf = (use: (check: InputCheck) => unknown) => {
  const check = checkInput()
  use(check)
  try {
    check.done()
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(Invalid)
    return (error as Invalid).fields?.map(({ path, reason }) => `${path} ${reason}`)
  }
}

test.each<[string, (check: InputCheck) => unknown, string[]]>([
  ['a text', (check) => check.text('t', ' 你好 ', 2), []],
  ['a blank text', (check) => check.text('t', ' \u3000\n', 9), ['input.t text.empty']],
  ['a text that is too long', (check) => check.text('t', 'abc', 2), ['input.t text.too_long']],
  ['an absent text', (check) => check.optionalText('t', null, 2), []],
  ['a code', (check) => check.code('c', 'delivery.late'), []],
  ['a code with a blank', (check) => check.code('c', 'delivery late'), ['input.c code.malformed']],
  ['a code in Chinese', (check) => check.optionalCode('c', '物流'), ['input.c code.malformed']],
  ['a key in Chinese', (check) => check.optionalKey('k', '物流/华东'), []],
  ['an address as a key', (check) => check.optionalKey('k', 'a@b.example'), ['input.k key.malformed']],
  ['a subject', (check) => check.optionalStaff('s', 'f:1:anna'), []],
  ['an address as a subject', (check) => check.optionalStaff('s', 'a@b.example'), ['input.s staff.malformed']],
  ['a minute ahead', (check) => check.past('p', new Date(+now + 60_000), now), []],
  ['more than that', (check) => check.past('p', new Date(+now + 60_001), now), ['input.p time.future']],
  [
    'two faults',
    (check) => [check.text('a', '', 1), check.must(false, 'b', 'x.y', 'z')],
    ['input.a text.empty', 'input.b x.y'],
  ],
])('%s', (_, use, faults) => {
  expect(faultsOf(use)).toEqual(faults)
})

test('what passes comes back trimmed', () => {
  const check = checkInput()
  expect([check.text('t', ' a b ', 9), check.code('c', ' x '), check.optionalKey('k', null)]).toEqual([
    'a b',
    'x',
    null,
  ])
})
