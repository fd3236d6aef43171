import { createHash } from 'node:crypto'
import { parse } from 'graphql'
import { defaultLimits } from '../limits/limits.js'
import { makeManifest, readManifest } from './manifest.js'

const sha = (text: string) => createHash('sha256').update(text).digest('hex')
const make = (...texts: string[]) =>
  makeManifest(
    texts.map((text, n) => ({ name: `${n}.graphql`, text })),
    defaultLimits,
  )

test('each operation becomes a document with the fragments it needs, from whichever file, and no others', () => {
  const manifest = make(
    'query A { customer(id: 1) { ...Name } } query B { customers { totalCount } }',
    'fragment Name on Customer { displayName ...Id } fragment Other on Customer { kind }',
    'fragment Id on Customer { id } # 客户 🙂',
  )
  expect(Object.keys(manifest)).toHaveLength(2)
  for (const [hash, text] of Object.entries(manifest)) expect(sha(text)).toBe(hash)
  const a = Object.values(manifest).find((text) => text.startsWith('query A'))!
  expect(parse(a).definitions.map((definition) => 'name' in definition && definition.name?.value)).toEqual([
    'A',
    'Id',
    'Name',
  ])
})

test('the order of files and fragments makes no difference, and what is made can be read', () => {
  const parts = [
    'query A { a { ...X ...Y } }',
    'fragment X on T { ...Z }',
    'fragment Z on T { z } fragment Y on T { ...Z }',
  ]
  expect(make(...parts)).toEqual(make(...parts.toReversed()))
  expect(readManifest(JSON.stringify(make(...parts)), defaultLimits)).toEqual(make(...parts))
})

test('fragments in a circle end', () => {
  expect(
    Object.keys(make('query A { a { ...X } } fragment X on T { x { ...Y } } fragment Y on T { y { ...X } }')),
  ).toHaveLength(1)
})

test.each<[string, string[], RegExp]>([
  ['a file that is no GraphQL', ['query A {'], /0\.graphql: Syntax Error/],
  ['an operation without a name', ['{ a }'], /0\.graphql: an operation without a name/],
  ['two operations of one name', ['query A { a }', 'query A { b }'], /1\.graphql: a second operation A/],
  [
    'two fragments of one name',
    ['query A { a } fragment F on T { a }', 'fragment F on T { b }'],
    /a second fragment F/,
  ],
  ['a fragment that is nowhere', ['query A { ...F }'], /A needs the fragment F/],
  ['an operation over a limit', [`query A ${'{ a '.repeat(13)}${'}'.repeat(13)}`], /13 levels deep; the limit is 12/],
  ['no operation', ['fragment F on T { a }'], /no operation/],
  ['nothing', [], /no operation/],
])('%s is told', (_, texts, message) => {
  expect(() => make(...texts)).toThrow(
    expect.objectContaining({ reason: 'documents.broken', message: expect.stringMatching(message) }),
  )
})

test.each<[string, string, RegExp]>([
  ['no JSON', '{', /not a JSON object/],
  ['a list', '[]', /not a JSON object/],
  ['a wrong hash', JSON.stringify({ [sha('{ a }')]: '{ b }' }), /not the SHA-256/],
  ['a hash in capitals', JSON.stringify({ [sha('{ a }').toUpperCase()]: '{ a }' }), /not the SHA-256/],
  ['no text', JSON.stringify({ abc: 1 }), /not a text/],
  ['a text that is no GraphQL', JSON.stringify({ [sha('{')]: '{' }), /cannot be parsed/],
])('a manifest with %s is refused', (_, text, message) => {
  expect(() => readManifest(text, defaultLimits)).toThrow(
    expect.objectContaining({ reason: 'documents.broken', message: expect.stringMatching(message) }),
  )
})
