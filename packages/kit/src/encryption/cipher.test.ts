import fc from 'fast-check'
import { blindIndexOf, comparable } from './blind-index.js'
import { newKey, open, openText, seal, sealText } from './cipher.js'
import { SealError } from './seal-error.js'
import { tenantKeyOf } from './tenant-keys.js'

const key = newKey()
const place = ['value', 'profiles', 'acme', '0198c5a0-7a4e-7cc3-9a3c-5f6a1b2c3d4e', 'customer.person.birthDate']
const anyText = fc.string({ unit: 'binary', maxLength: 300 })

test('every text comes back as it was', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(openText(key, place, sealText(key, place, text))).toBe(text)
    }),
  )
})

test.each(['', '王小明 🎂', '\u0080', 'a\u0080\u0000', 'x'.repeat(100_000)])('so do awkward ones (%#)', (text) => {
  expect(openText(key, place, sealText(key, place, text))).toBe(text)
})

test('any flipped bit is refused', () => {
  fc.assert(
    fc.property(anyText, fc.nat(), (text, at) => {
      const sealed = sealText(key, place, text)
      const bit = at % (sealed.length * 8)
      sealed[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => openText(key, place, sealed)).toThrow(SealError)
    }),
    { numRuns: 1_000 },
  )
})

test('any other service, tenant, row or column is refused', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 0, max: place.length - 1 }), anyText, (text, part, other) => {
      fc.pre(other !== place[part])
      const elsewhere = place.with(part, other)
      expect(() => openText(key, elsewhere, sealText(key, place, text))).toThrow(SealError)
    }),
  )
})

test('parts of a place cannot be moved into one another', () => {
  const sealed = seal(key, ['a', 'bc'], Buffer.from('x'))
  for (const other of [['ab', 'c'], ['a,b', 'c'], ['abc'], ['a', 'bc', '']]) {
    expect(() => open(key, other, sealed)).toThrow(SealError)
  }
})

test('another key, a part of it, and nothing at all are refused', () => {
  const sealed = sealText(key, place, 'x')
  expect(() => openText(newKey(), place, sealed)).toThrow(SealError)
  for (let length = 0; length < sealed.length; length++) {
    expect(() => openText(key, place, sealed.subarray(0, length))).toThrow(SealError)
  }
})

test('the same text looks different each time, and texts of other lengths look alike', () => {
  const seen = new Set(Array.from({ length: 100 }, () => sealText(key, place, 'x').toString('hex')))
  expect(seen.size).toBe(100)
  expect(sealText(key, place, '0-10k').length).toBe(sealText(key, place, '1980-01-01, or more').length)
})

test.each([
  ['HRB 12-345 b', 'ＨＲＢ１２３４５Ｂ', true],
  ['91110000600037341L', '91110000 600037341l', true],
  ['统一 社会-信用', '统一社会信用', true],
  ['HRB 12345', 'HRB 12346', false],
  ['HRB 12345', 'HRA 12345', false],
])('%s and %s are found alike: %s', async (one, other, alike) => {
  const tenantKey = await tenantKeyOf('profiles', 'acme', 1, key)
  const [a, b] = await Promise.all([one, other].map((text) => blindIndexOf(tenantKey, 'f', text)))
  expect(a).toHaveLength(16)
  expect(a!.equals(b!)).toBe(alike)
})

test('a blind index differs by field, tenant and key, and there is none of punctuation', async () => {
  const base = await blindIndexOf(await tenantKeyOf('profiles', 'acme', 1, key), 'f', 'A1')
  const others = await Promise.all([
    blindIndexOf(await tenantKeyOf('profiles', 'acme', 1, key), 'g', 'A1'),
    blindIndexOf(await tenantKeyOf('profiles', 'globex', 1, key), 'f', 'A1'),
    blindIndexOf(await tenantKeyOf('surveys', 'acme', 1, key), 'f', 'A1'),
    blindIndexOf(await tenantKeyOf('profiles', 'acme', 2, newKey()), 'f', 'A1'),
  ])
  expect(new Set([base, ...others].map((index) => index!.toString('hex'))).size).toBe(5)
  expect(await blindIndexOf(await tenantKeyOf('profiles', 'acme', 1, key), 'f', ' -·/ ')).toBeUndefined()
  expect(comparable('')).toBe('')
})
