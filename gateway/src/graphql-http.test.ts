import { auditServer } from 'graphql-http'
import { startFixture } from './fixture/platform.js'

/** Apollo Server answers faulty queries with 400 under application/json, where the specification says SHOULD use 200. */
const knownWarnings = 3

test('the GraphQL-over-HTTP audits find no error', async () => {
  const fixture = await startFixture()
  try {
    const authorization = `Bearer ${await fixture.issuer.token()}`
    const results = await auditServer({
      url: `${fixture.gateway.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), authorization } }),
    })
    const of = (status: string) =>
      results
        .filter((result) => result.status === status)
        .map(({ id, name, ...rest }) => `${id} ${name}: ${'reason' in rest ? rest.reason : ''}`)
    expect(of('error')).toEqual([])
    expect(of('warn').length).toBeLessThanOrEqual(knownWarnings)
    expect(of('ok').length).toBeGreaterThan(50)
  } finally {
    await fixture.stop()
  }
})
