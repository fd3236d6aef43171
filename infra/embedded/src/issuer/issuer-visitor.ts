import { createHash } from 'node:crypto'
import { createRemoteJWKSet, jwtVerify } from 'jose'

/** What clients and services do with an issuer, for the tests. */
export function visitor(issuer: string) {
  async function discovery(): Promise<Record<string, string>> {
    return (await fetch(`${issuer}/.well-known/openid-configuration`)).json() as Promise<Record<string, string>>
  }

  /** What a service does: everything is checked, by the keys that the issuer publishes. */
  async function verify(token: string) {
    const { jwks_uri } = await discovery()
    return jwtVerify(token, createRemoteJWKSet(new URL(String(jwks_uri))), {
      issuer,
      audience: 'clientele-api',
      algorithms: ['RS256'],
      typ: 'at+jwt',
      requiredClaims: ['sub', 'exp', 'iat', 'jti'],
    })
  }

  async function tokenRequest(form: Record<string, string>, headers: Record<string, string> = {}) {
    const response = await fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(form), headers })
    return { status: response.status, body: (await response.json()) as Record<string, string> }
  }

  /** A browser, as far as signing in needs one: it keeps cookies and follows redirects by hand. */
  function browser() {
    const jar = new Map<string, string>()
    return async (url: string, form?: Record<string, string>) => {
      const response = await fetch(new URL(url, issuer), {
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

  return { discovery, verify, tokenRequest, browser }
}

/** The PKCE challenge (S256) of a verifier. */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}
