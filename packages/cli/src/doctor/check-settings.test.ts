import { ConfigError, runChecks } from '@clientele/kit'
import { settingsCheck } from './check-settings.js'
import type { Part } from './part.js'

const variables = ['NATS_URL', 'PROFILES_NATS_URL', 'LOG_LEVEL', 'OIDC_AUDIENCE']
const partOf = (read: () => unknown): Part => ({ name: 'profiles', services: [], variables, read, isApart: true })
const find = (env: Record<string, string>, read: () => unknown = () => {}) =>
  runChecks([settingsCheck(partOf(read), env)])
const told = async (env: Record<string, string>) =>
  (await find(env)).filter(({ state }) => state !== 'ok').map(({ state, check }) => `${state} ${check}`)

test('what is set right is counted', async () => {
  expect(await find({ NATS_URL: 'nats://nats', LOG_LEVEL: ' ' })).toEqual([
    { check: 'settings', state: 'ok', found: '1 are set, none is missing or wrong' },
  ])
})

test('each fault of the start is one of doctor, under the name of its variable', async () => {
  const fault = (path: string) => ({ path, reason: 'config.missing' as const, message: `${path} is missing` })
  const findings = await find({}, () => {
    throw new ConfigError([fault('NATS_URL'), fault('OIDC_AUDIENCE')])
  })
  expect(findings).toMatchObject([
    { check: 'settings.NATS_URL', state: 'fault', found: 'NATS_URL is missing', remedy: expect.any(String) },
    { check: 'settings.OIDC_AUDIENCE', state: 'fault' },
  ])
})

test.each([
  ['NATS_URLL', ['warning settings.NATS_URLL']],
  ['OIDC_SCOPES_OF_OLD', ['warning settings.OIDC_SCOPES_OF_OLD']],
  ['PROFILES_NATS_CLUSTER', ['warning settings.PROFILES_NATS_CLUSTER']],
  // Of another process of the same environment.
  ['SURVEYS_NATS_URL', []],
  ['NATS_SERVICE_HOST', []],
  ['NATS_PORT_4222_TCP_ADDR', []],
  ['PROFILES_PORT', []],
  ['PATH', []],
  ['XNATS_URL_OF_OTHERS', []],
])('%s, which nothing reads here, is told: %j', async (variable, expected) => {
  expect(await told({ [variable]: 'a value that is told to nobody' })).toEqual(expected)
})
