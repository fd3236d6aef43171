import { globSync, readFileSync } from 'node:fs'
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

test.each([
  ...['08000', '08001', '08003', '08004', '08006', '08007', '08P01'],
  ...['53000', '53100', '53200', '53300', '53400', '57P01', '57P02', '57P03', '57P04', '57P05', '58000', '58030'],
  ...['25P03', '25P04', 'ECONNABORTED', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'EMFILE', 'ENFILE'],
  ...['ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END', 'ERR_SOCKET_CLOSED'],
])('%s says that something is away', (code) => {
  expect(isUnavailable(coded(code))).toBe(true)
})

test.each(['23505', '22P02', '25P02', '25006', '42P01', '57014', 'XX000', 'ENOENT', 'ERR_INVALID_ARG_TYPE'])(
  '%s does not',
  (code) => {
    expect(isUnavailable(coded(code))).toBe(false)
  },
)

/** What the driver says of how it is used, or of what no server of ours sends. */
const ofUse = new RegExp(
  [
    '^Received unexpected|^SASL|^Binary mode|^Unknown authenticationOk|^The server does not support SSL|sslnegotiation',
    '^Prepared statements must|^Query values|^A query must|^Password must|^(first|second) argument must|^Buffers? |^callback is not',
    '^Client (was passed|has already been)|^Release called|^Called end on pool more|^Passing a function|^unexpected condition',
    'circular reference|not supported in pipeline|^`cursor`|^invalid transaction|method is not supported by this driver',
  ].join('|'),
)

test('of every error that the driver and its pool make themselves it is known whether a session was lost', () => {
  const modules = new URL('../../../../node_modules/', import.meta.url).pathname
  const files = [
    'pg/lib/*.js',
    'pg/lib/crypto/*.js',
    'pg-pool/index.js',
    'pg-protocol/dist/parser.js',
    'kysely/dist/d*/**/{postgres-driver,driver,runtime-driver}.js',
  ].flatMap((pattern) => globSync(`${modules}${pattern}`))
  const texts = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/new (?:Type)?Error\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g)].map(
      ([, , text]) => text!,
    ),
  )
  expect(texts.length).toBeGreaterThan(40)
  const unknown = texts.filter((text) => !isUnavailable(new Error(text)) && !ofUse.test(text))
  expect(unknown).toEqual([])
  expect(texts.filter((text) => isUnavailable(new Error(text))).length).toBeGreaterThan(6)
})
