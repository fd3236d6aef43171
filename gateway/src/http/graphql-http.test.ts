import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { auditServer } from 'graphql-http'
import { answeredKnown } from '../../fixture/exchange.js'
import { startFixture } from '../../fixture/platform.js'

/** Apollo Server answers faulty queries with 400 under application/json, where the specification says SHOULD use 200. */
const knownWarnings = 3

/** What the GraphQL-over-HTTP audits find, by their verdict. */
async function audit(url: string, headers: Record<string, string> = {}) {
  const results = await auditServer({
    url,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...headers } }),
  })
  const of = (status: string) =>
    results
      .filter((result) => result.status === status)
      .map(({ id, name, ...rest }) => `${id} ${name}: ${'reason' in rest ? rest.reason : ''}`)
  return { errors: of('error'), warnings: of('warn'), ok: of('ok') }
}

async function auditOfApolloServer() {
  const server = new ApolloServer({ typeDefs: 'type Query { hello: String }' })
  const { url } = await startStandaloneServer(server, { listen: { port: 0 } })
  try {
    return await audit(url)
  } finally {
    await server.stop()
  }
}

test('the GraphQL-over-HTTP audits find no error, and warn of no more than at a plain Apollo Server', async () => {
  const plain = await auditOfApolloServer()
  const fixture = await startFixture({ config: { executor: 'compiled' }, logLevel: 'debug' })
  try {
    const headers = { authorization: `Bearer ${await fixture.issuer.token()}` }
    // The audits are sent at once: how many of the first find an operation known is chance, and of the second all that ask a good one.
    for (const [time, known] of [
      ['first', undefined],
      ['second, when its operations are known', 20],
    ] as const) {
      const before = answeredKnown(fixture)
      const { errors, warnings, ok } = await audit(`${fixture.gateway.url}/graphql`, headers)
      expect({ time, errors }).toEqual({ time, errors: [] })
      expect(plain.warnings).toEqual(expect.arrayContaining(warnings))
      expect(warnings.length).toBeLessThanOrEqual(knownWarnings)
      expect(ok.length).toBeGreaterThanOrEqual(plain.ok.length)
      expect(ok.length).toBeGreaterThan(50)
      if (known !== undefined) expect(answeredKnown(fixture) - before).toBe(known)
    }
  } finally {
    await fixture.stop()
  }
})
