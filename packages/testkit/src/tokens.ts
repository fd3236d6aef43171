import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export const audience = 'clientele-api'

export interface TestActor {
  roles?: string[]
  tenant?: string
  territories?: string[]
  subject?: string
}

/** An issuer of real signed tokens for tests: discovery document and keys over HTTP. */
export interface TestIssuer {
  issuer: string
  token(actor: TestActor, o?: { expiresIn?: string; audience?: string }): Promise<string>
  serviceToken(): Promise<string>
  stop(): Promise<void>
}

export const startTestIssuer = async (): Promise<TestIssuer> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: randomUUID(), alg: 'ES256', use: 'sig' }
  const server = createServer((request, response) => {
    const body = request.url?.endsWith('/jwks') ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/jwks` }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const sign = (claims: object, subject: string, o: { expiresIn?: string; audience?: string } = {}) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(o.audience ?? audience)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime(o.expiresIn ?? '1h')
      .sign(privateKey)

  return {
    issuer,
    token: ({ roles = [], tenant = 'acme', territories = [], subject = randomUUID() }, o) =>
      sign({ realm_access: { roles }, tenant, groups: territories.map((path) => `/territories/${path}`) }, subject, o),
    serviceToken: () => sign({ realm_access: { roles: ['service_account'] }, tenant: '*' }, 'service'),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
