import type { Keycloak } from '../src/keycloak.js'

type Administrated = Pick<Keycloak, 'url' | 'adminPassword'>

/** Adds a signing key that goes before the others, as an administrator does. */
export async function addSigningKey(keycloak: Administrated): Promise<void> {
  await administrate(keycloak, '/components', {
    name: `rsa-${Date.now()}`,
    providerId: 'rsa-generated',
    providerType: 'org.keycloak.keys.KeyProvider',
    config: { priority: [String(Math.floor(Date.now() / 1000))], algorithm: ['RS256'], keySize: ['2048'] },
  })
}

async function administrate(keycloak: Administrated, path: string, body: object): Promise<void> {
  const response = await fetch(`${keycloak.url}/admin/realms/clientele${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await adminToken(keycloak)}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
}

async function adminToken({ url, adminPassword }: Administrated): Promise<string> {
  const form = { grant_type: 'password', client_id: 'admin-cli', username: 'admin', password: adminPassword }
  const response = await fetch(`${url}/realms/master/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  return ((await response.json()) as { access_token: string }).access_token
}
