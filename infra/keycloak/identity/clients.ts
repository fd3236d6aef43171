import { exportJWK, generateKeyPair } from 'jose'
import { byKey, bySecret, requestToken } from './relying-party.js'
import type { UnderTest } from './under-test.js'

/** How programs prove who they are, and which scopes they get. */
export function testClients({ identity, issuer, verifier }: UnderTest): void {
  test('a partner has the scopes that they asked for among those that they may have', async () => {
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

  test('a partner proves who they are by their key; a scope that they have not been given is refused', async () => {
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
}
