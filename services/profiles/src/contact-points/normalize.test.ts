import { ContactPointKind, ContactPointStatus } from './contact-kinds.js'
import { normalizeContact } from './normalize.js'

test.each([
  ['EMAIL', 'Jane.Doe@EXAMPLE.org', undefined, 'jane.doe@example.org'],
  ['EMAIL', '张三@example.org', undefined, null],
  ['EMAIL', 'a@b@c', undefined, null],
  ['PHONE', '+86 10 6552 9988', undefined, '+861065529988'],
  ['PHONE', '010 6552 9988', 'CN', '+861065529988'],
  ['PHONE', '010 6552 9988', undefined, null],
  ['MOBILE', '１３８ ００１３ ８０００', 'CN', '+8613800138000'],
  ['FAX', '(171) 555-7788', 'GB', null],
  ['PHONE', '', 'DE', null],
  ['WEB', 'HTTPS://Example.org', undefined, 'https://example.org/'],
  ['WEB', 'not a site', undefined, null],
  ['WEB', 'javascript:alert(1)', undefined, null],
] as const)('%s %s (%s) becomes %s', (kind, value, country, normalized) => {
  const status = normalized ? ContactPointStatus.VALID : ContactPointStatus.INVALID
  expect(normalizeContact(ContactPointKind[kind], value, country)).toEqual({ normalized, status })
})

test.each(['WECHAT', 'OTHER'] as const)('there is no rule for %s', (kind) => {
  expect(normalizeContact(ContactPointKind[kind], 'x', undefined)).toEqual({ normalized: null, status: 'UNVERIFIED' })
})
