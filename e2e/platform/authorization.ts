import type { TestIssuer } from '@clientele/testkit'
import { startTestIssuer } from '@clientele/testkit'

const unsigned = (token: string) => {
  const [, payload] = token.split('.')
  return `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${payload}.`
}

const withOtherPayload = (token: string) => {
  const [header, payload, signature] = token.split('.') as [string, string, string]
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  return `${header}.${Buffer.from(JSON.stringify({ ...claims, tenant: 'globex' })).toString('base64url')}.${signature}`
}

export const AuthorizationHeader = {
  /** Headers that must not let anyone in, by what is wrong with them. */
  bad: async (issuer: TestIssuer): Promise<[string, string | undefined][]> => {
    const good = await issuer.token({ roles: ['manager'] })
    const stranger = await startTestIssuer()
    const foreign = await stranger.token({ roles: ['manager'] })
    await stranger.stop()
    return [
      ['no token', undefined],
      ['no bearer token', 'Basic bWFuYWdlcjptYW5hZ2Vy'],
      ['nonsense', 'Bearer nonsense'],
      ['an expired token', `Bearer ${await issuer.token({ roles: ['manager'] }, { expiresIn: '-2m' })}`],
      ['an unsigned token', `Bearer ${unsigned(good)}`],
      ['a token with another payload', `Bearer ${withOtherPayload(good)}`],
      [
        'a token for another audience',
        `Bearer ${await issuer.token({ roles: ['manager'] }, { audience: 'billing-api' })}`,
      ],
      ["another issuer's token", `Bearer ${foreign}`],
    ]
  },
}
