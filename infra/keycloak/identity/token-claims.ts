import { decodeJwt, decodeProtectedHeader } from 'jose'
import { bySecret } from './relying-party.js'
import { AUDIENCE, type UnderTest } from './under-test.js'

/** What access tokens say, and who is meant by it. */
export function testTokenClaims({ identity, issuer, verifier, signIn }: UnderTest): void {
  const actorOf = async (user: string) => verifier.verify(String((await signIn(user)).access_token))

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

  test('a service of ours speaks for each tenant, and must name one', async () => {
    const { access_token: token = '' } = await bySecret(identity, 'clientele-profiles')
    expect(await verifier.verify(token, { tenant: 'globex' })).toMatchObject({
      kind: 'service',
      roles: expect.toSatisfy((roles: string[]) => roles.toSorted().join() === 'profiles_account,service_account'),
      tenant: 'globex',
      name: 'clientele-profiles',
    })
    await expect(verifier.verify(token)).rejects.toMatchObject({ reason: 'token.tenant' })
  })
}
