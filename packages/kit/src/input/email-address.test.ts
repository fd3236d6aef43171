import fc from 'fast-check'
import { readEmailAddress, shownEmailAddress } from './email-address.js'

const label = (length: number) => 'x'.repeat(length)
const domain253 = `${label(63)}.${label(63)}.${label(63)}.${label(57)}.org`

test.each([
  ['jane@example.org', 'jane@example.org'],
  ['  Jane.Doe+x@Example.ORG ', 'Jane.Doe+x@example.org'],
  ["a!#$%&'*+/=?^_`{|}~-z@example.org", "a!#$%&'*+/=?^_`{|}~-z@example.org"],
  ['%62@example.org', '%62@example.org'],
  ['a/b?c#d@example.org', 'a/b?c#d@example.org'],
  ['1@2.example', '1@2.example'],
  ['a@x.io', 'a@x.io'],
  ['a@ab--cd.example', 'a@ab--cd.example'],
  ['a@3com.example', 'a@3com.example'],
  [`${label(64)}@example.org`, `${label(64)}@example.org`],
  [`a@${label(63)}.example`, `a@${label(63)}.example`],
  [`a@${domain253.slice(1)}`, `a@${domain253.slice(1)}`],
  ['a@例子.中国', 'a@xn--fsqu00a.xn--fiqs8s'],
  ['a@xn--fsqu00a.xn--fiqs8s', 'a@xn--fsqu00a.xn--fiqs8s'],
  ['a@XN--Fsqu00a.example', 'a@xn--fsqu00a.example'],
  ['müller@bücher.example', 'müller@xn--bcher-kva.example'],
  ['mu\u0308ller@bu\u0308cher.example', 'müller@xn--bcher-kva.example'],
  ['a@BÜCHER.example', 'a@xn--bcher-kva.example'],
  ['a@faß.example', 'a@xn--fa-hia.example'],
  ['用户@例子.公司', '用户@xn--fsqu00a.xn--55qx5d'],
  ['用户＠例子。公司', '用户@xn--fsqu00a.xn--55qx5d'],
  ['ｊａｎｅ．ｄ＠ｅｘａｍｐｌｅ．ｏｒｇ', 'jane.d@example.org'],
  ['jane。doe@example。org', 'jane.doe@example.org'],
  ['jane@example｡org', 'jane@example.org'],
  ['अजय@डाटा.भारत', 'अजय@xn--c2bd1gb.xn--h2brj9c'],
  ['квіточка@пошта.укр', 'квіточка@xn--80a1acn3a.xn--j1amh'],
  ['χρήστης@παράδειγμα.ελ', 'χρήστης@xn--hxajbheg2az3al.xn--qxam'],
  ['Dörte@Sörensen.example', 'Dörte@xn--srensen-90a.example'],
  ['משתמש@דוגמה.example', 'משתמש@xn--6dbbec0c.example'],
  ['a@l·l.example', 'a@xn--ll-0ea.example'],
])('%s is %s', (text, address) => {
  expect(readEmailAddress(text)).toBe(address)
})

test.each([
  '',
  ' ',
  '@',
  'jane',
  '@example.org',
  'jane@',
  'a@b',
  'a@localhost',
  'a b@example.org',
  'a..b@example.org',
  '.a@example.org',
  'a.@example.org',
  'a@b@example.org',
  'a@b@c',
  '"john doe"@example.org',
  '"a@b"@example.org',
  'a\\@b@example.org',
  'a(comment)@example.org',
  'a@(comment)example.org',
  'Jane <jane@example.org>',
  '<jane@example.org>',
  '"Jane Doe" <jane@example.org>',
  'jane@example.org (Jane)',
  'mailto:jane@example.org',
  'a@[192.0.2.1]',
  'a@[IPv6:2001:db8::1]',
  'a@192.0.2.1',
  'a@0x7f.1',
  'a@2130706433',
  'a@b.example/x?y#z',
  'a@b.example?x=y',
  'a@b.example#x',
  'a@b.example\\x',
  'a@b.example:25',
  'a:b@c@b.example',
  'a@%62.example',
  'a@b％62.example',
  'a@b／c.example',
  'a@b\u2100c.example',
  'a@b.exa\tmple',
  'a@b.exa\nmple',
  'a@b. example',
  'a@b\u3000.example',
  'a@b\u00ad.example',
  'a@b\u200b.example',
  'a\u200b@b.example',
  'a\u202e@b.example',
  'a@b\u200cc.example',
  'a@example.org\nbcc: x',
  'a@example.org,',
  'a@example.org;',
  'a@example.org.',
  'a@example.org。',
  'a@.example.org',
  'a@example..org',
  'a@-x.org',
  'a@x-.org',
  'a@a_b.example',
  'a@b.c1-',
  'a@½.example',
  'a@①.example',
  'a@😀.example',
  '😀@example.org',
  'ﬁne@example.org',
  'a@xn--a.example',
  'a@xn--abc-.example',
  'a@xn--xn--bcher-kva-.example',
  'a@xn--e28h.example',
  'a@例 子.中国',
  `${label(65)}@example.org`,
  `${'é'.repeat(33)}@example.org`,
  `a@${label(64)}.example`,
  `a@${'x.'.repeat(126)}org`,
  `a@${domain253}`,
])('%j is no e-mail address', (text) => {
  expect(readEmailAddress(text)).toBeUndefined()
})

test.each([
  ['müller@xn--bcher-kva.example', 'müller@bücher.example'],
  ['用户@xn--fsqu00a.xn--55qx5d', '用户@例子.公司'],
  ['jane@example.org', 'jane@example.org'],
])('%s is shown as %s', (address, shown) => {
  expect(shownEmailAddress(address)).toBe(shown)
})

test('an address is read from itself and from the form in which it is shown', () => {
  const part = fc.string({ unit: fc.constantFrom(...'aZ09-.üßı例か\u3099ｶ@٣नि\u200d。/%'), minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(part, part, (local, domain) => {
      const address = readEmailAddress(`${local}@${domain}.example`)
      if (!address) return
      expect(readEmailAddress(address)).toBe(address)
      expect(readEmailAddress(shownEmailAddress(address))).toBe(address)
    }),
    { numRuns: 5_000 },
  )
})
