import { randomUUID } from 'node:crypto'
import { createLog, httpSubgraph, type JobContext, listDeadLetters, serve } from '@clientele/kit'
import { startForTest, until } from '@clientele/testkit'
import { example, failing } from '@clientele/testkit/example/example.service'
import { fault } from '@clientele/testkit/example/fault'
import { noteCreated } from '@clientele/testkit/example/note.actions'
import type { EntityManager } from '@mikro-orm/postgresql'
import { health } from '../http/health.js'

const planted = 'Wang-7K3'
const lines: string[] = []
const log = createLog({ name: 'test', level: 'warn', destination: { write: (line) => void lines.push(line) } })
interface Kind {
  code: string
  name: string
  cause(em: EntityManager): unknown
}
const kinds: Record<string, Kind> = {
  'wrong SQL': {
    code: 'INTERNAL',
    name: 'InvalidFieldNameException',
    cause: (em) => em.execute('select wrong from note'),
  },
  'a value of another type': {
    code: 'INTERNAL',
    name: 'DriverException',
    cause: (em) => em.execute('select * from note where id = ?', [planted]),
  },
  'a statement that takes too long': {
    code: 'UNAVAILABLE',
    name: 'DriverException',
    cause: async (em) => {
      await em.execute(`select set_config('statement_timeout', '5', true)`)
      await em.execute('select pg_sleep(10), ?::text', [planted])
    },
  },
  'a bug': { code: 'INTERNAL', name: 'TypeError', cause: () => (undefined as unknown as string[]).length },
  'JSON that is none': { code: 'INTERNAL', name: 'SyntaxError', cause: () => JSON.parse(`{"name":"${planted}"`) },
  'nobody behind a subject of NATS': {
    code: 'INTERNAL',
    name: 'RequestError',
    cause: () => svc.nats.request('nobody.answers', planted, { timeout: 5_000 }),
  },
  'a cause behind the error': {
    code: 'INTERNAL',
    name: 'RangeError',
    cause: () => {
      throw new Error('not done', { cause: new RangeError(`Invalid time zone specified: ${planted}`) })
    },
  },
}

const jobs = Object.keys(kinds).map((name) => ({
  name,
  everyMs: 60_000,
  run: async (ctx: JobContext) => {
    await ctx.forTenant('acme').transaction(async (tx) => fault.cause(tx.em))
    return 0
  },
}))
const svc = await startForTest({ ...example, jobs }, { log, backoff: [] })

const { cause: usual } = fault
afterAll(() => {
  fault.cause = usual
})

/** What a line says of an error and of its causes. */
const namesIn = (err: any): string[] => (err ? [err.type, ...namesIn(err.cause)] : [])
const linesOf = (fields: object) =>
  lines
    .map((line) => JSON.parse(line))
    .filter((line) => Object.entries(fields).every(([name, value]) => line[name] === value))
describe.each(Object.entries(kinds))('%s', (kind, { code, name, cause }) => {
  const headers = async () => ({ authorization: `Bearer ${await svc.issuer.token({ roles: ['manager'] })}` })
  beforeEach(() => {
    lines.length = 0
    fault.cause = cause
  })
  afterEach(() => {
    expect(lines.join()).not.toContain(planted)
  })
  const expectTold = (fields: object) => {
    const found = linesOf(fields)
    expect(found).toHaveLength(1)
    expect(namesIn(found[0].err)).toContain(name)
    expect(found[0].err.stack).toMatch(/^\s+at /)
  }

  const references = { query: 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Subject { explode } } }' }
  test.each([
    ['a resolver', { query: '{ explode }' }],
    ['a reference', { ...references, variables: { r: [{ __typename: 'Subject', id: randomUUID() }] } }],
  ])('in %s is found by the request id that the client was told', async (_, operation) => {
    const requestId = randomUUID()
    const { errors } = await svc.subgraph.execute({
      ...operation,
      headers: { ...(await headers()), 'x-request-id': requestId },
    })
    expect(errors).toMatchObject([{ extensions: code === 'INTERNAL' ? { code, requestId } : { code } }])
    expectTold({ requestId })
  })

  test('over HTTP is found likewise', async () => {
    const server = await serve({
      subgraph: svc.subgraph,
      health: health({ checks: {} }),
      host: '127.0.0.1',
      port: 0,
      log,
    })
    const remote = httpSubgraph({ name: 'example', url: server.url, log })
    const requestId = randomUUID()
    const { errors } = await remote.execute({
      query: '{ explode }',
      headers: { ...(await headers()), 'x-request-id': requestId },
    })
    await remote.close()
    await server.stop({ graceMs: 0 })
    expect(errors).toMatchObject([{ extensions: { code } }])
    expectTold({ requestId })
  })

  test('in a job is told by the name of the job', async () => {
    svc.jobs[Object.keys(kinds).indexOf(kind)]?.start()
    await until(() => linesOf({ job: kind }).length)
    expectTold({ job: kind })
  })

  test('in a consumer is found by the event, and kept with its dead letter', async () => {
    const subjectId = randomUUID()
    failing.add(subjectId)
    const event = await svc.deliver(noteCreated, { id: randomUUID(), version: 1, subjectId, kind: 'PLAIN' })
    await svc.drain()
    expectTold({ requestId: event.correlationid, event: event.id })
    const letters = await listDeadLetters(svc.database.system)
    const { causes } = letters.find(({ eventId }) => eventId === event.id)!
    expect(causes.map((each) => each.name)).toContain(name)
    expect(JSON.stringify(letters)).not.toContain(planted)
  })
})
