import { base64url, type Forge, type Forged } from './forge.js'

/** Tokens that bring their key along, ask for extensions, or play with the name of the key. */
export const forgedHeaders = (forge: Forge): Forged[] => [...ownKeys(forge), ...extensions(forge), ...keyIds(forge)]

const ownKeys = ({ header, claims, sign, heading, rsa, stranger, issuer }: Forge): Forged[] => {
  const der = base64url(stranger.rsa.publicKey.export({ type: 'spki', format: 'der' }))
  const keys: [string, object][] = [
    ['jwk', { jwk: stranger.rsa.jwk }],
    ['jwk, no key named', { jwk: stranger.rsa.jwk, kid: undefined }],
    ['jwk with the private half', { jwk: stranger.rsa.privateKey.export({ format: 'jwk' }) }],
    ['jku', { jku: 'https://mallory.example/keys' }],
    ['jku at the issuer', { jku: `${issuer}/jwks@mallory.example/keys` }],
    ['jku of the metadata service', { jku: 'http://169.254.169.254/latest/meta-data' }],
    ['jku of a file', { jku: 'file:///etc/passwd' }],
    ['x5u', { x5u: 'https://mallory.example/chain.pem' }],
    ['x5c', { x5c: [Buffer.from(der, 'base64url').toString('base64')] }],
    ['jwk as text', { jwk: JSON.stringify(stranger.rsa.jwk) }],
    ['jwk that is null', { jwk: null }],
  ]
  return [
    ...keys.map(
      ([name, to]): Forged => [`a stranger’s ${name}`, 'token.header', sign(header(to), claims(), stranger.rsa)],
    ),
    ['the issuer’s own key as jwk', 'token.header', heading({ jwk: rsa.jwk })],
    ['the issuer’s own keys as jku', 'token.header', heading({ jku: `${issuer}/jwks` })],
  ]
}

const extensions = ({ heading, header, claims, sign }: Forge): Forged[] => {
  const asked: [string, object][] = [
    ['crit, known name', { crit: ['exp'], exp: 1 }],
    ['crit, unknown name', { crit: ['mine'], mine: true }],
    ['crit, empty', { crit: [] }],
    ['crit, a text', { crit: 'b64' }],
    ['b64 false', { b64: false }],
    ['b64 true', { b64: true }],
    ['b64 false, critical', { b64: false, crit: ['b64'] }],
    ['cty of a nested token', { cty: 'JWT' }],
    ['compressed', { zip: 'DEF' }],
    ['an encryption', { enc: 'A256GCM' }],
  ]
  return [
    ...asked.map(([name, to]): Forged => [name, 'token.header', heading(to)]),
    ['a signed token in a token', 'token.header', sign(header({ cty: 'JWT' }), sign(header(), claims()))],
  ]
}

const keyIds = ({ header, claims, sign, stranger }: Forge): Forged[] => {
  const unknown = [
    'unknown',
    '../../../../../../dev/null',
    '/etc/passwd',
    'https://mallory.example/key.pem',
    "x'/**/UNION/**/SELECT/**/'AAAA",
    '$(id)',
    '__proto__',
    'constructor',
    stranger.rsa.jwk.kid.toUpperCase(),
    `${stranger.rsa.jwk.kid}/`,
    '*',
    'x'.repeat(256),
  ]
  const odd = [
    '',
    ' ',
    "x' UNION SELECT 'AAAA' -- ",
    `${stranger.rsa.jwk.kid}\0`,
    `${stranger.rsa.jwk.kid}\n`,
    '密钥',
    'x'.repeat(257),
    'x'.repeat(6_000),
    null,
    0,
    true,
    [stranger.rsa.jwk.kid],
    { kid: stranger.rsa.jwk.kid },
  ]
  const named = (kid: unknown, reason: string): Forged => [
    `key id ${JSON.stringify(kid).slice(0, 60)} of ${String(kid).length}`,
    reason,
    sign(header({ kid }), claims(), stranger.rsa),
  ]
  return [
    ...unknown.map((kid) => named(kid, 'token.signature')),
    ...odd.map((kid) => named(kid, 'token.header')),
    [
      'a list with the right key id, rightly signed',
      'token.header',
      sign(header({ kid: [stranger.rsa.jwk.kid] }), claims()),
    ],
  ]
}
