import { discover } from './relying-party.js'
import type { UnderTest } from './under-test.js'

/** What an issuer publishes of itself and of its keys. */
export function testDiscovery({ issuer }: UnderTest): void {
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
      device_authorization_endpoint: expect.any(String),
    })
    const { keys } = (await (await fetch(String(document.jwks_uri))).json()) as { keys: Record<string, string>[] }
    expect(keys).toContainEqual(expect.objectContaining({ kty: 'RSA', alg: 'RS256', use: 'sig' }))
    for (const key of keys) expect(key).not.toHaveProperty('d')
  })
}
