import { signedInUrl } from './person.js'
import { requestToken } from './relying-party.js'
import type { UnderTest } from './under-test.js'

/** How a person signs in at a browser, and how nobody does. */
export function testSigningIn({ identity, issuer, atBrowser }: UnderTest): void {
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
}
