import { misspelt, misspeltWarning } from './misspelt.js'

const names = ['DATABASE_URL', 'PROFILES_DATABASE_URL', 'NATS_URL', 'HOST', 'PORT', 'LOG_LEVEL', 'CLIENTELE_HOME']
const told = (env: Record<string, string>) => misspelt(env, names).map(misspeltWarning)

test.each([
  ['PROFILES_DATABSE_URL', 'PROFILES_DATABASE_URL'],
  ['PROFILES_DATABASE_ULR', 'PROFILES_DATABASE_URL'],
  ['DATABASE_URI', 'DATABASE_URL'],
  ['NATS_URLS', 'NATS_URL'],
  ['LOGLEVEL', 'LOG_LEVEL'],
  ['nats_url', 'NATS_URL'],
])('%s is told as %s', (variable, likely) => {
  expect(told({ [variable]: 'a secret' })).toEqual([
    `${variable} is set, and nothing reads it; did you mean ${likely}?`,
  ])
})

test.each([
  'HOME',
  'HOSTNAME',
  'PATH',
  'PWD',
  'NODE_ENV',
  'NATS_PORT',
  'CLIENTELE_PORT',
  'PROFILES_PORT',
  '',
  '数据库',
])('%s, which others read, is not', (variable) => {
  expect(told({ [variable]: 'x' })).toEqual([])
})

test('what is like one that is set, or is empty, or is known, is not told', () => {
  expect(told({ NATS_URL: 'nats://a', NATS_URLS: 'nats://a,nats://b' })).toEqual([])
  expect(told({ NATS_URLS: ' ', PORT: '1' })).toEqual([])
})
