import { request } from 'node:http'
import { until } from '@clientele/testkit'
import { startAcceptance } from '../platform/platform.js'

const platform = await startAcceptance()
const authorization = `Bearer ${await platform.token('manager')}`
const headers = { authorization }
const count = async () => (await platform.ask('manager', '{ customers { totalCount } }')).customers.totalCount as number
const before = await count()

const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const nested = (depth: number) =>
  `{ customers { nodes ${'{ contactPeople '.repeat(depth)}{ name }${' }'.repeat(depth)} } }`

const cases: [string, unknown, string, string | RegExp][] = [
  ['an unknown field', { query: '{ customers { nothing } }' }, 'query.invalid', /nothing/],
  ['an unknown argument', { query: '{ customers(nothing: 1) { totalCount } }' }, 'query.invalid', /nothing/],
  [
    'a wrong enum in the query',
    { query: '{ customers(filter: { kind: { eq: ROBOT } }) { totalCount } }' },
    'value.not_one_of',
    /ROBOT.*ORGANIZATION/,
  ],
  ['a wrong enum in variables', { query: CREATE, variables: { input: { kind: 'ROBOT' } } }, '', /ROBOT/],
  ['a missing variable', { query: CREATE }, '', /input/],
  ['a wrong type', { query: '{ customer(id: true) { id } }' }, 'query.invalid', /true/],
  ['a syntax error', { query: '{ customers {' }, '', /Syntax/],
  ['depth 50', { query: nested(50) }, 'query.too_deep', /12/],
  ['a body that is no JSON', '{"query":', '', /JSON/i],
  ['an empty body', '', '', /./],
  ['a list of operations', [{ query: '{ __typename }' }], '', /./],
  ['no query', { variables: {} }, '', /./],
  [
    '31 aliases',
    { query: `{ ${Array.from({ length: 31 }, (_, i) => `a${i}: customers { totalCount }`).join(' ')} }` },
    'query.too_many_aliases',
    /30/,
  ],
  [
    'an e-mail that is none',
    {
      query: CREATE,
      variables: { input: { kind: 'PERSON', displayName: 'A', contactPoints: [{ kind: 'EMAIL', value: 'nope' }] } },
    },
    '',
    /./,
  ],
  [
    'a name that is too long',
    { query: CREATE, variables: { input: { kind: 'PERSON', displayName: 'x'.repeat(100_000) } } },
    '',
    /./,
  ],
  ['a null character', { query: CREATE, variables: { input: { kind: 'PERSON', displayName: 'a\u0000b' } } }, '', /./],
  ['an id that is none', { query: '{ customer(id: "42") { id } }' }, 'NOT_FOUND', /./],
]

test.each(cases)('%s', async (_, body, reason, message) => {
  const { body: answer } = await platform.post(body, headers)
  const [error] = answer.errors ?? []
  expect(error?.message).toMatch(message)
  expect(error?.extensions.code).toBe(reason === 'NOT_FOUND' ? 'NOT_FOUND' : 'INVALID')
  if (reason && reason !== 'NOT_FOUND') expect(error?.extensions.reason).toBe(reason)
  expect(JSON.stringify(answer)).not.toMatch(/node_modules|\.ts:|\.js:|select |insert into/)
})

test('all faults of one input are told together, each with its path', async () => {
  const { body } = await platform.post(
    {
      query: CREATE,
      variables: {
        input: {
          kind: 'PERSON',
          number: 'has blanks in it',
          displayName: ' ',
          contactPoints: [
            { kind: 'PHONE', value: '+8613800138000' },
            { kind: 'EMAIL', value: 'nope' },
          ],
        },
      },
    },
    headers,
  )
  const paths = body.errors?.[0]?.extensions.fields?.map((field: { path: string }) => field.path)
  expect(paths).toEqual(expect.arrayContaining(['input.number', 'input.contactPoints.1.value']))
})

test.each([
  [
    'planVisit(input: { customerId: "x", mode: PHONE, purpose: "p", plannedStart: "tomorrow 9", plannedEnd: "2026-11-10T10:00:00Z" })',
    'plannedStart',
    'scalar.DateTime',
  ],
  ['createCustomer(input: { kind: ROBOT })', 'kind', 'value.not_one_of'],
  ['createCustomer(input: { kind: PERSON, addresses: [{}, { lines: [1] }] })', 'addresses.1.lines.0', 'value.invalid'],
])('what is written in a document is told with its path: %s', async (field, path, reason) => {
  const { body } = await platform.post({ query: `mutation { ${field} { id } }` }, headers)
  const issues = body.errors?.flatMap(({ extensions }) => extensions.fields ?? [])
  expect(issues).toContainEqual({ path: `input.${path}`, reason, message: expect.any(String) })
})

test('a body of 10 MB is refused before it has arrived', async () => {
  const { status, text, sent } = await upload(10 * 1024 * 1024)
  expect(status).toBe(413)
  expect(JSON.parse(text).errors[0].extensions).toMatchObject({ code: 'INVALID', reason: 'body.too_large' })
  expect(sent).toBeLessThanOrEqual(10 * 1024 * 1024)
})

test('nothing of all that was stored, and the platform still answers', async () => {
  expect(await count()).toBe(before)
})

test('while NATS is away changes are accepted and readiness tells; afterwards they are published', async () => {
  const profiles = platform.service('profiles')
  const ready = async () => {
    const response = await fetch(`${platform.url}/readyz`)
    return { status: response.status, checks: ((await response.json()) as { checks: Record<string, string> }).checks }
  }
  const unpublished = async () =>
    (await profiles.database.system.query('select count(*)::int as n from outbox where stream_seq is null')).rows[0].n
  expect((await ready()).status).toBe(200)
  await platform.nats.stop()
  const created = await platform.ask('manager', CREATE, { input: { kind: 'PERSON', displayName: '等待中' } })
  const { checks } = await until(async () => {
    const told = await ready()
    return told.status === 503 && told
  })
  expect(checks).toMatchObject({ 'profiles.nats': 'NATS does not answer.', 'profiles.database': 'ok' })
  expect(await unpublished()).toBeGreaterThan(0)
  await platform.nats.startAgain()
  await until(async () => (await unpublished()) === 0)
  await until(async () => (await ready()).status === 200)
  expect(created.createCustomer.id).toBeTruthy()
})

const upload = (bytes: number) =>
  new Promise<{ status: number; text: string; sent: number }>((resolve, reject) => {
    const sending = request(`${platform.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
    })
    let sent = 0
    sending.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () => {
        sending.destroy()
        resolve({ status: response.statusCode ?? 0, text, sent })
      })
    })
    // The server may close while we still write.
    sending.on('error', (error) => (sent ? undefined : reject(error)))
    const chunk = Buffer.alloc(64 * 1024, ' ')
    const write = () => {
      while (sent < bytes) {
        sent += chunk.length
        if (!sending.write(chunk)) return void sending.once('drain', write)
      }
      sending.end()
    }
    write()
  })
