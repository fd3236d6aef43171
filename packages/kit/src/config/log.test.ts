import { Invalid, type ValidationIssue } from '../errors/errors.js'
import { createLog } from './log.js'

function capture() {
  const lines: string[] = []
  const log = createLog({
    name: 'profiles',
    level: 'debug',
    destination: { write: (line: string) => void lines.push(line) },
  })
  return { log, lines, last: () => JSON.parse(lines.at(-1)!) }
}

test('writes one JSON line with level, time and service', () => {
  const { log, lines, last } = capture()
  log.info({ port: 4001 }, 'listening on %s', 'x')
  log.trace('below the level')
  expect(lines).toHaveLength(1)
  expect(last()).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    service: 'profiles',
    port: 4001,
    msg: 'listening on x',
  })
})

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1LTEifQ.c2lnbmF0dXJl'

test.each<[string, unknown]>([
  ['an authorization header', { headers: { Authorization: `Bearer ${JWT}` } }],
  ['cookies', { request: { headers: { 'set-cookie': ['sid=top-secret'] } } }],
  ['a password', { password: 'top-secret' }],
  ['a secret deep inside', { a: { b: [{ c: { clientSecret: 'top-secret' } }] } }],
  ['an access token', { access_token: 'top-secret', refreshToken: 'top-secret' }],
  ['an API key', { 'x-api-key': 'top-secret' }],
  ['a name', { customer: { displayName: 'Jane Doe', name: 'Jane Doe' } }],
  ['an e-mail address', { contactPoint: { email: 'jane@example.org' } }],
  ['phones', { phones: ['+49 151 1234567'], mobileNumber: 491511234567 }],
  ['a birth date', { birthDate: '1980-01-02' }],
  ['an address in a text', { note: 'call jane@example.org or +49 (151) 123-4567' }],
  ['a token in a text', { note: `got ${JWT}` }],
  ['a password in a URL', { url: 'postgres://app:top-secret@db/x', other: new URL('nats://app:top-secret@nats') }],
  ['a Map', new Map([['inner', { password: 'top-secret' }]])],
  ['bytes', { value: Buffer.from('top-secret') }],
])('hides %s in fields, arguments and child bindings', (_, value) => {
  const { log, lines } = capture()
  log.info({ value }, 'fields')
  log.info({}, 'arguments %o %j', value as object, value as object)
  log.child({ value }).child({ again: value }).warn('bindings')
  expect(lines).toHaveLength(3)
  expect(lines.join()).not.toMatch(/top-secret|Jane|jane@|\+49|49151|1980-01|c2lnbmF0dXJl/)
})

test('hides personal data and tokens in the message itself', () => {
  const { log, last } = capture()
  log.info(`jane@example.org came with Bearer abcdefgh12345678`)
  expect(last().msg).toBe('[email] came with Bearer [token]')
})

test('keeps what helps: ids, codes, counts, flags, times', () => {
  const { log, last } = capture()
  const kept = {
    customerId: '0198-1',
    reason: 'complaint.open',
    count: 3,
    emailVerified: true,
    ip: '10.0.0.1',
    big: 12n,
  }
  log.info({ ...kept, at: new Date('2026-03-01T00:00:00+08:00') }, 'kept at 2026-03-01T00:00:00+08:00')
  expect(last()).toMatchObject({
    ...kept,
    big: '12',
    at: '2026-02-28T16:00:00.000Z',
    msg: 'kept at 2026-03-01T00:00:00+08:00',
  })
})

class UniqueConstraintViolationException extends Error {}

test('a database error shows neither statement nor values', () => {
  const { log, lines, last } = capture()
  const error = Object.assign(
    new UniqueConstraintViolationException(
      `duplicate key value violates unique constraint "c_key"\n - detail: Key (x)=(Doe) already exists.`,
    ),
    {
      code: '23505',
      severity: 'ERROR',
      constraint: 'c_key',
      detail: 'Key (x)=(Doe)',
      query: "values ('Doe')",
      parameters: ['Doe'],
    },
  )
  log.error({ err: new Error('not saved', { cause: error }) }, 'failed')
  expect(last().err.cause).toMatchObject({
    type: 'UniqueConstraintViolationException',
    code: '23505',
    constraint: 'c_key',
    message: expect.stringContaining('duplicate key value violates unique constraint "c_key"'),
    stack: expect.stringMatching(/^\s+at .*log\.test/),
  })
  expect(lines.join()).not.toContain('Doe')
})

test('a value that PostgreSQL quotes back is cut off', () => {
  const { log, last } = capture()
  const wrong = Object.assign(new Error('invalid input syntax for type uuid: "Doe"'), {
    code: '22P02',
    severity: 'ERROR',
  })
  log.error(wrong)
  expect(last()).toMatchObject({ msg: 'invalid input syntax for type uuid', err: { code: '22P02' } })
  expect(JSON.stringify(last())).not.toContain('Doe')
})

test('our own errors keep their code, reason and fields', () => {
  const { log, last } = capture()
  const fields: ValidationIssue[] = [{ path: 'input.id', reason: 'id.malformed', message: 'a UUID' }]
  log.warn(new Invalid('Not valid.', { reason: 'id.malformed', fields }), 'refused')
  expect(last()).toMatchObject({
    msg: 'refused',
    err: { type: 'Invalid', code: 'INVALID', reason: 'id.malformed', fields },
  })
})

test('logs what is circular, huge or unreadable without failing', () => {
  const { log, lines } = capture()
  const circle: Record<string, unknown> = { list: Array.from({ length: 100_000 }, (_, index) => ({ index })) }
  circle.self = circle
  const trap = Object.defineProperty({}, 'x', {
    enumerable: true,
    get: () => {
      throw new Error('no')
    },
  })
  log.info({ circle }, 'circle')
  log.info({ trap }, 'trap')
  log.info({ text: 'x'.repeat(1_000_000) }, 'text')
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(
    ['circle', undefined, 'text'].map((msg) => msg ?? expect.anything()),
  )
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(60_000)
})
