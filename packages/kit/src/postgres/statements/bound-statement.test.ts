import { raw } from '@mikro-orm/core'
import { boundStatement } from './bound-statement.js'

const dialect = { quoteIdentifier: (id: string) => `"${id}"`, formatDate: (date: Date) => date.toISOString() }
const at = new Date('2026-03-01T00:00:00Z')
const bytes = Buffer.from('x')

test.each<[string, string, unknown[], string, unknown[]]>([
  ['nothing', 'select 1', [], 'select 1', []],
  ['a text', 'select ?', ["O'Neil ?"], 'select $1', ["O'Neil ?"]],
  ['a list', 'a in (?) and b = ?', [['x', 'y'], 1], 'a in ($1, $2) and b = $3', ['x', 'y', 1]],
  ['an empty list', 'a in (?)', [[]], 'a in ()', []],
  ['a point in time', '? < ?', [at, null], '$1 < $2', [at.toISOString(), null]],
  ['an object', '?::jsonb', [{ a: [1] }], '$1::jsonb', ['{"a":[1]}']],
  ['bytes', '?', [bytes], '$1', [bytes]],
  ['flags', '?', [true], '$1', [true]],
  ['an identifier', 'select ?? from ??', ['a', 't'], 'select "a" from "t"', []],
  ['a question mark', 'a \\? ? and b', ['k'], 'a ? $1 and b', ['k']],
  ['a piece of SQL', 'a = ? and b = ?', [raw('lower(?)', ['X']), 'y'], 'a = lower($1) and b = $2', ['X', 'y']],
  ['a piece among the members of a list', 'a in (?)', [[raw('f(?)', [1]), 2]], 'a in (f($1), $2)', [1, 2]],
])('%s is bound', (_, text, params, sql, values) => {
  expect(boundStatement(text, params, dialect)).toEqual({ sql, values })
})

test('more values than the protocol can count are refused', () => {
  const many = Array.from({ length: 65_536 }, (_, at) => at)
  expect(() => boundStatement('a in (?)', [many], dialect)).toThrow('PostgreSQL takes 65535')
})
