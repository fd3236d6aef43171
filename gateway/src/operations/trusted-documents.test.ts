import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answeredKnown } from '../../fixture/exchange.js'
import { type Fixture, startFixture } from '../../fixture/platform.js'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const one = 'query One($id: ID!) {\n  customer(id: $id) {\n    id\n  }\n}'
const create = 'mutation Create {\n  createCustomer(input: {displayName: "A", kind: PERSON}) {\n    id\n  }\n}'
const page = 'query Page($n: Int!) {\n  customers(first: $n) {\n    totalCount\n  }\n}'
const own = '{ customer(id: 1) { displayName } }'

let dir: string
let fixture: Fixture
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'clientele-documents-'))
  const trustedDocumentsFile = join(dir, 'trusted.json')
  await writeFile(
    trustedDocumentsFile,
    JSON.stringify(Object.fromEntries([one, create, page].map((text) => [hash(text), text]))),
  )
  const config = { trustedDocumentsFile, freeFormRoles: ['admin'], executor: 'compiled' as const }
  fixture = await startFixture({ config, logLevel: 'debug' })
})
afterAll(async () => {
  await fixture?.stop()
  await rm(dir, { recursive: true })
})

const as = async (role: string) => ({
  authorization: `Bearer ${await fixture.issuer.token({ claims: { realm_access: { roles: [role] } } })}`,
})
const variables = { id: '1' }
const persisted = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } })

describe.each(['manager', 'admin'])('a trusted document, for a %s', (role) => {
  test.each<[string, object]>([
    ['by its id', { documentId: `sha256:${hash(one)}`, variables }],
    ['by its hash alone', { documentId: hash(one), variables }],
    ['by the persistedQuery extension', { extensions: persisted(hash(one)), variables }],
    ['by extension and text', { query: one, extensions: persisted(hash(one)), variables }],
    ['by its text', { query: one, variables }],
    ['by its id, with the name of its operation', { documentId: hash(one), operationName: 'One', variables }],
  ])('%s', async (_, body) => {
    const reply = await fixture.post(body, await as(role))
    expect(reply).toMatchObject({ status: 200, data: { customer: { id: '1' } } })
    expect(reply.errors).toBeUndefined()
  })
})

test('a trusted document is known after its first time, whichever way it is named', async () => {
  await fixture.post({ documentId: hash(one), variables }, await as('manager'))
  const before = answeredKnown(fixture)
  const ways = [{ documentId: hash(one) }, { extensions: persisted(hash(one)) }, { query: one }]
  for (const way of ways) await fixture.post({ ...way, variables }, await as('manager'))
  expect(answeredKnown(fixture) - before).toBe(ways.length)
})

test.each<[string, number, string, string | undefined, object]>([
  ['a text of their own', 403, 'FORBIDDEN', 'document.not_trusted', { query: own }],
  [
    'his own text with its hash',
    403,
    'FORBIDDEN',
    'document.not_trusted',
    { query: own, extensions: persisted(hash(own)) },
  ],
  ['a trusted text with a blank more', 403, 'FORBIDDEN', 'document.not_trusted', { query: `${one} `, variables }],
  ['introspection', 403, 'FORBIDDEN', 'document.not_trusted', { query: '{ __schema { types { name } } }' }],
  ['an unknown id', 404, 'NOT_FOUND', 'document.unknown', { documentId: `sha256:${hash(own)}` }],
  ['an unknown hash', 404, 'NOT_FOUND', 'document.unknown', { extensions: persisted(hash(own)) }],
  ['an id in capitals', 404, 'NOT_FOUND', 'document.unknown', { documentId: `sha256:${hash(one).toUpperCase()}` }],
  ['an id by another method', 404, 'NOT_FOUND', 'document.unknown', { documentId: `md5:${hash(one)}` }],
  ['__proto__', 404, 'NOT_FOUND', 'document.unknown', { documentId: '__proto__' }],
  ['an empty id', 404, 'NOT_FOUND', 'document.unknown', { documentId: '' }],
  ['a list of ids', 400, 'INVALID', 'request.invalid', { documentId: [hash(one)] }],
  ['id and text', 400, 'INVALID', 'request.invalid', { documentId: hash(one), query: one }],
  [
    'a hash that is not the text’s',
    400,
    'INVALID',
    'request.invalid',
    { query: own, extensions: persisted(hash(one)) },
  ],
  ['no hash in the extension', 400, 'INVALID', 'request.invalid', { extensions: { persistedQuery: {} } }],
  ['nothing', 400, 'INVALID', 'request.invalid', { variables }],
  [
    'too large a page of a trusted document',
    400,
    'INVALID',
    'page.size',
    { documentId: hash(page), variables: { n: 101 } },
  ],
])('a manager who sends %s: HTTP %i', async (_, status, code, reason, body) => {
  const reply = await fixture.post(body, await as('manager'))
  expect(reply.status).toBe(status)
  expect(reply.errors).toEqual([{ message: expect.any(String), extensions: expect.objectContaining({ code, reason }) }])
  expect(reply.data).toBeUndefined()
})

test('without a token a trusted document is served as far as it is public, and no other', async () => {
  expect((await fixture.post({ documentId: hash(one), variables })).status).toBe(200)
  expect((await fixture.post({ query: own })).status).toBe(403)
})

test('an admin may send texts of their own, with or without their hash', async () => {
  for (const body of [{ query: own }, { query: own, extensions: persisted(hash(own)) }]) {
    expect(await fixture.post(body, await as('admin'))).toMatchObject({
      status: 200,
      data: { customer: { displayName: 'Customer 1' } },
    })
  }
})

describe('GET', () => {
  const get = async (parameters: Record<string, string>) => {
    const response = await fetch(`${fixture.gateway.url}/graphql?${new URLSearchParams(parameters)}`, {
      headers: { 'apollo-require-preflight': '1', ...(await as('manager')) },
    })
    return { status: response.status, ...((await response.json()) as object) }
  }

  test('by id and by extension', async () => {
    const rest = { variables: '{"id":"1"}' }
    const answer = { status: 200, data: { customer: { id: '1' } } }
    expect(await get({ documentId: `sha256:${hash(one)}`, ...rest })).toEqual(answer)
    expect(await get({ extensions: JSON.stringify(persisted(hash(one))), ...rest })).toEqual(answer)
  })

  test.each<[string, number, Record<string, string>]>([
    ['a mutation', 405, { documentId: hash(create) }],
    ['a text of their own', 403, { query: own }],
    ['an unknown id', 404, { documentId: hash(own) }],
  ])('%s: HTTP %i', async (_, status, parameters) => expect((await get(parameters)).status).toBe(status))
})

test('without a manifest there are no ids, and the gateway says so', async () => {
  const plain = await startFixture()
  try {
    const { status, errors } = await plain.post({ documentId: hash(one) })
    expect({ status, code: errors?.[0]?.extensions }).toEqual({
      status: 400,
      code: { code: 'INVALID', reason: 'persisted_query.not_supported' },
    })
  } finally {
    await plain.stop()
  }
})

test.each<[string, string | undefined]>([
  ['broken', '{"abc":"{ a }"}'],
  ['missing', undefined],
])('a gateway whose manifest is %s does not start', async (name, text) => {
  const trustedDocumentsFile = join(dir, `${name}.json`)
  if (text) await writeFile(trustedDocumentsFile, text)
  await expect(startFixture({ config: { trustedDocumentsFile } })).rejects.toMatchObject({ reason: 'documents.broken' })
})
