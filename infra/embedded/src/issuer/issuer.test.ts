import { statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { scratch } from '../../fixtures/scratch.js'
import { freePort } from '../processes/ports.js'
import { demoUsers } from './demo-users.js'
import { type Issuer, startIssuer } from './issuer.js'
import { ensureIssuerKeys } from './issuer-keys.js'
import { visitor } from './issuer-visitor.js'
import { signToken } from './token.js'

const made = scratch()
let dir: string
let port: number
let issuer: Issuer
let as: ReturnType<typeof visitor>

beforeAll(async () => {
  dir = made.folder()
  port = await freePort()
  issuer = made.running(await startIssuer({ dir, port }))
  as = visitor(issuer.issuer)
})
afterAll(() => made.clear())

const UUID = /^[0-9a-f-]{36}$/

const basic = (id: string, secret: string) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` })

test('discovery names the issuer, PKCE and both grants; the key set has no private part', async () => {
  const document = await as.discovery()
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
  const { payload, protectedHeader } = await as.verify(await issuer.token({ as: 'sales-cn' }))
  expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) })
  expect(payload).toEqual({
    iss: issuer.issuer,
    sub: demoUsers.find((user) => user.name === 'sales-cn')?.subject,
    aud: 'clientele-api',
    azp: 'clientele-console',
    iat: expect.any(Number),
    exp: Number(payload.iat) + 3600,
    jti: expect.stringMatching(UUID),
    typ: 'Bearer',
    preferred_username: 'sales-cn',
    name: '陈晓雨',
    organization: ['acme'],
    realm_access: { roles: ['sales'] },
    groups: ['/territories/apac/cn/华东', '/departments/sales'],
    scope: 'openid profile organization',
  })
})

test('signToken signs the same with the key in the folder', async () => {
  const token = await signToken({ dir, issuer: issuer.issuer, as: 'manager', tenant: 'globex' })
  expect((await as.verify(token)).payload).toMatchObject({
    preferred_username: 'globex-manager',
    organization: ['globex'],
    groups: ['/territories'],
  })
})

test('an expired token is refused, and a foreign audience too', async () => {
  await expect(as.verify(await issuer.token({ as: 'sales', expiresIn: '-1m' }))).rejects.toMatchObject({
    code: 'ERR_JWT_EXPIRED',
  })
  const foreign = await signToken({ dir, issuer: issuer.issuer, as: 'sales', audience: 'somebody-else' })
  await expect(as.verify(foreign)).rejects.toMatchObject({ code: 'ERR_JWT_CLAIM_VALIDATION_FAILED', claim: 'aud' })
})

test('bad requests for a token are told plainly', async () => {
  await expect(issuer.token({ as: 'sales', expiresIn: 'soon' })).rejects.toThrow('"soon" is not a span of time')
  await expect(signToken({ dir: made.folder(), issuer: issuer.issuer, as: 'sales' })).rejects.toThrow(
    'Start Clientele first',
  )
  expect(() => issuer.clientSecret('nobody')).toThrow('no client "nobody"')
  expect(() => issuer.clientKey('partner-acme')).toThrow('no client "partner-acme" with a key')
})

test.each([
  ['clientele-profiles', '*', { realm_access: { roles: ['service_account', 'profiles_account'] } }, ''],
  ['partner-acme', 'acme', {}, 'customers.read events.read'],
])('%s signs in with its secret, for the tenant %s', async (id, tenant, roles, scope) => {
  const { status, body } = await as.tokenRequest(
    { grant_type: 'client_credentials', ...(scope && { scope }) },
    basic(id, issuer.clientSecret(id)),
  )
  expect([status, body.token_type]).toEqual([200, 'Bearer'])
  const { payload } = await as.verify(String(body.access_token))
  expect(payload).toMatchObject({
    sub: expect.stringMatching(UUID),
    azp: id,
    preferred_username: `service-account-${id}`,
    tenant,
    ...roles,
    scope: `${scope} profile`.trim(),
  })
  const direct = decodeJwt(await issuer.token({ as: `service-account-${id}` }))
  expect(Object.keys(payload).sort()).toEqual(Object.keys(direct).sort())
  expect(direct.sub).toBe(payload.sub)
})

test('a wrong secret is refused', async () => {
  const { status, body } = await as.tokenRequest(
    { grant_type: 'client_credentials' },
    basic('clientele-profiles', 'guess'),
  )
  expect([status, body.error]).toEqual([401, 'invalid_client'])
})

const statusFor = (port: number, host: string) =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/jwks', headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })

test('answers under its own name only', async () => {
  expect(await statusFor(port, `evil.example:${port}`)).toBe(421)
})

test('another name is its own where it is told so, in its tokens too', async () => {
  const [folder, at, url] = [made.folder(), await freePort(), 'http://host.internal:8080']
  const its = made.running(await startIssuer({ dir: folder, port: at, url }))
  expect(await statusFor(at, 'host.internal:8080')).toBe(200)
  expect(await statusFor(at, 'evil.example:8080')).toBe(421)
  expect(decodeJwt(await its.token({ as: 'admin' })).iss).toBe(url)
})

test('tokens outlive a restart, and the secrets are for the owner alone', async () => {
  const folder = made.folder()
  const its = await freePort()
  const first = made.running(await startIssuer({ dir: folder, port: its }))
  const token = await first.token({ as: 'admin' })
  const secret = first.clientSecret('clientele-surveys')
  await Promise.all([first.stop(), first.stop()])
  await expect(fetch(first.issuer)).rejects.toThrow('fetch failed')
  const second = made.running(await startIssuer({ dir: folder, port: its }))
  const keys = createRemoteJWKSet(new URL(`${second.issuer}/jwks`))
  await expect(jwtVerify(token, keys, { issuer: second.issuer })).resolves.toBeDefined()
  expect(second.clientSecret('clientele-surveys')).toBe(secret)
  expect(statSync(join(folder, 'issuer.json')).mode & 0o777).toBe(0o600)
})

test('a folder of an earlier version keeps its signing key and secrets, and gets what is new', async () => {
  const folder = made.folder()
  const { signing, clients, ...rest } = await ensureIssuerKeys(made.folder())
  const earlier = { signing: signing[0], clients: { 'clientele-surveys': 'kept' }, cookies: rest.cookies }
  writeFileSync(join(folder, 'issuer.json'), JSON.stringify(earlier))
  const its = made.running(await startIssuer({ dir: folder, port: await freePort() }))
  expect(decodeProtectedHeader(await its.token({ as: 'admin' })).kid).toBe(signing[0].kid)
  expect(its.clientSecret('clientele-surveys')).toBe('kept')
  expect(its.clientSecret('partner-acme')).toMatch(/^.{43}$/)
  expect(its.clientKey('partner-globex').kty).toBe('RSA')
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
