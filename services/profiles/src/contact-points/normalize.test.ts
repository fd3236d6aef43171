import { ContactPointKind, ContactPointStatus } from './contact-kinds.js'
import { normalizeContact } from './normalize.js'

test.each([
  ['EMAIL', 'Jane.Doe@EXAMPLE.org', undefined, 'jane.doe@example.org'],
  ['EMAIL', '张三@example.org', undefined, '张三@example.org'],
  ['EMAIL', 'MÜLLER@Bücher.example', undefined, 'müller@xn--bcher-kva.example'],
  ['EMAIL', 'a@b.example/x?y#z', undefined, null],
  ['EMAIL', 'a@%62.example', undefined, null],
  ['EMAIL', 'a@b@c', undefined, null],
  ['PHONE', '+86 10 6552 9988', undefined, '+861065529988'],
  ['PHONE', '010 6552 9988', 'CN', '+861065529988'],
  ['PHONE', '010 6552 9988', undefined, null],
  ['MOBILE', '１３８ ００１３ ８０００', 'CN', '+8613800138000'],
  ['FAX', '(171) 555-7788', 'GB', null],
  ['PHONE', '', 'DE', null],
  ['PHONE', 'Tel. 089 12345670', 'DE', '+498912345670'],
  ['PHONE', '+49 (0)1712/345678', undefined, '+491712345678'],
  ['PHONE', '٠١٠ ٦٥٥٢ ٩٩٨٨', 'CN', '+861065529988'],
  ['PHONE', '०१० ६५५२ ९९८८', 'CN', '+861065529988'],
  ['PHONE', '089 12345670 ext. 12', 'DE', '+498912345670;ext=12'],
  ['PHONE', '089 12345670 x12', 'DE', '+498912345670;ext=12'],
  ['PHONE', '089 12345670, 12', 'DE', '+498912345670;ext=12'],
  ['PHONE', '089 12345670 (Durchwahl 12)', 'DE', '+498912345670;ext=12'],
  ['PHONE', 'tel:+49-89-12345670;ext=12', undefined, '+498912345670;ext=12'],
  ['PHONE', '010-65529988转8001', 'CN', '+861065529988;ext=8001'],
  ['PHONE', '010-65529988 分机：8001', 'CN', '+861065529988;ext=8001'],
  ['PHONE', '010-65529988-8001', 'CN', '+861065529988;ext=8001'],
  ['PHONE', '(213) 373-4253 #7', 'US', '+12133734253;ext=7'],
  ['PHONE', '+7 912 345-67-89 доб. 5', undefined, '+79123456789;ext=5'],
  ['PHONE', '089 12345670,13', 'DE', '+498912345670;ext=13'],
  ['PHONE', '089 12345670;16', 'DE', '+498912345670;ext=16'],
  ['PHONE', '089 1234567-17', 'DE', '+4989123456717'],
  ['PHONE', '089 12345670 ext. 12 (Frau Meier)', 'DE', '+498912345670;ext=12'],
  ['PHONE', '089 12345670 (privat)', 'DE', '+498912345670'],
  ['PHONE', 'privat: 089 12345670', 'DE', '+498912345670'],
  ['PHONE', 'Tel089 12345670', 'DE', '+498912345670'],
  ['PHONE', 'T: 089 12345670', 'DE', '+498912345670'],
  ['MOBILE', '手机13800138000（微信）', 'CN', '+8613800138000'],
  ['MOBILE', '011 15-2345-6789', 'AR', '+5491123456789'],
  ['PHONE', '0891234567x', 'DE', null],
  ['PHONE', '0891234567 x', 'DE', '+49891234567'],
  ['PHONE', '089 1234567O', 'DE', null],
  ['PHONE', 'O89 12345670', 'DE', null],
  ['PHONE', '089 12345670a', undefined, null],
  ['PHONE', 'tel 030 123 456 7 Hr. Meier 12', 'DE', null],
  ['PHONE', '+49 89 12345670 Hr. Meier 12', undefined, null],
  ['PHONE', '+49 89 12345670 Zi. 3', undefined, null],
  ['PHONE', '49711123456', 'DE', null],
  ['PHONE', '4989 12345670', 'DE', '+498912345670'],
  ['PHONE', '0049711123456', 'DE', '+49711123456'],
  ['MOBILE', '8613800138000', 'CN', '+8613800138000'],
  ['PHONE', '1 213 373 4253', 'US', '+12133734253'],
  ['PHONE', 'Tel. 2 030 901820', 'DE', null],
  ['PHONE', 'Haus 7 / 089 12345670', 'DE', null],
  ['PHONE', '4545 1234', 'DK', '+4545451234'],
  ['WEB', 'HTTPS://Example.org', undefined, 'https://example.org/'],
  ['WEB', 'not a site', undefined, null],
  ['WEB', 'javascript:alert(1)', undefined, null],
] as const)('%s %s (%s) becomes %s', (kind, value, country, normalized) => {
  const status = normalized ? ContactPointStatus.VALID : ContactPointStatus.INVALID
  expect(normalizeContact(ContactPointKind[kind], value, country)).toEqual({ normalized, status })
})

test.each([
  ['PHONE', '089 12345670/089 12345671', 'DE'],
  ['PHONE', '089 12345670 089 12345671', 'DE'],
  ['PHONE', '089 12345670 / 71', 'DE'],
  ['PHONE', '030 123456/123457', 'DE'],
  ['PHONE', '089 12345670 oder 0171 2345678', 'DE'],
  ['PHONE', '+49 89 12345670+49 89 12345671', undefined],
  ['PHONE', '+49 89 12345670 ext. 12; +49 89 12345670 ext. 13', undefined],
  ['PHONE', '010-65529988、13800138000', 'CN'],
  ['MOBILE', '13800138000 13800138001', 'CN'],
  ['MOBILE', '13800138000或13800138001', 'CN'],
  ['FAX', '089 12345670; 089 12345671', undefined],
  ['PHONE', '(213) 373-4253, (213) 373-4254', 'US'],
  ['EMAIL', 'a@example.org; b@example.org', undefined],
  ['EMAIL', '张三@example.org、李四@example.org', undefined],
] as const)('%s %s (%s) holds several', (kind, value, country) => {
  expect(normalizeContact(ContactPointKind[kind], value, country)).toMatchObject({ normalized: null, isSeveral: true })
})

test.each(['WECHAT', 'OTHER'] as const)('there is no rule for %s', (kind) => {
  expect(normalizeContact(ContactPointKind[kind], 'x', undefined)).toEqual({ normalized: null, status: 'UNVERIFIED' })
})
