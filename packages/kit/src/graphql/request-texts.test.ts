import { normalizeLine, normalizeText } from '@clientele/contracts'
import { parse, print } from 'graphql'
import { Invalid } from '../errors/errors.js'
import { readTexts, readWrittenTexts } from './request-texts.js'

const thrown = (work: () => unknown): Invalid => {
  try {
    work()
  } catch (error) {
    if (error instanceof Invalid) return error
  }
  throw new Error('nothing was refused')
}

test.each([
  [{ input: { ownerId: 'a\ud800' } }, 'input.ownerId'],
  [{ filter: { or: [{}, {}, { name: { eq: '\0' } }] } }, 'filter.or.2.name.eq'],
  [{ ids: ['a', '\ufffe'] }, 'ids.1'],
  [{ custom: { deep: { 'key\udfff': 1 } } }, 'custom.deep'],
  [{ 'variable\0': 1 }, 'variables'],
])('%j is refused with its path', (variables, path) => {
  expect(thrown(() => readTexts(variables))).toMatchObject({ reason: 'text.malformed', fields: [{ path }] })
})

test.each([
  ['{ customers(filter: { or: [{}, { name: { eq: "a\u0001" } }] }) { id } }', 'filter.or.1.name.eq'],
  ['{ customer(id: """a\0""") { id } }', 'id'],
  ['{ customer(ids: ["a", "\\uFFFE"]) { id } }', 'ids.1'],
  ['query ($f: F = { name: ["\\u{1FFFF}"] }) { a { b(filter: $f) } }', 'f.name.0'],
  ['{ a { b @include(if: "\\u0000") } }', 'if'],
])('%s is refused with its path', (query, path) => {
  expect(thrown(() => readWrittenTexts(parse(query)))).toMatchObject({ reason: 'text.malformed', fields: [{ path }] })
})

test('texts are normalised where they are, and what holds none of those that change stays itself', () => {
  const same = { list: [{ plain: 'a' }], number: 1, none: null }
  const given = { same, changed: ['b', { name: ' Mu\u0308ller\u3000 AG' }] }
  expect(readTexts(given, normalizeLine)).toEqual({ same, changed: ['b', { name: 'M\u00fcller AG' }] })
  expect(readTexts(given, normalizeText).same).toBe(same)
  expect(given.changed).toEqual(['b', { name: ' Mu\u0308ller\u3000 AG' }])
  expect(readTexts(same, normalizeLine)).toBe(same)
})

test('so are texts that a document writes out', () => {
  const document = readWrittenTexts(parse('{ a(b: { c: [" Mu\u0308ller  AG", "d"] }) }'), normalizeLine)
  expect(print(document)).toBe(print(parse('{ a(b: { c: ["M\u00fcller AG", "d"] }) }')))
})

test('what is nested too deep for anybody to read is refused', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
  expect(thrown(() => readTexts({ deep })).reason).toBe('variables.too_deep')
})
