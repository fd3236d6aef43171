import { createRemoteJWKSet, jwtVerify } from 'jose'
import { refresh, signedInUrl } from './person.js'
import { discover } from './relying-party.js'
import type { UnderTest } from './under-test.js'

/** How a person stays signed in, and stops being it. */
export function testSessions({ identity, issuer, verifier, atBrowser, signIn }: UnderTest): void {
  test('a refresh token is good once', async () => {
    const first = await signIn('sales')
    const second = await refresh(issuer, first.refresh_token)
    expect(await verifier.verify(String(second.access_token))).toMatchObject({ tenant: 'acme', roles: ['sales'] })
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(await refresh(issuer, first.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' })
  })

  test('who has signed out is asked again, and their refresh token is refused', () =>
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
}
