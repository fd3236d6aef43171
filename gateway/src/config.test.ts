import { ConfigError } from '@clientele/kit'
import { readProcessConfig } from './config.js'

const good = {
  SUBGRAPH_PROFILES_URL: 'http://profiles:4000/graphql',
  SUBGRAPH_INTERACTIONS_URL: 'http://interactions:4000/graphql',
  SUBGRAPH_SURVEYS_URL: 'http://surveys:4000/graphql',
  SUBGRAPH_SEGMENTATION_URL: 'http://segmentation:4000/graphql',
  SUBGRAPH_INTEGRATIONS_URL: 'http://integrations:4000/graphql',
  OIDC_ISSUER_URL: 'https://id.example.com/realms/clientele',
  OIDC_AUDIENCE: 'clientele-api',
}

test('what has to be said is enough', () => {
  const { gateway, subgraphs, issuer, audience } = readProcessConfig({ ...good, NODE_ENV: 'production' })
  expect(gateway).toMatchObject({ port: 4000, host: '127.0.0.1', corsOrigins: [], playground: false })
  expect(gateway.supergraphFile).toMatch(/gateway[/\\]supergraph\.graphql$/)
  expect(subgraphs).toContainEqual({ name: 'surveys', url: 'http://surveys:4000/graphql' })
  expect([issuer, audience]).toEqual(['https://id.example.com/realms/clientele', 'clientele-api'])
})

test('outside production the playground is on, unless told otherwise', () => {
  expect(readProcessConfig(good).gateway.playground).toBe(true)
  expect(readProcessConfig({ ...good, PLAYGROUND: 'false' }).gateway.playground).toBe(false)
  expect(readProcessConfig({ ...good, NODE_ENV: 'production', PLAYGROUND: 'true' }).gateway.playground).toBe(true)
})

test('origins are a list', () => {
  const { gateway } = readProcessConfig({ ...good, CORS_ORIGINS: 'https://a.example, http://localhost:3000' })
  expect(gateway.corsOrigins).toEqual(['https://a.example', 'http://localhost:3000'])
})

test('all faults are told at once', () => {
  const env = {
    ...good,
    PORT: '99999',
    OIDC_AUDIENCE: undefined,
    SUBGRAPH_SURVEYS_URL: 'surveys',
    CORS_ORIGINS: 'https://a.example/path',
  }
  let error: unknown
  try {
    readProcessConfig(env)
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(ConfigError)
  expect((error as ConfigError).fields?.map(({ path }) => path).sort()).toEqual([
    'CORS_ORIGINS',
    'OIDC_AUDIENCE',
    'PORT',
    'SUBGRAPH_SURVEYS_URL',
  ])
})
