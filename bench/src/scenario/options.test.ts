import { UsageError } from '../options.js'
import { readLoadArguments } from './options.js'

test('a scenario alone runs for a minute at its own rate, on a platform that is started for it', () => {
  const options = readLoadArguments(['mixed-day'])!
  expect(options).toMatchObject({
    scenario: 'mixed-day',
    seconds: 60,
    seed: 1,
    soak: false,
    customers: 20_000,
    out: [],
  })
  expect([options.rate, options.clients, options.elsewhere]).toEqual([undefined, undefined, undefined])
})

test('length, load and what comes of it are read', () => {
  const args = ['mixed-day', '--minutes', '30', '--soak', '--clients=8', '--think', '0', '--out', 'a.json,a.html']
  expect(readLoadArguments([...args, '--reference', 'before.json', '--embedded'])).toMatchObject({
    ...{ seconds: 1_800, soak: true, clients: 8, thinkSeconds: 0, out: ['a.json', 'a.html'], reference: 'before.json' },
  })
})

test('who asks elsewhere is a token or a client with its secret', () => {
  const at = [
    'customer-360',
    '--url',
    'https://crm.example.com/graphql',
    '--metrics',
    'http://a/metrics,http://b/metrics',
  ]
  expect(readLoadArguments(at, { CLIENTELE_TOKEN: 'abc' })!.elsewhere).toEqual({
    url: 'https://crm.example.com',
    source: { token: 'abc' },
    metrics: ['http://a/metrics', 'http://b/metrics'],
    database: undefined,
  })
  const client = [...at, '--issuer', 'https://id.example.com', '--client-id', 'load']
  expect(readLoadArguments(client, { CLIENT_SECRET: 's' })!.elsewhere!.source).toEqual({
    issuer: 'https://id.example.com',
    clientId: 'load',
    clientSecret: 's',
  })
})

test('without a scenario, or with --help, the usage is shown', () => {
  expect(readLoadArguments([])).toBeUndefined()
  expect(readLoadArguments(['mixed-day', '--help'])).toBeUndefined()
})

test.each([
  [['mixed-day', 'customer-360'], 'One scenario at a time: mixed-day, customer-360'],
  [['mixed-day', '--seconds', '5', '--minutes', '1'], '--seconds or --minutes, not both.'],
  [['mixed-day', '--rate', '5', '--clients', '1'], '--rate or --clients, not both.'],
  [['mixed-day', '--think', '5'], '--think is for --clients.'],
  [['mixed-day', '--url', 'http://a', '--embedded'], '--url or --embedded, not both.'],
  [['mixed-day', '--url', 'a'], '--url: "a" is not a URL.'],
  [
    ['mixed-day', '--url', 'http://a'],
    'Say who asks at --url: --token, CLIENTELE_TOKEN, or --issuer with --client-id.',
  ],
  [['mixed-day', '--rate', '0'], '--rate must be a whole number from 1 to 100000, not "0".'],
])('refuses %j', (args, message) => {
  expect(() => readLoadArguments(args)).toThrow(UsageError)
  expect(() => readLoadArguments(args)).toThrow(message)
})
