import { createLinkToken, linkTokenHash, tenantOfLinkToken } from './link-token.js'

test('a token is new each time and names its tenant', () => {
  const tokens = Array.from({ length: 100 }, () => createLinkToken('acme-2'))
  expect(new Set(tokens).size).toBe(100)
  expect(new Set(tokens.map(tenantOfLinkToken))).toEqual(new Set(['acme-2']))
  expect(linkTokenHash(tokens[0]!)).toMatch(/^[0-9a-f]{64}$/)
})

test.each([
  '',
  'acme',
  'acme.',
  '.x',
  `Acme.${'a'.repeat(43)}`,
  `acme.${'a'.repeat(44)}`,
  `acme.${'a'.repeat(42)}=`,
  `acme.${'a'.repeat(43)}\n`,
])('%j names no tenant', (token) => {
  expect(tenantOfLinkToken(token)).toBeUndefined()
})
