import { randomBytes } from 'node:crypto'
import { decodeJwt } from 'jose'
import { scratch } from '../../fixtures/scratch.js'
import { freePort } from '../processes/ports.js'
import { DEMO_PASSWORD, demoUsers } from './demo-users.js'
import { type Issuer, startIssuer } from './issuer.js'
import { challengeOf, visitor } from './issuer-visitor.js'

const REDIRECT = 'http://localhost:5173/signed-in'

const made = scratch()
let issuer: Issuer
let as: ReturnType<typeof visitor>

beforeAll(async () => {
  issuer = made.running(await startIssuer({ dir: made.folder(), port: await freePort() }))
  as = visitor(issuer.issuer)
})
afterAll(() => made.clear())

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

async function signIn(name: string) {
  const verifier = randomBytes(32).toString('base64url')
  const visit = as.browser()
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
  as.tokenRequest({
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
  const { payload } = await as.verify(String(body.access_token))
  const direct = decodeJwt(await issuer.token({ as: 'sales-cn' }))
  const { jti: _, iat: __, exp: ___, ...same } = direct
  expect(payload).toMatchObject(same)
  expect(Object.keys(payload).sort()).toEqual(Object.keys(direct).sort())
  expect(decodeJwt(String(body.id_token))).toMatchObject({ sub: payload.sub, aud: 'clientele-console' })
  const renewed = await as.tokenRequest({
    grant_type: 'refresh_token',
    client_id: 'clientele-console',
    refresh_token: String(body.refresh_token),
  })
  expect((await as.verify(String(renewed.body.access_token))).payload).toMatchObject(same)
})

test('who signs out is asked to sign in again', async () => {
  const visit = as.browser()
  const login = await visit(authorizeUrl(challengeOf('x')))
  await visit((await visit(login.location, { subject: demoUsers[0]?.subject ?? '' })).location)
  expect((await visit(authorizeUrl(challengeOf('x')))).location).toContain(`${REDIRECT}?code=`)
  const { end_session_endpoint } = await as.discovery()
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
  const visit = as.browser()
  const bare = await visit(authorizeUrl(''))
  expect(new URL(bare.location).searchParams.get('error')).toBe('invalid_request')
  const foreign = await visit(authorizeUrl(challengeOf('x'), 'http://evil.example/cb'))
  expect([foreign.status, foreign.location]).toEqual([400, ''])
  expect(foreign.text).toContain('redirect_uri')
})

test('a sign-in that has ended, and an unknown person, are told', async () => {
  const visit = as.browser()
  expect((await visit('/login/unknown')).text).toContain('This sign-in has ended')
  const { location } = await visit(authorizeUrl(challengeOf('x')))
  const nobody = await visit(location, { subject: 'nobody' })
  expect([nobody.status, nobody.location]).toEqual([400, ''])
  const guessed = await visit(location, { username: '"><i>sales', password: 'guess' })
  expect([guessed.status, guessed.location]).toEqual([400, ''])
  expect(guessed.text).toContain('role="alert"')
  expect(guessed.text).not.toContain('<i>sales')
  const known = await visit(location, { username: 'sales', password: DEMO_PASSWORD })
  expect(known.location).toContain('/auth/')
})
