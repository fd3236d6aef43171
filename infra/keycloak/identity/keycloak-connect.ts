import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose'
import KeycloakConnect from 'keycloak-connect'
import type { Identity } from './identity.js'
import { byKey, bySecret } from './relying-party.js'

/** A partner's service as there are many: Express, and Keycloak's own adapter before it. It answers with the token's tenant. */
async function startGuarded(issuer: string) {
  const [url = '', realm = ''] = issuer.split('/realms/')
  const keycloak = new KeycloakConnect({}, {
    realm,
    'auth-server-url': url,
    resource: 'clientele-api',
    'bearer-only': true,
    'verify-token-audience': true,
    'ssl-required': 'external',
    'confidential-port': 0,
  } as KeycloakConnect.KeycloakConfig)
  const app = express()
  app.use(keycloak.middleware())
  app.get('/tenant', keycloak.protect(), (request, response) => {
    const { kauth } = request as unknown as { kauth: { grant: { access_token: { content: { tenant: string } } } } }
    response.json(kauth.grant.access_token.content.tenant)
  })
  app.get('/ours', keycloak.protect('realm:service_account'), (_request, response) => void response.json('ours'))
  const server = createServer(app)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    async get(path: string, token?: string) {
      const headers = token ? { authorization: `Bearer ${token}` } : {}
      const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers })
      return { status: response.status, body: response.ok ? await response.json() : undefined }
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** Systems that are guarded by keycloak-connect accept our realm's tokens, and refuse others. Nothing of ours depends on it (ADR 10). */
export function testKeycloakConnect(identity: Identity): void {
  test('a service behind keycloak-connect takes the tokens of our realm, and no others', async () => {
    const guarded = await startGuarded(identity.issuer)
    try {
      const { access_token: partner = '' } = await byKey(identity, 'partner-globex', { scope: 'events.read' })
      const { access_token: ours = '' } = await bySecret(identity, 'clientele-profiles')
      expect(await guarded.get('/tenant', partner)).toEqual({ status: 200, body: 'globex' })
      expect((await guarded.get('/ours', ours)).status).toBe(200)
      expect((await guarded.get('/ours', partner)).status).toBe(403)
      for (const token of [undefined, 'nonsense', `${partner.slice(0, -4)}AAAA`, await signedByOthers(partner)]) {
        expect((await guarded.get('/tenant', token)).status).toBe(403)
      }
    } finally {
      await guarded.stop()
    }
  })
}

async function signedByOthers(token: string): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256')
  const { alg = '', kid = '', typ = '' } = decodeProtectedHeader(token)
  return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg, kid, typ }).sign(privateKey)
}
