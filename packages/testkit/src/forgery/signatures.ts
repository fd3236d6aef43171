import { constants, generateKeyPairSync, sign } from 'node:crypto'
import { base64url, type Forge, type Forged, inSeconds, signatureOf } from './forge.js'

const reason = 'token.signature'

/** Order of the group of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3). */
const ORDER = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex')
const number = (value: number) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')

/** Tokens that look right but are not signed by the key that they name. */
export const forgedSignatures = (forge: Forge): Forged[] => [...others(forge), ...damaged(forge), ...changed(forge)]

const others = ({ header, claims, sign: signed, rsa, ec, stranger }: Forge): Forged[] => {
  const es256 = header({}, ec)
  const text = `${base64url(es256)}.${base64url(claims())}`
  const withSignature = (signature: Buffer) => `${text}.${base64url(signature)}`
  const p1363 = (namedCurve: string) =>
    sign('sha256', Buffer.from(text), {
      key: generateKeyPairSync('ec', { namedCurve }).privateKey,
      dsaEncoding: 'ieee-p1363',
    })
  const pss = { ...rsa, alg: 'PS256' as const }
  const curves: [string, Buffer][] = [
    ['all zeros', Buffer.alloc(64)],
    ['zero and one', Buffer.concat([number(0), number(1)])],
    ['one and zero', Buffer.concat([number(1), number(0)])],
    ['the order twice', Buffer.concat([ORDER, ORDER])],
    ['all ones', Buffer.alloc(64, 0xff)],
    ['zeros as DER', Buffer.from('3006020100020100', 'hex')],
    ['the right one as DER', sign('sha256', Buffer.from(text), ec.privateKey)],
    ['one of secp256k1', p1363('secp256k1')],
    ['one of P-384', p1363('secp384r1')],
    ['one of RSA', signatureOf(text, rsa)],
  ]
  return [
    ['RSA by a stranger', reason, signed(header(), claims(), stranger.rsa)],
    ['RSA by a stranger, no key named', reason, signed(header({ kid: undefined }), claims(), stranger.rsa)],
    ['ES256 by a stranger', reason, signed(es256, claims(), stranger.ec)],
    ['RSA signature that names the other key', reason, signed(header({ kid: ec.jwk.kid }), claims())],
    ['ES256 signature that names the other key', reason, signed(header({ alg: 'ES256' }), claims(), ec)],
    ['PS256 with a key that is for RS256', reason, signed(header({ alg: 'PS256' }), claims(), pss)],
    ['PS256 in an RS256 token', reason, signed(header(), claims(), pss)],
    ...curves.map(([name, signature]): Forged => [`ES256: ${name}`, reason, withSignature(signature)]),
  ]
}

const damaged = ({ header, claims, rsa, claiming }: Forge): Forged[] => {
  const text = `${base64url(header())}.${base64url(claims())}`
  const right = signatureOf(text, rsa)
  const flipped = (at: number) => Buffer.from(right.map((byte, i) => (i === at ? byte ^ 1 : byte)))
  const body = text.split('.')[1] as string
  const signatures: [string, Buffer][] = [
    ['no signature', Buffer.alloc(0)],
    ['one byte', Buffer.alloc(1)],
    ['all zeros', Buffer.alloc(256)],
    ['all ones', Buffer.alloc(256, 0xff)],
    ['one byte short', right.subarray(0, -1)],
    ['first byte missing', right.subarray(1)],
    ['half of it', right.subarray(0, 128)],
    ['one byte more', Buffer.concat([right, Buffer.alloc(1)])],
    ['a zero before', Buffer.concat([Buffer.alloc(1), right])],
    ['twice', Buffer.concat([right, right])],
    ['first bit flipped', flipped(0)],
    ['last bit flipped', flipped(255)],
    ['backwards', Buffer.from(right.toReversed())],
    ['its text', Buffer.from(right.toString('base64url'))],
    ['of the claims alone', signatureOf(body, rsa)],
    ['of the decoded claims', signatureOf(JSON.stringify(claims()), rsa)],
    ['of SHA-1', sign('sha1', Buffer.from(text), rsa.privateKey)],
    ['of another token', Buffer.from(claiming({ sub: 'another' }).split('.')[2] as string, 'base64url')],
    [
      'encrypted without a hash',
      sign(null, Buffer.from(text.slice(0, 32)), { key: rsa.privateKey, padding: constants.RSA_PKCS1_PADDING }),
    ],
  ]
  return signatures.map(([name, signature]) => [`RS256: ${name}`, reason, `${text}.${base64url(signature)}`])
}

/** A good token, changed after it was signed. */
const changed = ({ header, claims, claiming, heading }: Forge): Forged[] => {
  const [head, body, signature] = claiming({}).split('.')
  const claim: [string, object][] = [
    ['another subject', { sub: 'another' }],
    ['another tenant', { organization: ['globex'] }],
    ['a tenant more', { organization: ['acme', 'globex'] }],
    [
      'all tenants and the role of our services',
      { organization: undefined, tenant: '*', realm_access: { roles: ['service_account'] } },
    ],
    ['a later end', { exp: inSeconds(86_400) }],
    ['the role admin', { realm_access: { roles: ['admin'] } }],
    ['the role of our services', { realm_access: { roles: ['service_account'] } }],
    ['roles beside the realm’s', { roles: ['admin'] }],
    ['roles of a client', { resource_access: { 'clientele-api': { roles: ['admin'] } } }],
    ['groups of all territories', { groups: ['/territories'] }],
    ['scopes', { scope: 'customers.read events.read' }],
  ]
  const { kid: _, ...withoutKey } = header() as { kid: string }
  return [
    ...claim.map(([name, to]): Forged => [`changed: ${name}`, reason, `${head}.${base64url(claims(to))}.${signature}`]),
    ['changed: media type', reason, `${base64url(header({ typ: 'JWT' }))}.${body}.${signature}`],
    ['changed: no key named', reason, `${base64url(withoutKey)}.${body}.${signature}`],
    [
      'changed: order of the header',
      reason,
      `${base64url(Object.fromEntries(Object.entries(header()).toReversed()))}.${body}.${signature}`,
    ],
    ['changed: header of another token', reason, `${heading({ x: 1 }).split('.')[0]}.${body}.${signature}`],
  ]
}
