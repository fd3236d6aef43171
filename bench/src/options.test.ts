import { defaults, readArguments, UsageError } from './options.js'

test('reads name and options', () => {
  const args = [
    'customer-360',
    '--json',
    '--customers',
    '300',
    '--timers=7',
    '--requests=50',
    '--rounds=1',
    '--seconds',
    '2',
    '--concurrency',
    '1,16, 64',
    '--only=in-process,http',
    '--minutes=10',
    '--profile',
    'profiles',
    '--traces',
    '--check',
    '--fresh',
  ]
  expect(readArguments([...args, '--home', 'here'])).toEqual({
    benchmark: 'customer-360',
    json: true,
    check: true,
    help: false,
    options: {
      ...{
        home: 'here',
        customers: 300,
        timers: 7,
        requests: 50,
        rounds: 1,
        seconds: 2,
        concurrency: [1, 16, 64],
        fresh: true,
      },
      ...{ only: ['in-process', 'http'], minutes: 10, profile: 'profiles', traces: true },
    },
  })
})

test('no arguments are needed: the defaults hold', () => {
  expect(readArguments([])).toMatchObject({ benchmark: undefined, json: false, options: defaults })
})

test.each([
  [['customer-360', '--rounds', '0'], '--rounds must be a whole number from 1 to 1000, not "0".'],
  [['customer-360', '--customers', '1e5'], '--customers must be a whole number from 1 to 10000000, not "1e5".'],
  [['customer-360', '--seconds=-1'], '--seconds must be a whole number from 1 to 3600, not "-1".'],
  [['customer-360', '--concurrency', '1,,4'], '--concurrency must be a whole number from 1 to 256, not "".'],
  [['customer-360', '--minutes', '0'], '--minutes must be a whole number from 1 to 10000, not "0".'],
  [['customer-360', 'other'], 'One benchmark at a time: customer-360, other'],
  [['--colour'], /^Unknown option '--colour'/],
])('refuses %j', (args, message) => {
  expect(() => readArguments(args)).toThrow(UsageError)
  expect(() => readArguments(args)).toThrow(message)
})
