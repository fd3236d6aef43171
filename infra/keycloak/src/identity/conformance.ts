import { createVerifier } from '@clientele/kit'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { startChromium } from './chromium.js'
import type { Identity } from './identity.js'
import { openBrowser, refresh, signedInUrl } from './person.js'
import { startProfiles } from './platform.js'
import { byKey, bySecret, discover, requestToken } from './relying-party.js'

const AUDIENCE = 'clientele-api'

/** What Clientele needs of an issuer, as tests of the file that calls this: the development issuer and Keycloak pass the same. Stops the issuer at the end. */
export async function testIdentity(identity: Identity): Promise<void> {
  const { issuer } = identity
  const cleanups: (() => Promise<unknown>)[] = [identity.stop]
  const clear = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  }
  const started = await startBeside(issuer, cleanups).catch(async (error) => {
    await clear()
    throw error
  })
  const { chromium, verifier, profiles } = started
  profiles.defer(clear)

  /** A browser that is closed afterwards, whatever happens. */
  const atBrowser = async <T>(visit: (browser: Awaited<ReturnType<typeof openBrowser>>) => Promise<T>): Promise<T> => {
    const browser = await openBrowser(chromium, identity)
    return visit(browser).finally(browser.close)
  }
  const signIn = (user: string) => atBrowser((browser) => browser.signIn(user))
  const actorOf = async (user: string) => verifier.verify(String((await signIn(user)).access_token))

  test('discovery tells the issuer, its keys, its endpoints and S256', async () => {
    const document = await discover(issuer)
    expect(document).toMatchObject({
      issuer,
      response_types_supported: expect.arrayContaining(['code']),
      grant_types_supported: expect.arrayContaining(['authorization_code', 'refresh_token', 'client_credentials']),
      code_challenge_methods_supported: expect.arrayContaining(['S256']),
      token_endpoint_auth_methods_supported: expect.arrayContaining(['client_secret_basic', 'private_key_jwt']),
      end_session_endpoint: expect.any(String),
      revocation_endpoint: expect.any(String),
    })
    const { keys } = (await (await fetch(String(document.jwks_uri))).json()) as { keys: Record<string, string>[] }
    expect(keys).toContainEqual(expect.objectContaining({ kty: 'RSA', alg: 'RS256', use: 'sig' }))
    for (const key of keys) expect(key).not.toHaveProperty('d')
  })

  test('a person signs in on the page: a wrong password is told, the right one comes back with tokens', () =>
    atBrowser(async ({ page, visit, fill, exchange }) => {
      await visit()
      await fill('sales-cn', 'not the password')
      await page.getByText('Invalid username or password').waitFor()
      expect(page.url().startsWith(issuer)).toBe(true)
      await fill('sales-cn', 'clientele-demo')
      await page.waitForURL(`${signedInUrl(identity)}?**`)
      expect(new URL(page.url()).searchParams.get('state')).toBe('here')
      expect(await exchange()).toMatchObject({ status: 200, access_token: expect.any(String) })
      // A code is good once.
      expect(await exchange()).toMatchObject({ status: 400, error: 'invalid_grant' })
    }))

  test('the claims of a person are these and no others', async () => {
    const { access_token: token = '' } = await signIn('sales-cn')
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) })
    const { iat = 0, exp = 0, jti, sub, acr, sid, auth_time, 'allowed-origins': origins, ...claims } = decodeJwt(token)
    expect([typeof jti, typeof sub, exp - iat]).toEqual(['string', 'string', 300])
    const groups = [...(claims.groups as string[])].sort()
    expect({ ...claims, groups, scope: String(claims.scope).split(' ').sort() }).toEqual({
      iss: issuer,
      aud: AUDIENCE,
      typ: 'Bearer',
      azp: 'clientele-console',
      scope: ['openid', 'organization', 'profile'],
      preferred_username: 'sales-cn',
      name: '陈晓雨',
      organization: ['acme'],
      realm_access: { roles: ['sales'] },
      groups: ['/departments/sales', '/territories/apac/cn/华东'],
    })
  })

  test('the claims of a client are these and no others', async () => {
    const { access_token: token = '' } = await bySecret(identity, 'partner-acme', { scope: 'events.read' })
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) })
    const { iat = 0, exp = 0, jti, sub, ...claims } = decodeJwt(token)
    expect([typeof jti, typeof sub, exp - iat]).toEqual(['string', 'string', 300])
    expect({ ...claims, scope: String(claims.scope).split(' ').sort() }).toEqual({
      iss: issuer,
      aud: AUDIENCE,
      typ: 'Bearer',
      azp: 'partner-acme',
      scope: ['events.read', 'profile'],
      preferred_username: 'service-account-partner-acme',
      tenant: 'acme',
    })
  })

  test.each([
    ['sales-cn', { roles: ['sales'], tenant: 'acme', territories: ['apac/cn/华东'] }],
    ['manager', { roles: ['manager'], tenant: 'acme', territories: ['emea'] }],
    ['service', { roles: ['service'], tenant: 'acme', territories: [''] }],
    ['privacy_officer', { roles: ['privacy_officer'], tenant: 'acme', territories: [] }],
    ['globex-sales', { roles: ['sales'], tenant: 'globex', territories: ['apac/cn'] }],
  ])('%s is the right actor', async (user, expected) => {
    const actor = await actorOf(user)
    expect(actor).toMatchObject({ kind: 'person', name: 'clientele-console', ...expected })
  })

  test('two tenants are kept apart: nobody speaks for the other one', async () => {
    const { access_token: token = '' } = await signIn('globex-manager')
    expect(await verifier.verify(token, { tenant: 'globex' })).toMatchObject({ tenant: 'globex' })
    await expect(verifier.verify(token, { tenant: 'acme' })).rejects.toMatchObject({ reason: 'token.tenant' })
  })

  test.each([
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
    ['with the challenge in the clear', { code_challenge_method: 'plain' }],
    ['for a token in the address', { response_type: 'token' }],
  ])('%s nobody signs in', (_, changes) =>
    atBrowser(async ({ page, visit }) => {
      await visit(changes)
      const { searchParams, hash } = new URL(page.url())
      const error = searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error')
      expect(error).toMatch(/^(invalid_request|unauthorized_client|unsupported_response_type)$/)
      expect(searchParams.get('code')).toBeNull()
    }),
  )

  test.each(['https://evil.example/signed-in', 'http://localhost:5173.evil.example/signed-in', 'javascript:alert(1)'])(
    'nobody is sent back to %s',
    (redirect) =>
      atBrowser(async ({ page, visit }) => {
        const response = await visit({ redirect_uri: redirect })
        expect(response?.status()).toBe(400)
        expect(page.url().startsWith(issuer)).toBe(true)
        expect(await page.locator('input[name=username]').count()).toBe(0)
      }),
  )

  test('a password is refused at the token endpoint', async () => {
    const form = { grant_type: 'password', username: 'sales', password: 'clientele-demo', scope: 'openid' }
    const answer = await requestToken(issuer, { client_id: 'clientele-console', ...form })
    expect(answer).toMatchObject({
      status: 400,
      error: expect.stringMatching(/^(unauthorized_client|unsupported_grant_type)$/),
    })
    expect(answer.access_token).toBeUndefined()
  })

  test('a code is worth nothing without the verifier', () =>
    atBrowser(async ({ page, visit, fill }) => {
      await visit()
      await fill('sales', 'clientele-demo')
      await page.waitForURL(`${signedInUrl(identity)}?**`)
      const code = new URL(page.url()).searchParams.get('code') ?? ''
      const form = {
        grant_type: 'authorization_code',
        client_id: 'clientele-console',
        redirect_uri: signedInUrl(identity),
        code,
      }
      const stolen = await requestToken(issuer, { ...form, code_verifier: 'x'.repeat(43) })
      expect(stolen).toMatchObject({ status: 400, error: 'invalid_grant' })
    }))

  test('a service of ours speaks for each tenant, and must name one', async () => {
    const { access_token: token = '' } = await bySecret(identity, 'clientele-profiles')
    expect(await verifier.verify(token, { tenant: 'globex' })).toMatchObject({
      kind: 'service',
      roles: ['service_account'],
      tenant: 'globex',
      name: 'clientele-profiles',
    })
    await expect(verifier.verify(token)).rejects.toMatchObject({ reason: 'token.tenant' })
  })

  test('a partner has the scopes that he asked for among those that he may have', async () => {
    const actorFor = async (scope: string | undefined) => {
      const { access_token: token = '' } = await bySecret(identity, 'partner-acme', { ...(scope && { scope }) })
      return verifier.verify(token)
    }
    expect(await actorFor('customers.read events.read')).toMatchObject({
      kind: 'service',
      tenant: 'acme',
      roles: ['partner'],
      scopes: expect.arrayContaining(['customers.read', 'events.read']),
    })
    const quiet = await actorFor('events.read')
    expect([quiet.roles, quiet.scopes?.includes('customers.read')]).toEqual([[], false])
    expect((await actorFor(undefined)).scopes).not.toContain('events.read')
  })

  test('a partner proves himself by his key; a scope that he has not been given is refused', async () => {
    const { access_token: token = '' } = await byKey(identity, 'partner-globex', { scope: 'events.read' })
    expect(await verifier.verify(token)).toMatchObject({ tenant: 'globex', name: 'partner-globex', roles: [] })
    const more = await byKey(identity, 'partner-globex', { scope: 'events.read customers.read' })
    expect(more).toMatchObject({ status: 400, error: 'invalid_scope' })
  })

  test('a client without its proof gets nothing', async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true })
    const foreign = await exportJWK(privateKey)
    const answers = [
      await bySecret(identity, 'partner-acme', {}, 'guess'),
      await byKey(identity, 'partner-globex', {}, foreign),
      await bySecret(identity, 'partner-globex', {}, 'a secret instead'),
      await requestToken(issuer, { grant_type: 'client_credentials', client_id: 'clientele-console' }),
    ]
    for (const answer of answers) {
      expect(answer.access_token).toBeUndefined()
      expect(answer.error).toMatch(/^(invalid_client|unauthorized_client|invalid_request)$/)
    }
  })

  test('a refresh token is good once', async () => {
    const first = await signIn('sales')
    const second = await refresh(issuer, first.refresh_token)
    expect(await verifier.verify(String(second.access_token))).toMatchObject({ tenant: 'acme', roles: ['sales'] })
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(await refresh(issuer, first.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' })
  })

  test('who has signed out is asked again, and his refresh token is refused', () =>
    atBrowser(async ({ page, visit, signIn: enter, signOut }) => {
      const { id_token: idToken = '', refresh_token: token } = await enter('sales')
      await visit()
      expect(page.url()).toContain(`${signedInUrl(identity)}?`) // still signed in
      await signOut(idToken)
      expect(await refresh(issuer, token)).toMatchObject({ status: 400, error: 'invalid_grant' })
      await visit()
      await page.locator('input[name=username]').waitFor()
    }))

  test('a refresh token that was revoked is refused', async () => {
    const { refresh_token: token = '' } = await signIn('sales')
    const { revocation_endpoint } = await discover(issuer)
    const body = new URLSearchParams({ client_id: 'clientele-console', token, token_type_hint: 'refresh_token' })
    expect((await fetch(String(revocation_endpoint), { method: 'POST', body })).status).toBe(200)
    expect(await refresh(issuer, token)).toMatchObject({ status: 400, error: 'invalid_grant' })
  })

  test('ID and refresh tokens are no access tokens', async () => {
    const { id_token: idToken = '', refresh_token: refreshToken = '' } = await signIn('sales')
    const keys = createRemoteJWKSet(new URL(String((await discover(issuer)).jwks_uri)))
    await jwtVerify(idToken, keys, { issuer, audience: 'clientele-console' }) // it is a good one, for the application
    for (const token of [idToken, refreshToken]) {
      await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    }
  })

  test('the key is changed without a request failing', async () => {
    const tokenNow = async () => String((await bySecret(identity, 'clientele-profiles')).access_token)
    // Nothing is remembered, so that each request needs a key.
    const strict = createVerifier({ issuer, audience: AUDIENCE, cacheSeconds: 0 })
    const before = await tokenNow()
    const failures: unknown[] = []
    let requests = 0
    let isOver = false
    let latest = before
    const requesting = (async () => {
      while (!isOver) {
        for (const token of [before, latest]) {
          requests += 1
          await strict.verify(token, { tenant: 'acme' }).catch((error) => failures.push(error))
        }
        latest = await tokenNow()
      }
    })()
    await identity.rotateKeys()
    const kidOf = (token: string) => decodeProtectedHeader(token).kid
    while (kidOf(latest) === kidOf(before) && failures.length === 0) await new Promise((next) => setTimeout(next, 10))
    const seen = requests
    while (requests < seen + 20) await new Promise((next) => setTimeout(next, 10))
    isOver = true
    await requesting
    expect(failures).toEqual([])
    expect(kidOf(latest)).not.toBe(kidOf(before))
  }, 60_000)

  const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id territory } }'
  const READ = 'query ($id: ID!) { customer(id: $id) { id } }'

  test('the platform answers people of the tenant and territory, and nobody else', async () => {
    const tokenOf = async (user: string) => (await signIn(user)).access_token
    const input = { kind: 'ORGANIZATION', organization: { legalName: '华东贸易' }, territory: 'apac/cn/华东' }
    const made = await profiles.ask(await tokenOf('sales-cn'), CREATE, { input })
    expect(made).toMatchObject({ data: { createCustomer: { territory: 'apac/cn/华东' } } })
    const { id } = (made.data as { createCustomer: { id: string } }).createCustomer
    const seenBy = async (token: string | undefined) => {
      const { data, errors } = await profiles.ask(token, READ, { id })
      return (data?.customer as { id: string } | null | undefined)?.id === id || errors?.[0]?.extensions?.code || null
    }
    expect(await seenBy(await tokenOf('manager-cn'))).toBe(true)
    expect(await seenBy(await tokenOf('manager'))).not.toBe(true)
    expect(await seenBy(await tokenOf('globex-manager'))).not.toBe(true)
    expect(await seenBy(undefined)).toBe('UNAUTHENTICATED')
    const partner = await bySecret(identity, 'partner-acme', { scope: 'customers.read' })
    expect(await seenBy(partner.access_token)).toBe(true)
    const quiet = await bySecret(identity, 'partner-acme', { scope: 'events.read' })
    expect(await seenBy(quiet.access_token)).toBe('FORBIDDEN')
  })
}

/** What the tests need beside the issuer. */
async function startBeside(issuer: string, cleanups: (() => Promise<unknown>)[]) {
  const chromium = await startChromium()
  cleanups.push(() => chromium.close())
  const verifier = createVerifier({ issuer, audience: AUDIENCE })
  return { chromium, verifier, profiles: await startProfiles(verifier) }
}
