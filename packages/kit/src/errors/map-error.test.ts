import { OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core'
import { Forbidden } from './errors.js'
import { expectedError, isUnavailable } from './map-error.js'

const coded = (code: string) => Object.assign(new Error('secret'), { code })
const violation = new UniqueConstraintViolationException(
  Object.assign(new Error('secret'), { constraint: 'note_title' }),
)

test.each<[string, unknown, string, string | undefined]>([
  ['ours', new Forbidden('no'), 'FORBIDDEN', undefined],
  ['ours as a cause', new Error('x', { cause: new Forbidden('no') }), 'FORBIDDEN', undefined],
  ['a stale version', new OptimisticLockError('secret'), 'CONFLICT', 'version.stale'],
  ['a unique constraint', violation, 'CONFLICT', 'unique.note_title'],
  ['a character that cannot be stored', coded('22021'), 'INVALID', 'text.malformed'],
  ['a statement that took too long', coded('57014'), 'UNAVAILABLE', 'database.timeout'],
  ['a deadlock', coded('40P01'), 'UNAVAILABLE', 'database.busy'],
  ['a broken transaction', coded('25P02'), 'UNAVAILABLE', 'request.broken'],
  ['no server', coded('ECONNREFUSED'), 'UNAVAILABLE', 'database'],
  ['a server that stops', coded('57P01'), 'UNAVAILABLE', 'database'],
  ['an idle session that was ended', coded('25P03'), 'UNAVAILABLE', 'database'],
  ['a lost session', new Error('Connection terminated unexpectedly'), 'UNAVAILABLE', 'database'],
  ['what is no Error', { code: 'ECONNRESET' }, 'UNAVAILABLE', 'database'],
  [
    'what graphql-js wrapped',
    Object.assign(new Error('x'), { thrownValue: coded('ECONNRESET') }),
    'UNAVAILABLE',
    'database',
  ],
])('%s', (_, error, code, reason) => {
  const found = expectedError(error)
  expect({ code: found?.code, reason: found?.reason }).toEqual({ code, reason })
  expect(found?.message).not.toContain('secret')
})

test.each([new TypeError('x'), coded('42P01'), 'text', null, undefined, 0])('%s is not expected', (error) => {
  expect(expectedError(error)).toBeUndefined()
  expect(isUnavailable(error)).toBe(false)
})

test('a chain of causes without an end is cut off', () => {
  const error: Error & { cause?: unknown } = new Error('x')
  error.cause = error
  expect(expectedError(error)).toBeUndefined()
})
