import { ConfigError } from '@clientele/kit'
import { readEdge, readProcessConfig } from './config.js'
import { defaultRateLimits } from './limits/rate-limits.js'

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

test('our executor runs plans, unless the stock one is asked for', () => {
  expect(readProcessConfig(good).gateway.executor).toBe('compiled')
  expect(readProcessConfig({ ...good, GATEWAY_EXECUTOR: 'stock' }).gateway.executor).toBe('stock')
  expect(() => readProcessConfig({ ...good, GATEWAY_EXECUTOR: 'fast' })).toThrow(/GATEWAY_EXECUTOR/)
})

describe('what is open in development is closed in production', () => {
  const edge = (env: Record<string, string>) => {
    const { introspectionRoles, freeFormRoles, rateLimits } = readProcessConfig({ ...good, ...env }).gateway
    return { introspectionRoles, freeFormRoles, rateLimits }
  }
  const production = { NODE_ENV: 'production' }
  const manifest = { TRUSTED_DOCUMENTS_FILE: 'trusted.json' }

  test.each<[string, Record<string, string>, object]>([
    ['development', {}, { introspectionRoles: '*', freeFormRoles: '*', rateLimits: undefined }],
    ['development with a manifest', manifest, { freeFormRoles: '*' }],
    ['production', production, { introspectionRoles: [], freeFormRoles: '*', rateLimits: defaultRateLimits }],
    ['production with a manifest', { ...production, ...manifest }, { freeFormRoles: ['admin'] }],
    ['production, opened', { ...production, ...manifest, FREE_FORM_ROLES: '*' }, { freeFormRoles: '*' }],
    [
      'production, for some',
      { ...production, INTROSPECTION_ROLES: 'admin, analyst' },
      { introspectionRoles: ['admin', 'analyst'] },
    ],
    ['production, for nobody', { ...production, ...manifest, FREE_FORM_ROLES: 'none' }, { freeFormRoles: [] }],
    ['production without rates', { ...production, RATE_LIMITS: 'off' }, { rateLimits: undefined }],
    [
      'development with rates',
      { RATE_LIMITS: 'default=60, client:erp=600' },
      { rateLimits: { ...defaultRateLimits, default: 60, 'client:erp': 600 } },
    ],
  ])('%s', (_, env, expected) => expect(edge(env)).toMatchObject(expected))

  test('budgets, proxies and HSTS', () => {
    const env = { COST_BUDGETS: 'sales=500', TRUSTED_PROXIES: '10.0.0.0/8, ::1', HSTS_SECONDS: '300' }
    const { costBudgets, trustedProxies, hstsSeconds } = readProcessConfig({ ...good, ...env }).gateway
    expect(costBudgets).toMatchObject({ default: 50_000, sales: 500 })
    expect([trustedProxies, hstsSeconds]).toEqual([['10.0.0.0/8', '::1'], 300])
  })

  test.each([
    ['RATE_LIMITS', 'fast'],
    ['RATE_LIMITS', 'default=0'],
    ['COST_BUDGETS', 'default=-1'],
    ['COST_BUDGETS', '=5'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['INTROSPECTION_ROLES', 'admin,*'],
    ['HSTS_SECONDS', 'yes'],
    ['CORS_ORIGINS', '*'],
  ])('%s=%s is a fault', (name, value) => {
    expect(() => readProcessConfig({ ...good, [name]: value })).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ path: name })] }),
    )
  })
})

test('a gateway inside another process has the same edge, without the addresses', () => {
  const env = { CORS_ORIGINS: 'https://a.example', RATE_LIMITS: 'sales=30' }
  expect(readEdge(env)).toMatchObject({ corsOrigins: ['https://a.example'], playground: true, introspectionRoles: '*' })
  expect(readEdge(env).rateLimits).toEqual({ ...defaultRateLimits, sales: 30 })
  expect(readEdge({ NODE_ENV: 'production' })).toMatchObject({
    playground: false,
    introspectionRoles: [],
    rateLimits: defaultRateLimits,
  })
  expect(readEdge({ ...good, PORT: '1' })).not.toHaveProperty('port')
  expect(() => readEdge({ RATE_LIMITS: 'fast' })).toThrow(/RATE_LIMITS/)
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
