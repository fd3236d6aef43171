import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { authenticated, base64url, type Forge, type Forged } from './forge.js'

const reason = 'token.algorithm'

/** Tokens whose header names an algorithm that is none, no signature at all, or symmetric. */
export const forgedAlgorithms = (forge: Forge): Forged[] => [
  ...unsigned(forge),
  ...unlisted(forge),
  ...symmetric(forge),
]

const unsigned = ({ header, claims, claiming }: Forge): Forged[] => {
  const [, , signature] = claiming({}).split('.')
  const spellings = ['none', 'None', 'NONE', 'nOnE', ' none', 'none ', 'none\0', 'nоne', 'null', '']
  const body = base64url(claims({ realm_access: { roles: ['admin'] } }))
  return spellings.flatMap((alg): Forged[] => {
    const head = base64url(header({ alg }))
    return [
      [`algorithm ${JSON.stringify(alg)}, not signed`, reason, `${head}.${body}.`],
      [`algorithm ${JSON.stringify(alg)}, with a signature of another token`, reason, `${head}.${body}.${signature}`],
    ]
  })
}

const unlisted = ({ header, claims, heading, rsa }: Forge): Forged[] => {
  const odd = [undefined, null, 256, true, ['RS256'], { RS256: 'RS256' }, 'rs256', 'RS256 ', 'RS-256', 'SHA256', 'RSA']
  const signedBy = (alg: string, hash: string | null, key: KeyObject) => {
    const text = `${base64url(header({ alg }))}.${base64url(claims())}`
    return `${text}.${sign(hash, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }
  const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).privateKey
  return [
    ...odd.map((alg): Forged => [`algorithm ${JSON.stringify(alg)}`, reason, heading({ alg })]),
    ['a longer hash, RS384', reason, signedBy('RS384', 'sha384', rsa.privateKey)],
    ['a longer hash, RS512', reason, signedBy('RS512', 'sha512', rsa.privateKey)],
    ['a shorter hash, RS1', reason, signedBy('RS1', 'sha1', rsa.privateKey)],
    ['another curve, ES384', reason, signedBy('ES384', 'sha384', curve('secp384r1'))],
    ['another curve, ES512', reason, signedBy('ES512', 'sha512', curve('secp521r1'))],
    ['another curve, ES256K', reason, signedBy('ES256K', 'sha256', curve('secp256k1'))],
    ['an Edwards curve', reason, signedBy('EdDSA', null, generateKeyPairSync('ed25519').privateKey)],
  ]
}

/** The oldest trick: what is public about the issuer's key, used as a shared secret. */
const symmetric = ({ header, claims, issuer, rsa, ec }: Forge): Forged[] => {
  const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string
  const secrets: [string, string | Buffer][] = [
    ['the public key as PEM', pem],
    ['the public key as PEM without its last line break', pem.trimEnd()],
    ['the public key as PEM with Windows line breaks', pem.replaceAll('\n', '\r\n')],
    ['the public key as PEM of PKCS #1', rsa.publicKey.export({ type: 'pkcs1', format: 'pem' })],
    ['the public key as DER', rsa.publicKey.export({ type: 'spki', format: 'der' })],
    ['the public key as JWK', JSON.stringify(rsa.jwk)],
    ['the bare public key as JWK', JSON.stringify(createPublicKey(pem).export({ format: 'jwk' }))],
    ['the modulus', rsa.jwk.n as string],
    ['the bytes of the modulus', Buffer.from(rsa.jwk.n as string, 'base64url')],
    ['the other public key as PEM', ec.publicKey.export({ type: 'spki', format: 'pem' })],
    ['the point of the other public key', Buffer.from(`${ec.jwk.x}${ec.jwk.y}`, 'base64url')],
    ['the id of the key', rsa.jwk.kid],
    ['the name of the issuer', issuer],
    ['nothing', ''],
    ['a zero', Buffer.alloc(32)],
    ['a word', 'secret'],
  ]
  const longer = ['384', '512'].map(
    (bits): Forged => [
      `HS${bits} with the public key as PEM`,
      reason,
      authenticated(header({ alg: `HS${bits}` }), claims(), pem, `sha${bits}`),
    ],
  )
  return [
    ...secrets.map(
      ([name, secret]): Forged => [
        `HS256 with ${name}`,
        reason,
        authenticated(header({ alg: 'HS256' }), claims(), secret),
      ],
    ),
    ...longer,
  ]
}
