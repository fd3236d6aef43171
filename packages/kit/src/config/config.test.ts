import { z } from 'zod'
import { ConfigError, flag, loadConfig, port, secret, url, whole } from './config.js'

const schema = z.object({
  databaseUrl: url('postgres', 'postgresql'),
  NATS_URL: url('nats').default('nats://127.0.0.1:4222'),
  port: port().default(4000),
  tls: flag().optional(),
  signingKey: secret(),
})
const right = { DATABASE_URL: 'postgres://app:pw@db/profiles', SIGNING_KEY: 'abcdefghijklmnop' }

const faultsOf = (env: Record<string, string>, of: z.ZodObject = schema) => {
  try {
    loadConfig(of, env)
    return 'accepted'
  } catch (error) {
    return error instanceof ConfigError
      ? error.message
          .split('\n')
          .slice(1)
          .map((line) => line.trim())
      : error
  }
}

test('reads the variables that the schema names, with its defaults', () => {
  expect(loadConfig(schema, { ...right, PORT: '0', TLS: 'true', OTHER: 'x', databaseUrl: 'x' })).toEqual({
    databaseUrl: right.DATABASE_URL,
    NATS_URL: 'nats://127.0.0.1:4222',
    port: 0,
    tls: true,
    signingKey: right.SIGNING_KEY,
  })
})

test('reports all faults together, with what would be right', () => {
  expect(faultsOf({ DATABASE_URL: 'mysql://db', PORT: '70000', TLS: 'yes', NATS_URL: ' ' })).toEqual([
    'DATABASE_URL is wrong: not such a URL (expected: an absolute URL that starts with postgres:// or postgresql://)',
    'PORT is wrong: out of range (expected: a port from 0 to 65535)',
    'TLS is wrong: neither true nor false (expected: true or false)',
    'SIGNING_KEY is missing (expected: a secret of at least 16 characters)',
  ])
})

test('carries each fault as a field with a stable reason', () => {
  expect(() => loadConfig(schema, { ...right, DATABASE_URL: '', PORT: 'x' })).toThrow(
    expect.objectContaining({
      code: 'INVALID',
      reason: 'config.invalid',
      fields: [
        expect.objectContaining({ path: 'DATABASE_URL', reason: 'config.missing' }),
        expect.objectContaining({ path: 'PORT', reason: 'config.invalid' }),
      ],
    }),
  )
})

test.each([
  ['a secret that is too short', 'hunter2'],
  ['a secret with a line break after it', 'correct horse battery staple\n'],
])('never shows %s', (_, value) => {
  const [line, ...more] = faultsOf({ ...right, SIGNING_KEY: value }) as string[]
  expect(line).toMatch(/^SIGNING_KEY is wrong: /)
  expect(more).toEqual([])
  expect(line).not.toContain(value.trim())
})

test('never shows a value that the schema itself quotes', () => {
  const quoting = z.object({ key: z.string().refine(() => false, { error: (issue) => `bad: ${issue.input}` }) })
  expect(faultsOf({ KEY: 'a-long-password' }, quoting)).toEqual(['KEY is wrong: bad: …'])
})

test('a rule over several variables is reported too', () => {
  const pair = z.object({ low: whole(0, 9), high: whole(0, 9) }).refine((o) => o.low < o.high, 'LOW must be below HIGH')
  expect(faultsOf({ LOW: '5', HIGH: '5' }, pair)).toEqual(['The configuration is wrong: LOW must be below HIGH'])
  expect(faultsOf({ LOW: '4', HIGH: '5' }, pair)).toBe('accepted')
})

test.each<[string, z.ZodType, string, unknown]>([
  ['a port', port(), '65535', 65_535],
  ['a negative number', whole(-5, 5), '-3', -3],
  ['false', flag(), 'false', false],
  ['an https URL', url(), 'https://idp.example/realms/x', 'https://idp.example/realms/x'],
])('accepts %s', (_, piece, text, value) => {
  expect(loadConfig(z.object({ value: piece }), { VALUE: text })).toEqual({ value })
})

test.each<[string, z.ZodType, string]>([
  ['a fraction as a port', port(), '80.5'],
  ['an exponent', whole(0, 1000), '1e2'],
  ['a number in hexadecimal', port(), '0x50'],
  ['a capital TRUE', flag(), 'TRUE'],
  ['a URL without a scheme', url(), 'localhost:4000'],
  ['another scheme', url(), 'ftp://example.org'],
])('refuses %s', (_, piece, text) => {
  expect(faultsOf({ VALUE: text }, z.object({ value: piece }))).toHaveLength(1)
})
