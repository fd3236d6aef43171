import { gzipSync } from 'node:zlib'

/** A body as it is sent, and the headers it is sent with beside `content-type: application/json`. */
export interface SentBody {
  what: string
  body: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

export interface RefusedBody extends SentBody {
  status: 400 | 413 | 415
  reason: string
}

const typed = (type: string) => ({ headers: { 'content-type': type } })
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

/** Bodies that everything that reads GraphQL over HTTP refuses: a gateway and a service alike. `query` is a good one, a body of `mostBytes` is not too large. */
export const refusedBodies = (query: string, mostBytes: number): readonly RefusedBody[] => {
  const good = JSON.stringify({ query })
  const json = (fields: object) => JSON.stringify({ query, ...fields })
  const of =
    (status: RefusedBody['status'], reason: string) =>
    (what: string, body: SentBody['body'], more?: Pick<SentBody, 'headers'>): RefusedBody => ({
      what,
      status,
      reason,
      body,
      ...more,
    })
  const notJson = of(400, 'body.not_json')
  const notUtf8 = of(400, 'body.not_utf8')
  const notAnObject = of(400, 'body.not_an_object')
  const batch = of(400, 'body.batch')
  const repeated = of(400, 'body.repeated_key')
  const tooLarge = of(413, 'body.too_large')
  const contentType = of(415, 'body.content_type')
  const charset = of(415, 'body.charset')
  const encoding = of(415, 'body.encoding')
  const invalid = of(400, 'request.invalid')
  return [
    notJson('nothing', ''),
    notJson('half of it', good.slice(0, -1)),
    notJson('more than it', `${good} x`),
    notJson('two byte order marks', `\uFEFF\uFEFF${good}`),
    notUtf8('a byte that UTF-8 has not', latin1(json({ a: 'ÿ' }))),
    notUtf8('UTF-16', new Uint8Array(Buffer.from(`\uFEFF${good}`, 'utf16le'))),
    notAnObject('a text', '"query"'),
    notAnObject('null', 'null'),
    batch('a batch', `[${good},${good}]`),
    batch('an empty batch', '[]'),
    repeated('a query that comes twice', `${good.slice(0, -1)},"query":"{ a }"}`),
    repeated('a key that comes twice, written in two ways', `${good.slice(0, -1)},"qu\\u0065ry":"{ a }"}`),
    tooLarge('a byte too much', good.padEnd(mostBytes + 1)),
    tooLarge('far too much', json({ variables: { a: 'x'.repeat(10 * mostBytes) } })),
    contentType('a text', good, typed('text/plain')),
    contentType('a form', 'query=%7Ba%7D', typed('application/x-www-form-urlencoded')),
    contentType('two types', good, typed('application/json, application/json')),
    contentType('a type that is none', good, typed('nonsense')),
    charset('another charset', good, typed('application/json; charset=utf-16')),
    charset('another charset in quotes', good, typed('application/json; charset="gb18030"')),
    encoding('a compressed body', new Uint8Array(gzipSync(good)), { headers: { 'content-encoding': 'gzip' } }),
    invalid('no query', '{}'),
    invalid('an empty query', json({ query: '' })),
    invalid('a query that is no text', json({ query: 7 })),
    invalid('an operation name that is no text', json({ operationName: {} })),
    invalid('variables that are a list', json({ variables: [1] })),
    invalid('variables that are a text', json({ variables: 'a' })),
  ]
}

/** Bodies that are read as the query, in all the ways that the same may be sent. */
export const acceptedBodies = (query: string, mostBytes: number): readonly SentBody[] => {
  const good = JSON.stringify({ query })
  return [
    { what: 'a byte order mark', body: `\uFEFF${good}` },
    { what: 'as many bytes as there may be', body: good.padEnd(mostBytes) },
    { what: 'null for what may be left out', body: JSON.stringify({ query, variables: null, operationName: null }) },
    { what: 'a body that says that it is not encoded', body: good, headers: { 'content-encoding': 'identity' } },
    ...[
      'application/json;charset=utf-8',
      'application/json; charset=UTF-8',
      'application/json; charset="utf-8"',
      'Application/JSON; charset=utf8',
      'application/json; profile=a',
    ].map((type) => ({ what: type, body: good, ...typed(type) })),
  ]
}
