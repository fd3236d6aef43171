import { CompactEncrypt } from 'jose'
import { base64url, type Forge, type Forged, signatureOf } from './forge.js'

const reason = 'token.malformed'

/** Texts that are no token in the one right form, although some would be good if read with an eye closed. */
export const forgedForms = async (forge: Forge): Promise<Forged[]> => [
  ...texts(forge),
  ...spellings(forge),
  ...json(forge),
  ...large(forge),
  ...(await encrypted(forge)),
]

const texts = ({ claims, claiming }: Forge): Forged[] => {
  const good = claiming({})
  const [head, body, signature] = good.split('.')
  const odd: [string, string][] = [
    ['nothing', ''],
    ['a word', 'hello'],
    ['null', 'null'],
    ['undefined', 'undefined'],
    ['one dot', '.'],
    ['two dots', '..'],
    ['three letters', 'a.b.c'],
    ['the header alone', `${head}`],
    ['two parts', `${head}.${body}`],
    ['no header', `.${body}.${signature}`],
    ['four parts', `${good}.`],
    ['a part more', `${good}.${signature}`],
    ['a dot before', `.${good}`],
    ['twice', `${good}.${good}`],
    ['twice with a comma', `${good},${good}`],
    ['claims as plain JSON', JSON.stringify(claims())],
    ['the JSON form of a signature', JSON.stringify({ payload: body, protected: head, signature })],
    ['the general JSON form', JSON.stringify({ payload: body, signatures: [{ protected: head, signature }] })],
    ['a password', 'Basic YWRtaW46YWRtaW4='],
    ['a path', '../../etc/passwd'],
    ['a statement', "'; drop table customer; --"],
    [
      'PASETO',
      'v2.local.QAxIpVe-ECVNI1z4xQbm_qQYomyT3h8FtV8bxkz8pBJWkT8f7HtlOpbroPDEZUKop_vaglyp76CzYy375cHmKCW8e1CCkV0Lflu4GTDyXMqQdpZMM1E6OaoQW27gaRSvWBrR3IgbFIa0AkuUFw',
    ],
    ['percent signs', good.replaceAll('.', '%2E')],
  ]
  return odd.map(([name, token]) => [name, reason, token])
}

/** One token has one spelling. */
const spellings = ({ header, claims, rsa, claiming }: Forge): Forged[] => {
  const good = claiming({})
  const [head, body, signature] = good.split('.') as [string, string, string]
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  /** The same bytes, with a spare bit set. */
  const loose = (part: string) => part.slice(0, -1) + alphabet[alphabet.indexOf(part.at(-1) as string) ^ 1]
  const plain = { header: header({ x: '???>>>' }), claims: claims({ x: '???>>>' }) }
  const foreign = [plain.header, plain.claims].map((each) =>
    Buffer.from(JSON.stringify(each)).toString('base64').replace(/=/g, ''),
  )
  const signed = (text: string) => `${text}.${signatureOf(text, rsa).toString('base64url')}`
  const odd: [string, string][] = [
    ['a blank before', ` ${good}`],
    ['a blank behind', `${good} `],
    ['a line break behind', `${good}\n`],
    ['a tab within', good.replace('.', '\t.')],
    ['a NUL behind', `${good}\0`],
    ['a blank within the claims', `${head}.${body.slice(0, 9)} ${body.slice(9)}.${signature}`],
    ['line breaks within, as in MIME', `${head}.${body.match(/.{1,64}/g)?.join('\r\n')}.${signature}`],
    ['quoted', `"${good}"`],
    ['padded header', signed(`${head}=.${body}`)],
    ['padded claims', signed(`${head}.${body}==`)],
    ['padded signature', `${good}==`],
    ['one padding sign', `${good}=`],
    ['spare bits in the signature', `${head}.${body}.${loose(signature)}`],
    ['a letter too many in the claims', `${head}.${body}AAAAA.${signature}`],
    ['the alphabet of plain base64', signed(foreign.join('.'))],
    ['a letter that is in no alphabet', `${good}!`],
    ['a foreign full stop', good.replace('.', '。')],
    ['full-width letters', good.replace('e', 'ｅ')],
    ['a zero-width blank', good.replace('.', '\u200b.')],
    ['a byte order mark', `\ufeff${good}`],
    ['an emoji', `${good}🔑`],
  ]
  return odd.map(([name, token]) => [`spelling: ${name}`, reason, token])
}

/** Signed by the issuer, and yet no one meaning. */
const json = ({ header, claims, sign, rsa }: Forge): Forged[] => {
  const head = JSON.stringify(header())
  const body = JSON.stringify(claims())
  const withMember = (text: string, member: string) => `${text.slice(0, -1)},${member}}`
  const bytes = (first: Buffer, second: Buffer) => {
    const text = `${base64url(first)}.${base64url(second)}`
    return `${text}.${signatureOf(text, rsa).toString('base64url')}`
  }
  const bodies: [string, string][] = [
    ['subject twice', withMember(body, '"sub":"another"')],
    ['subject twice, once in disguise', withMember(body, String.raw`"s\u0075b":"another"`)],
    ['tenant twice', withMember(body, '"organization":["globex"]')],
    ['end twice', withMember(body, '"exp":9999999999')],
    ['roles twice', withMember(body, '"realm_access":{"roles":["admin"]}')],
    ['roles twice within', body.replace('"roles":', '"roles":["sales"],"roles":')],
    ['a prototype', withMember(body, '"__proto__":{"roles":["admin"]}')],
    ['a prototype in disguise', withMember(body, String.raw`"__pr\u006fto__":{"sub":"admin"}`)],
    ['a prototype within', body.replace('"roles":', '"__proto__":{"roles":["admin"]},"roles":')],
    ['an abyss of lists', withMember(body, `"x":${'['.repeat(4_000)}${']'.repeat(4_000)}`)],
    ['an abyss of objects', withMember(body, `"x":${'{"x":'.repeat(900)}1${'}'.repeat(900)}`)],
    ['a list', JSON.stringify([claims()])],
    ['a text', JSON.stringify(body)],
    ['a number', '7'],
    ['null', 'null'],
    ['true', 'true'],
    ['no JSON', 'sub=admin'],
    ['single quotes', body.replaceAll('"', "'")],
    ['a comma too many', withMember(body, '')],
    ['a comment', `${body} // admin`],
    ['two objects', `${body}${body}`],
    ['cut off', body.slice(0, -1)],
    ['blank', ' '],
    ['NaN', withMember(body, '"x":NaN')],
  ]
  return [
    ...bodies.map(([name, text]): Forged => [`claims: ${name}`, reason, sign(header(), text)]),
    ['header: algorithm twice', reason, sign(withMember(head, '"alg":"none"'), body)],
    ['header: key twice', reason, sign(withMember(head, '"kid":"another"'), body)],
    ['header: a prototype', reason, sign(withMember(head, '"__proto__":{"alg":"none"}'), body)],
    ['header: a list', reason, sign(JSON.stringify([header()]), body)],
    ['header: a text', reason, sign('"RS256"', body)],
    ['header: null', reason, sign('null', body)],
    ['header: empty', 'token.algorithm', sign('{}', body)],
    ['claims: empty', 'token.issuer', sign(header(), '{}')],
    ['claims: in an envelope', 'token.issuer', sign(header(), JSON.stringify({ payload: claims() }))],
    ['a byte order mark before the header', reason, sign(`\ufeff${head}`, body)],
    ['a byte order mark before the claims', reason, sign(head, `\ufeff${body}`)],
    ['claims in UTF-16', reason, bytes(Buffer.from(head), Buffer.from(body, 'utf16le'))],
    [
      'claims with bytes that are no text',
      reason,
      bytes(Buffer.from(head), Buffer.from(body.replace('acme', 'acm\xe9'), 'latin1')),
    ],
    [
      'claims with an overlong byte',
      reason,
      bytes(Buffer.from(head), Buffer.from(body.replace('acme', 'acm\xc0\xaf'), 'latin1')),
    ],
  ]
}

const large = ({ claiming, heading }: Forge): Forged[] => [
  ['large claims', reason, claiming({ x: 'x'.repeat(16_384) })],
  ['a large header', reason, heading({ x: 'x'.repeat(16_384) })],
  [
    'ten thousand roles',
    reason,
    claiming({ realm_access: { roles: Array.from({ length: 10_000 }, (_, i) => `r${i}`) } }),
  ],
  ['a megabyte of dots', reason, '.'.repeat(1_048_576)],
  ['a megabyte of letters', reason, 'A'.repeat(1_048_576)],
]

/** Encrypted to the issuer's public key, which anybody can do. */
const encrypted = async ({ claims, claiming, rsa }: Forge): Promise<Forged[]> => {
  const encrypt = (text: string, header: { alg: string; enc: string; cty?: string }) =>
    new CompactEncrypt(Buffer.from(text)).setProtectedHeader(header).encrypt(rsa.publicKey)
  return [
    ['encrypted claims', reason, await encrypt(JSON.stringify(claims()), { alg: 'RSA-OAEP-256', enc: 'A256GCM' })],
    ['an encrypted token', reason, await encrypt(claiming({}), { alg: 'RSA-OAEP', enc: 'A128CBC-HS256', cty: 'JWT' })],
  ]
}
