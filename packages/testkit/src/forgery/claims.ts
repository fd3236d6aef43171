import { audience } from '../tokens.js'
import { type Forge, type Forged, inSeconds } from './forge.js'

/** Tokens that the issuer signed, but for another use, time or service, or with claims in a wrong form. */
export const forgedClaims = (forge: Forge): Forged[] => [
  ...types(forge),
  ...times(forge),
  ...audiences(forge),
  ...issuers(forge),
  ...subjects(forge),
  ...powers(forge),
]

const shown = (value: unknown) => (JSON.stringify(value) ?? 'missing').slice(0, 60)

const types = ({ header, claims, sign, heading, claiming }: Forge): Forged[] => {
  const media = [
    undefined,
    null,
    '',
    7,
    ['at+jwt'],
    'at',
    'at+jwt ',
    'at+jwt;v=1',
    'x/at+jwt',
    'at+jwt,jwt',
    'JOSE',
    'JWE',
    'id+jwt',
    'logout+jwt',
    'dpop+jwt',
    'secevent+jwt',
    'oauth-authz-req+jwt',
  ]
  const kinds = [
    'ID',
    'Refresh',
    'Offline',
    'Logout',
    'DPoP',
    'Registration',
    'Initial',
    'bearer',
    'Bearer ',
    '',
    null,
    1,
    ['Bearer'],
  ]
  const logout = { 'http://schemas.openid.net/event/backchannel-logout': {} }
  const marks: [string, object][] = [
    ['the hash of an access token, as in ID tokens', { at_hash: 'x' }],
    ['the hash of a code, as in ID tokens', { c_hash: 'x' }],
    ['the event of a log-out', { events: logout }],
    ['a binding to a key (DPoP)', { cnf: { jkt: 'x' } }],
    ['a binding to a certificate (mTLS)', { cnf: { 'x5t#S256': 'x' } }],
    ['an empty binding', { cnf: null }],
  ]
  return [
    ...media.map((typ): Forged => [`media type ${shown(typ)}`, 'token.type', heading({ typ })]),
    ...kinds.map((typ): Forged => [`kind ${shown(typ)}`, 'token.type', claiming({ typ })]),
    ['JWT of no kind', 'token.type', sign(header({ typ: 'JWT' }), claims({ typ: undefined }))],
    ['JWT that is an ID token', 'token.type', sign(header({ typ: 'JWT' }), claims({ typ: 'ID' }))],
    ...marks.map(([name, to]): Forged => [name, 'token.type', claiming(to)]),
  ]
}

const times = ({ header, claims, sign, claiming }: Forge): Forged[] => {
  const raw = (claim: string, text: string) =>
    sign(header(), JSON.stringify(claims({ [claim]: 0 })).replace(`"${claim}":0`, `"${claim}":${text}`))
  const forms = [null, true, '1900000000', '2999-01-01T00:00:00Z', [inSeconds(300)], { s: 1 }]
  const malformed = (claim: string) => [
    ...forms.map((value): Forged => [`${claim} ${shown(value)}`, 'token.malformed', claiming({ [claim]: value })]),
    [
      `${claim} with a fraction`,
      'token.malformed',
      claiming({ [claim]: inSeconds(claim === 'exp' ? 9 : -9) + 0.5 }),
    ] as Forged,
  ]
  return [
    ...['exp', 'iat', 'nbf'].flatMap(malformed),
    ['exp missing', 'token.malformed', claiming({ exp: undefined })],
    ['iat missing', 'token.malformed', claiming({ iat: undefined })],
    ['exp without end', 'token.malformed', raw('exp', '1e400')],
    ['exp beyond whole numbers', 'token.malformed', raw('exp', '1e300')],
    ['exp beyond exact numbers', 'token.malformed', raw('exp', '9007199254740993')],
    ['exp in milliseconds', 'token.lifetime', claiming({ exp: inSeconds(300) * 1_000 })],
    ['exp in another century', 'token.lifetime', claiming({ exp: 9_999_999_999 })],
    ['exp in 32 days', 'token.lifetime', claiming({ exp: inSeconds(32 * 86_400) })],
    ['exp beyond the skew', 'token.expired', claiming({ exp: inSeconds(-31) })],
    ['exp yesterday', 'token.expired', claiming({ exp: inSeconds(-86_400) })],
    ['exp zero', 'token.expired', claiming({ exp: 0 })],
    ['exp negative', 'token.expired', claiming({ exp: -1 })],
    ['exp negative without end', 'token.expired', raw('exp', '-1e400')],
    ['nbf beyond the skew', 'token.not_yet_valid', claiming({ nbf: inSeconds(290) })],
    ['nbf without end', 'token.not_yet_valid', raw('nbf', '1e400')],
    ['nbf negative without end', 'token.malformed', raw('nbf', '-1e400')],
    ['iat beyond the skew', 'token.not_yet_valid', claiming({ iat: inSeconds(290) })],
    ['iat in milliseconds', 'token.not_yet_valid', claiming({ iat: inSeconds(0) * 1_000 })],
    ['iat negative', 'token.malformed', claiming({ iat: -1 })],
    ['iat without end', 'token.malformed', raw('iat', '1e400')],
  ]
}

const audiences = ({ claiming }: Forge): Forged[] => {
  const foreign = [
    undefined,
    null,
    '',
    'account',
    7,
    true,
    audience.slice(0, -1),
    `${audience}2`,
    ` ${audience}`,
    audience.toUpperCase(),
    `account ${audience}`,
    `account,${audience}`,
    '*',
    [],
    ['account', 'shop'],
    [[audience]],
    { [audience]: true },
    { 0: audience, length: 1 },
  ]
  return [
    ...foreign.map((aud): Forged => [`audience ${shown(aud)}`, 'token.audience', claiming({ aud })]),
    ['audience with ours and a number', 'token.malformed', claiming({ aud: [audience, 7] })],
    ['audience with ours and a list', 'token.malformed', claiming({ aud: [audience, ['x']] })],
  ]
}

const issuers = ({ issuer, claiming }: Forge): Forged[] => {
  const { host, port } = new URL(issuer)
  const foreign = [
    undefined,
    null,
    '',
    7,
    `${issuer}/`,
    issuer.toUpperCase(),
    issuer.replace('http:', 'https:'),
    `${issuer}/realms/other`,
    `${issuer}?`,
    `${issuer}#`,
    ` ${issuer}`,
    `${issuer}\n`,
    issuer.slice(0, -1),
    `http://localhost:${port}`,
    `http://${host}.mallory.example`,
    `http://${host}@mallory.example`,
    'https://mallory.example',
    [issuer],
    { iss: issuer },
  ]
  return foreign.map((iss) => [`issuer ${shown(iss)}`, 'token.issuer', claiming({ iss })])
}

const subjects = ({ claiming }: Forge): Forged[] =>
  [undefined, null, '', 7, true, ['u-1'], { id: 'u-1' }, 'x'.repeat(256)].map((sub) => [
    `subject ${shown(sub)}`,
    'token.malformed',
    claiming({ sub }),
  ])

const powers = ({ claiming }: Forge): Forged[] => {
  const roles = ['admin', null, 7, true, { 0: 'admin' }, [['admin']], [7], [null], [{ name: 'admin' }], ['sales', true]]
  const wrong: object[] = [
    ...roles.map((each) => ({ realm_access: { roles: each } })),
    { realm_access: ['admin'] },
    { realm_access: 'admin' },
    { realm_access: null },
    { realm_access: JSON.stringify({ roles: ['admin'] }) },
    { groups: '/territories' },
    { groups: { 0: '/territories' } },
    { groups: ['/territories/emea', 7] },
    { scope: ['customers.read'] },
    { scope: { 'customers.read': true } },
    { azp: ['clientele-console'] },
    { client_id: 7 },
    { preferred_username: ['service-account-partner'] },
    { sid: 7 },
  ]
  return wrong.map((each) => [shown(each), 'token.malformed', claiming(each)])
}
