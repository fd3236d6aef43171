import { GraphQLInt } from 'graphql'
import { z } from 'zod'
import { Invalid } from './errors.js'
import { redactedMessage } from './redacted-message.js'

const thrown = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    return error as Error
  }
  throw new Error('it did not fail')
}
const coded = (message: string, code: string) => Object.assign(new Error(message), { code, severity: 'ERROR' })
const wang: any = 'Wang'

test.each<[string, Error, string]>([
  ['our own', new Invalid('A title has 1 to 200 characters.'), 'A title has 1 to 200 characters.'],
  ['a field that is not there', thrown(() => (undefined as any).title), `(reading 'title')`],
  ['no function', thrown(() => wang.nothing()), 'wang.nothing is not a function'],
  ['a number out of a name', thrown(() => BigInt(wang)), 'to a BigInt'],
  ['a name for an object', thrown(() => 'x' in wang), 'the in operator'],
  ['JSON that is none', thrown(() => JSON.parse('{"name":"Wang"')), 'JSON'],
  ['a text that is no JSON', thrown(() => JSON.parse('"x" Wang')), 'JSON'],
  ['a read-only value', thrown(() => void Object.assign(Object('Wang'), { 0: 'x' })), 'Cannot assign to read only'],
  ['a time zone', thrown(() => new Intl.DateTimeFormat('en', { timeZone: wang })), 'time zone'],
  ['a value of the answer', thrown(() => GraphQLInt.serialize(wang)), 'Int cannot represent non-integer value'],
  ['a schema', thrown(() => z.object({ age: z.number() }).parse({ age: wang })), 'age: invalid_type'],
  ['a unique constraint', coded('duplicate key value violates unique constraint "note_title"', '23505'), 'note_title'],
  [
    'a CHECK',
    coded('new row for relation "note" violates check constraint "note_rank"\n - detail: (Wang)', '23514'),
    'note_rank',
  ],
  ['a bad cast', coded('invalid input syntax for type uuid: "Wang"', '22P02'), 'invalid input syntax for type uuid'],
  ['out of range', coded('value "Wang" is out of range for type integer', '22003'), 'out of range for type integer'],
  ['a syntax error', coded('syntax error at or near "Wang"', '42601'), 'syntax error at or near'],
  ['quotation marks in a value', coded('unknown: "x" relation "note" Wang"', 'P0001'), 'unknown: …'],
  ['an unclosed mark', new Error('unknown name "Wang'), 'unknown name …'],
])('of %s the cause is kept and the value is not', (_, error, kept) => {
  const message = redactedMessage(error)
  expect(message).toContain(kept)
  expect(message).not.toContain('Wang')
})
