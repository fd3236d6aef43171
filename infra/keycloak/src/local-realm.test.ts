import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoClients } from '@clientele/embedded'
import { localPeople, localRealm } from './local-realm.js'
import { ensureSecrets, placeholders } from './realm-secrets.js'

interface Client {
  clientId: string
  publicClient?: boolean
  directAccessGrantsEnabled?: boolean
  redirectUris?: string[]
  webOrigins?: string[]
  secret?: string
  fullScopeAllowed?: boolean
  attributes?: Record<string, string>
  defaultClientScopes?: string[]
  optionalClientScopes?: string[]
}

const file = async (name: string) => readFile(new URL(`../${name}`, import.meta.url), 'utf8')
const text = await file('clientele-realm.json')
const realm = JSON.parse(text) as Record<string, unknown> & { clients: Client[]; clientScopes: { name: string }[] }

test('the demo users of the realm are those of the development issuer (npm run generate)', async () => {
  expect(JSON.parse(await file('generated/demo-users.json'))).toEqual(localPeople())
  // The same for those who import it without building, as compose does.
  expect(JSON.parse(await file('generated/local-realm.json'))).toEqual(JSON.parse(JSON.stringify(await localRealm())))
})

test('the realm for use elsewhere has no people and no secrets; the local one has members', async () => {
  expect(text).not.toMatch(/"credentials"|"privateKey"/)
  const secrets = realm.clients.flatMap(({ secret }) => secret ?? [])
  for (const secret of secrets) expect(secret).toMatch(/^\$\{[A-Z_]+\}$/)
  expect(await localRealm()).toMatchObject({
    organizations: [
      { alias: 'acme', members: expect.arrayContaining([{ username: 'sales-cn', membershipType: 'UNMANAGED' }]) },
      { alias: 'globex', members: expect.arrayContaining([{ username: 'globex-sales', membershipType: 'UNMANAGED' }]) },
    ],
  })
})

test('every placeholder of the realm has a value, and every value a placeholder', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'clientele-realm-'))
  const values = placeholders(await ensureSecrets(dir), 'http://localhost:5173')
  await rm(dir, { recursive: true })
  const wanted = new Set([...text.matchAll(/\$\{([A-Z][A-Z_]+)\}/g)].map(([, name]) => name))
  expect(Object.keys(values).sort()).toEqual([...wanted].sort())
})

test('the clients are those of the development issuer, each with its scopes', () => {
  const ids = realm.clients.map(({ clientId }) => clientId)
  expect(ids.sort()).toEqual(
    ['clientele-api', 'clientele-cli', 'clientele-console', ...demoClients.map(({ id }) => id)].sort(),
  )
  for (const { id, scopes } of demoClients) {
    const optional = realm.clients.find(({ clientId }) => clientId === id)?.optionalClientScopes ?? []
    expect([...optional].sort()).toEqual([...scopes].sort())
  }
})

test('no client takes passwords, has every role or sends people to more than one address', () => {
  for (const client of realm.clients.filter(({ clientId }) => clientId !== 'clientele-api')) {
    expect([client.directAccessGrantsEnabled, client.fullScopeAllowed]).toEqual([false, false])
    expect(JSON.stringify([client.redirectUris, client.webOrigins, client.attributes])).not.toMatch(/\*|"\+"/)
  }
  expect(realm).toMatchObject({ accessTokenLifespan: 300, revokeRefreshToken: true, bruteForceProtected: true })
})
