import { constants, createHmac, sign } from 'node:crypto'
import { audience, createTestKey, type TestIssuer, type TestKey } from '../tokens.js'

/** A token that nobody may accept. */
export interface ForgedToken {
  name: string
  /** The reason of its refusal. */
  reason: string
  token: string
}

/** What is forged: the name, the reason of its refusal, and the token. */
export type Forged = readonly [name: string, reason: string, token: string]

/**
 * What a forger works with: the issuer's keys (also those that a forger could not have, for tokens that are wrong
 * though the issuer signed them), and keys of their own.
 */
export interface Forge {
  issuer: string
  rsa: TestKey
  ec: TestKey
  stranger: { rsa: TestKey; ec: TestKey }
  /** Right header and claims of a person of tenant acme, changed. `undefined` takes a member away. */
  header(changes?: object, key?: TestKey): object
  claims(changes?: object): object
  /** Signs what it is given, texts as they are. */
  sign(header: object | string, claims: object | string, key?: TestKey): string
  /** A token with right header and claims, changed, signed by the issuer. */
  claiming(changes: object): string
  heading(changes: object): string
}

export const base64url = (data: object | string | Buffer) =>
  (Buffer.isBuffer(data) ? data : Buffer.from(typeof data === 'string' ? data : JSON.stringify(data))).toString(
    'base64url',
  )

/** Seconds since 1970, so many from now. */
export const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds

/** The signature of a text. */
export const signatureOf = (text: string, { alg, privateKey: key }: Pick<TestKey, 'alg' | 'privateKey'>): Buffer => {
  if (alg === 'ES256') return sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  if (alg === 'RS256') return sign('sha256', Buffer.from(text), key)
  return sign('sha256', Buffer.from(text), { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
}

/** A token with a message authentication code in place of a signature. */
export const authenticated = (header: object, claims: object, secret: string | Buffer, hash = 'sha256') => {
  const text = `${base64url(header)}.${base64url(claims)}`
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`
}

export const openForge = async (issuer: TestIssuer): Promise<Forge> => {
  const [rsa, ec] = await Promise.all([issuer.keyOf('RS256'), issuer.keyOf('ES256')])
  const [strangeRsa, strangeEc] = await Promise.all([
    createTestKey('RS256', rsa.jwk.kid),
    createTestKey('ES256', ec.jwk.kid),
  ])
  const header = (changes: object = {}, key = rsa) => ({ alg: key.alg, typ: 'at+jwt', kid: key.jwk.kid, ...changes })
  const claims = (changes: object = {}) => ({
    iss: issuer.issuer,
    aud: audience,
    sub: '0198a2f0-0000-7000-8000-00000000000f',
    iat: inSeconds(-1),
    exp: inSeconds(300),
    typ: 'Bearer',
    azp: 'clientele-console',
    scope: 'openid profile',
    organization: ['acme'],
    realm_access: { roles: ['manager'] },
    groups: ['/territories/emea'],
    ...changes,
  })
  const signed = (head: object | string, body: object | string, key = rsa) => {
    const text = `${base64url(head)}.${base64url(body)}`
    return `${text}.${signatureOf(text, key).toString('base64url')}`
  }
  return {
    issuer: issuer.issuer,
    rsa,
    ec,
    stranger: { rsa: strangeRsa, ec: strangeEc },
    header,
    claims,
    sign: signed,
    claiming: (changes) => signed(header(), claims(changes)),
    heading: (changes) => signed(header(changes), claims()),
  }
}
