import { ConfigError, misspelt } from '@clientele/kit'
import { services } from '../services.js'
import { readServeSettings, serveVariables } from './serve-settings.js'

const urlsOf = (service: string, database = service) =>
  Object.fromEntries(
    ['', 'OWNER_', 'SYSTEM_'].map((of) => [
      `${service.toUpperCase()}_DATABASE_${of}URL`,
      `postgres://${service}@db/${database}`,
    ]),
  )
const shared = {
  NATS_URL: 'nats://nats',
  OIDC_ISSUER_URL: 'https://id.example.org/realms/clientele',
  OIDC_CLIENT_ID: 'clientele',
  OIDC_CLIENT_SECRET: 'a secret that is long enough',
  CLIENTELE_MASTER_KEY_FILE: '/run/master-key',
}
const whole: Record<string, string> = { ...shared, ...Object.assign({}, ...services.map(({ name }) => urlsOf(name))) }
const faultsOf = (env: Record<string, string>) => {
  try {
    readServeSettings(services, env)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return (error.fields ?? []).map(({ path, message }) => `${path}: ${message.replace(`${path} `, '')}`)
  }
}

test('a service reads what has its name in front, and shares the rest', () => {
  const read = readServeSettings(services, { ...whole, SURVEYS_DATABASE_CONNECTIONS: '8', DATABASE_CONNECTIONS: '12' })
  expect(read.gateway).toMatchObject({ HOST: '127.0.0.1', PORT: 4000 })
  expect(read.services.map(({ service, database }) => [service.name, database.url])).toEqual(
    services.map(({ name }) => [name, `postgres://${name}@db/${name}`]),
  )
  expect(read.services.map(({ natsUrl }) => natsUrl)).toEqual(services.map(() => 'nats://nats'))
  const [profiles, , surveys] = read.services
  expect([profiles?.connections, surveys?.connections]).toEqual([12, 8])
})

test('who does not migrate needs no owner of a database', () => {
  const owners = Object.keys(whole).filter((name) => name.endsWith('_OWNER_URL'))
  const env = Object.fromEntries(Object.entries(whole).filter(([name]) => !owners.includes(name)))
  expect(faultsOf(env)).toHaveLength(owners.length)
  const { services: read } = readServeSettings(services, { ...env, MIGRATE: 'off', SURVEYS_BACKGROUND: 'off' })
  expect(read.map(({ migrate, background }) => [migrate, background])).toEqual(
    services.map(({ name }) => [false, name !== 'surveys']),
  )
  expect(read.map(({ database }) => database.ownerUrl)).toEqual(services.map(() => undefined))
})

test.each([
  ['PROFILES_DATABSE_URL', 'PROFILES_DATABASE_URL'],
  ['SURVEYS_DATABASE_SYSTM_URL', 'SURVEYS_DATABASE_SYSTEM_URL'],
  ['NATS_URLS', 'NATS_URL'],
  ['CLIENTELE_MASTERKEY_FILE', 'CLIENTELE_MASTER_KEY_FILE'],
  ['RATE_LIMIT', 'RATE_LIMITS'],
  ['PUBLIC_URI', 'PUBLIC_URL'],
])('%s is told as %s', (variable, likely) => {
  const { [likely]: _, ...env } = whole
  expect(misspelt({ ...env, [variable]: 'x' }, serveVariables(services))).toEqual([{ variable, likely }])
})

test('what an environment that is right has is not told, nor what Kubernetes and shells put there', () => {
  const env = {
    ...whole,
    ...{
      HOME: '/root',
      PATH: '/bin',
      HOSTNAME: 'a',
      USER: 'a',
      PWD: '/',
      NODE_OPTIONS: '-r x',
      NO_COLOR: '1',
      TZ: 'UTC',
    },
    ...{ NATS_PORT: 'tcp://10.0.0.1:4222', NATS_SERVICE_HOST: '10.0.0.1', PROFILES_PORT: 'tcp://10.0.0.2:4001' },
    ...{ CLIENTELE_PORT: 'tcp://10.0.0.3:80', CLIENTELE_SERVICE_PORT: '80', PROFILES_SERVICE_HOST: '10.0.0.2' },
  }
  expect(misspelt(env, serveVariables(services))).toEqual([])
})

test.each<[string, Record<string, string>, string[]]>([
  [
    'what is missing for one service is told with its name',
    Object.fromEntries(Object.entries(whole).filter(([name]) => !name.startsWith('SURVEYS'))),
    ['', 'OWNER_', 'SYSTEM_'].map(
      (of) =>
        `SURVEYS_DATABASE_${of}URL: is missing (expected: an absolute URL that starts with postgres:// or postgresql://)`,
    ),
  ],
  [
    'what is missing for all is told once',
    Object.fromEntries(Object.entries(whole).filter(([name]) => name !== 'NATS_URL')),
    ['NATS_URL: is missing (expected: an absolute URL that starts with nats:// or tls://)'],
  ],
  [
    'in production links need to know what the world calls the process',
    { ...whole, NODE_ENV: 'production', NATS_URL: '' },
    [
      'PUBLIC_URL: is missing (expected: an absolute URL that starts with http:// or https://)',
      'NATS_URL: is missing (expected: an absolute URL that starts with nats:// or tls://)',
    ],
  ],
  [
    'two services in one database are refused',
    { ...whole, ...urlsOf('surveys', 'profiles') },
    ['SURVEYS_DATABASE_URL: is wrong: profiles has this database already (expected: a database for each service)'],
  ],
  [
    'faults of the gateway and of services are told together',
    { ...whole, PORT: 'x', PROFILES_DATABASE_URL: 'mysql://x', TRUSTED_PROXIES: 'everybody' },
    [
      'TRUSTED_PROXIES: is wrong: not such a list (expected: addresses or subnets such as 10.0.0.0/8, with commas between them)',
      'PORT: is wrong: not a whole number (expected: a port from 0 to 65535)',
      'PROFILES_DATABASE_URL: is wrong: not such a URL (expected: an absolute URL that starts with postgres:// or postgresql://)',
    ],
  ],
  [
    'a missing master key is told together with all else, once',
    {
      ...Object.fromEntries(Object.entries(whole).filter(([name]) => name !== 'CLIENTELE_MASTER_KEY_FILE')),
      PORT: 'x',
      NATS_URL: 'http://nats',
    },
    [
      'PORT: is wrong: not a whole number (expected: a port from 0 to 65535)',
      'NATS_URL: is wrong: not such a URL (expected: an absolute URL that starts with nats:// or tls://)',
      'CLIENTELE_MASTER_KEY_FILE: is missing (or CLIENTELE_VAULT_ADDR, for Vault’s transit engine)',
    ],
  ],
  [
    'what is wrong with the place of a master key is told once',
    { ...whole, CLIENTELE_VAULT_ADDR: 'vault' },
    ['CLIENTELE_VAULT_ADDR: is wrong: not such a URL (expected: an absolute URL that starts with http:// or https://)'],
  ],
])('%s', (_, env, faults) => {
  expect(faultsOf(env)).toEqual(faults)
})
