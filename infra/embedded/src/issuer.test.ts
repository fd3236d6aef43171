import { createHash, randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { demoUsers } from './demo-users.js'
import { type Issuer, startIssuer } from './issuer.js'
import { freePort } from './ports.js'
import { scratch } from './scratch.js'
import { signToken } from './token.js'

const made = scratch()
let dir: string
let port: number
let issuer: Issuer

beforeAll(async () => {
  dir = made.folder()
  port = await freePort()
  issuer = made.running(await startIssuer({ dir, port }))
})
afterAll(() => made.clear())

const UUID = /^[0-9a-f-]{36}$/
const REDIRECT = 'http://localhost:5173/signed-in'

async function discovery(): Promise<Record<string, string>> {
  return (await fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json() as Promise<Record<string, string>>
}

/** What a service does: everything is checked, by the keys that the issuer publishes. */
async function verify(token: string) {
  const { jwks_uri } = await discovery()
  const keys = createRemoteJWKSet(new URL(String(jwks_uri)))
  return jwtVerify(token, keys, {
    issuer: issuer.issuer,
    audience: 'clientele-api',
    algorithms: ['RS256'],
    typ: 'at+jwt',
    requiredClaims: ['sub', 'exp', 'iat', 'jti'],
  })
}

async function tokenRequest(form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(`${issuer.issuer}/token`, { method: 'POST', body: new URLSearchParams(form), headers })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

const basic = (id: string, secret: string) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` })

test('discovery names the issuer, PKCE and both grants; the key set has no private part', async () => {
  const document = await discovery()
  expect(document).toMatchObject({
    issuer: issuer.issuer,
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: expect.arrayContaining(['authorization_code', 'client_credentials', 'refresh_token']),
  })
  const { keys } = (await (await fetch(String(document.jwks_uri))).json()) as { keys: object[] }
  expect(keys).toEqual([
    { kty: 'RSA', use: 'sig', alg: 'RS256', kid: expect.any(String), e: 'AQAB', n: expect.any(String) },
  ])
})

test('a token has the claims of the realm and is verified by the published key', async () => {
  const { payload, protectedHeader } = await verify(await issuer.token({ as: 'sales-de' }))
  expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) })
  expect(payload).toEqual({
    iss: issuer.issuer,
    sub: demoUsers.find((user) => user.name === 'sales-de')?.subject,
    aud: 'clientele-api',
    azp: 'clientele-console',
    iat: expect.any(Number),
    exp: Number(payload.iat) + 3600,
    jti: expect.stringMatching(UUID),
    preferred_username: 'sales-de',
    name: 'Jana Becker',
    tenant: 'acme',
    realm_access: { roles: ['sales'] },
    groups: ['/territories/emea/de', '/departments/sales'],
    scope: 'openid profile',
  })
})

test('signToken signs the same with the key in the folder', async () => {
  const token = await signToken({ dir, issuer: issuer.issuer, as: 'manager', tenant: 'globex' })
  expect((await verify(token)).payload).toMatchObject({ preferred_username: 'globex-manager', tenant: 'globex' })
})

test('an expired token is refused, and a foreign audience too', async () => {
  await expect(verify(await issuer.token({ as: 'sales', expiresIn: '-1m' }))).rejects.toMatchObject({
    code: 'ERR_JWT_EXPIRED',
  })
  const foreign = await signToken({ dir, issuer: issuer.issuer, as: 'sales', audience: 'somebody-else' })
  await expect(verify(foreign)).rejects.toMatchObject({ code: 'ERR_JWT_CLAIM_VALIDATION_FAILED', claim: 'aud' })
})

test('bad requests for a token are told plainly', async () => {
  await expect(issuer.token({ as: 'sales', expiresIn: 'soon' })).rejects.toThrow('"soon" is not a span of time')
  await expect(signToken({ dir: made.folder(), issuer: issuer.issuer, as: 'sales' })).rejects.toThrow(
    'Start Clientele first',
  )
  expect(() => issuer.clientSecret('nobody')).toThrow('no client "nobody"')
})

test.each([
  ['profiles', '*', ['service_account'], 'clientele'],
  ['partner-acme', 'acme', [], 'customers:read events:read'],
])('%s signs in with its secret, for the tenant %s', async (id, tenant, roles, scope) => {
  const { status, body } = await tokenRequest({ grant_type: 'client_credentials' }, basic(id, issuer.clientSecret(id)))
  expect([status, body.token_type]).toEqual([200, 'Bearer'])
  const { payload } = await verify(String(body.access_token))
  expect(payload).toMatchObject({
    sub: expect.stringMatching(UUID),
    azp: id,
    preferred_username: `service-account-${id}`,
    tenant,
    realm_access: { roles },
    groups: [],
    scope,
  })
  const direct = decodeJwt(await issuer.token({ as: `service-account-${id}` }))
  expect(Object.keys(payload).sort()).toEqual(Object.keys(direct).sort())
  expect(direct.sub).toBe(payload.sub)
})

test('a wrong secret is refused', async () => {
  const { status, body } = await tokenRequest({ grant_type: 'client_credentials' }, basic('profiles', 'guess'))
  expect([status, body.error]).toEqual([401, 'invalid_client'])
})

/** A browser, as far as signing in needs one: it keeps cookies and follows redirects by hand. */
function browser() {
  const jar = new Map<string, string>()
  return async (url: string, form?: Record<string, string>) => {
    const response = await fetch(new URL(url, issuer.issuer), {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() }
  }
}

function authorizeUrl(challenge: string, redirect = REDIRECT): string {
  const url = new URL('/auth', issuer.issuer)
  const query = {
    client_id: 'clientele-console',
    response_type: 'code',
    redirect_uri: redirect,
    scope: 'openid profile',
    state: 's1',
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  if (challenge) url.searchParams.set('code_challenge', challenge)
  if (challenge) url.searchParams.set('code_challenge_method', 'S256')
  return url.href
}

const challengeOf = (verifier: string) => createHash('sha256').update(verifier).digest('base64url')

async function signIn(name: string) {
  const verifier = randomBytes(32).toString('base64url')
  const visit = browser()
  const login = await visit(authorizeUrl(challengeOf(verifier)))
  const page = await visit(login.location)
  const subject = demoUsers.find((user) => user.name === name)?.subject ?? ''
  expect(page.text).toContain(`value="${subject}"`)
  const resumed = await visit((await visit(login.location, { subject })).location)
  const back = new URL(resumed.location)
  expect(`${back.origin}${back.pathname}`).toBe(REDIRECT)
  expect(back.searchParams.get('state')).toBe('s1')
  return { verifier, code: back.searchParams.get('code') ?? '' }
}

const exchange = (code: string, verifier: string) =>
  tokenRequest({
    grant_type: 'authorization_code',
    client_id: 'clientele-console',
    redirect_uri: REDIRECT,
    code,
    code_verifier: verifier,
  })

test('a person signs in on the page by code and PKCE, and the session is renewed by a refresh token', async () => {
  const { code, verifier } = await signIn('sales-cn')
  const { status, body } = await exchange(code, verifier)
  expect(status).toBe(200)
  const { payload } = await verify(String(body.access_token))
  const direct = decodeJwt(await issuer.token({ as: 'sales-cn' }))
  const { jti: _, iat: __, exp: ___, ...same } = direct
  expect(payload).toMatchObject(same)
  expect(Object.keys(payload).sort()).toEqual(Object.keys(direct).sort())
  expect(decodeJwt(String(body.id_token))).toMatchObject({ sub: payload.sub, aud: 'clientele-console' })
  const renewed = await tokenRequest({
    grant_type: 'refresh_token',
    client_id: 'clientele-console',
    refresh_token: String(body.refresh_token),
  })
  expect((await verify(String(renewed.body.access_token))).payload).toMatchObject(same)
})

test('who signs out is asked to sign in again', async () => {
  const visit = browser()
  const login = await visit(authorizeUrl(challengeOf('x')))
  await visit((await visit(login.location, { subject: demoUsers[0]?.subject ?? '' })).location)
  expect((await visit(authorizeUrl(challengeOf('x')))).location).toContain(`${REDIRECT}?code=`)
  const { end_session_endpoint } = await discovery()
  const page = await visit(String(end_session_endpoint))
  const [, action = '', xsrf = ''] = /action="([^"]+)".*name="xsrf" value="([^"]+)"/s.exec(page.text) ?? []
  await visit(action, { xsrf, logout: 'yes' })
  expect((await visit(authorizeUrl(challengeOf('x')))).location).toContain('/login/')
})

test('a code works once, and only for who has the verifier', async () => {
  const stolen = await signIn('sales')
  expect((await exchange(stolen.code, randomBytes(32).toString('base64url'))).body.error).toBe('invalid_grant')
  const { code, verifier } = await signIn('sales')
  expect((await exchange(code, verifier)).status).toBe(200)
  expect((await exchange(code, verifier)).body.error).toBe('invalid_grant')
})

test('without PKCE, or back to a foreign site, nobody signs in', async () => {
  const visit = browser()
  const bare = await visit(authorizeUrl(''))
  expect(new URL(bare.location).searchParams.get('error')).toBe('invalid_request')
  const foreign = await visit(authorizeUrl(challengeOf('x'), 'http://evil.example/cb'))
  expect([foreign.status, foreign.location]).toEqual([400, ''])
  expect(foreign.text).toContain('redirect_uri')
})

test('a sign-in that has ended, and an unknown person, are told', async () => {
  const visit = browser()
  expect((await visit('/login/unknown')).text).toContain('This sign-in has ended')
  const { location } = await visit(authorizeUrl(challengeOf('x')))
  const nobody = await visit(location, { subject: 'nobody' })
  expect([nobody.status, nobody.location]).toEqual([400, ''])
})

test('answers under its own name only', async () => {
  const status = await new Promise((resolve, reject) => {
    const headers = { host: `evil.example:${port}` }
    request({ host: '127.0.0.1', port, path: '/jwks', headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
  expect(status).toBe(421)
})

test('tokens outlive a restart, and the secrets are for the owner alone', async () => {
  const folder = made.folder()
  const its = await freePort()
  const first = made.running(await startIssuer({ dir: folder, port: its }))
  const token = await first.token({ as: 'admin' })
  const secret = first.clientSecret('surveys')
  await Promise.all([first.stop(), first.stop()])
  await expect(fetch(first.issuer)).rejects.toThrow('fetch failed')
  const second = made.running(await startIssuer({ dir: folder, port: its }))
  const keys = createRemoteJWKSet(new URL(`${second.issuer}/jwks`))
  await expect(jwtVerify(token, keys, { issuer: second.issuer })).resolves.toBeDefined()
  expect(second.clientSecret('surveys')).toBe(secret)
  expect(statSync(join(folder, 'issuer.json')).mode & 0o777).toBe(0o600)
})

test('a taken port is told by name', async () => {
  await expect(startIssuer({ dir: made.folder(), port })).rejects.toThrow(
    new RegExp(`Port ${port} is taken.*CLIENTELE_ISSUER_PORT`),
  )
})

test('refuses NODE_ENV=production', async () => {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await expect(startIssuer({ dir, port: await freePort() })).rejects.toThrow('Set OIDC_ISSUER_URL')
    await expect(issuer.token({ as: 'admin' })).rejects.toThrow('Set OIDC_ISSUER_URL')
  } finally {
    process.env.NODE_ENV = before
  }
})
