import { randomUUID } from 'node:crypto'
import { consume, createLog, defineService, listDeadLetters, run, streamName, Unavailable } from '@clientele/kit'
import { startForTest, until } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { noteChanged, noteCreated } from '@clientele/testkit/example/note.actions'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'

const seen: string[] = []
const refused = new Set<string>()
let away = false
let tries = 0
let refusals = 0

const record = consume('example-record', [noteCreated, noteChanged], async (_, { id, version }) => {
  if (away) tries++
  if (away) throw new Unavailable('The other service is away.')
  if (refused.has(`${id} ${version}`)) refusals++
  if (refused.has(`${id} ${version}`)) throw new Error('not yet')
  seen.push(`${id} ${version}`)
})
const service = defineService({ ...example, consumers: [record] })
const svc = await startForTest(service, { backoff: [100, 100, 100] })
const js = jetstream(svc.nats)
const jsm = await jetstreamManager(svc.nats)
const subject = (tenant = 'acme') => `clientele.evt.${tenant}.example.note.created.v1.p00`
const data = (id: string, version = 1) => ({ id, version, subjectId: id, kind: 'PLAIN' })
const letters = () => listDeadLetters(svc.database.system)
const untilSeen = async (...wanted: string[]) => {
  while (!wanted.every((each) => seen.includes(each))) await svc.drain()
}
const second = (consumer = record, backoff = [0, 0, 0]) =>
  run(defineService({ ...service, consumers: [consumer] }), {
    database: svc.urls,
    natsUrl: svc.natsUrl,
    verifier: svc.verifier,
    masterKeys: svc.masterKeys,
    peers: { subgraph: () => undefined, token: svc.issuer.serviceToken },
    log: createLog({ name: 'second', level: 'silent' }),
    migrate: false,
    background: false,
    backoff,
  })

test.each([
  ['no JSON', 'hello'],
  ['an empty text', ''],
  ['null', 'null'],
  ['JSON without an id', '{"type":"clientele.example.note.created.v1"}'],
  ['an id that is none', '{"id":5,"type":["x"]}'],
  ['a character that PostgreSQL cannot store', `{"a":"\\u0000"}\u0000`],
])('%s becomes one dead letter, and what follows is handled', async (_, text) => {
  const id = randomUUID()
  await svc.deliver(noteCreated, data(randomUUID()))
  await js.publish(subject(), text)
  await svc.deliver(noteCreated, data(id))
  await svc.drain()
  expect(seen).toContain(`${id} 1`)
  const found = (await letters()).filter(({ event }) => event === text.replaceAll('\0', '\ufffd'))
  expect(found).toMatchObject([{ tenant: 'acme', consumer: 'example-record', attempts: 1 }])
  expect((await jsm.consumers.info(streamName, record.name)).num_ack_pending).toBe(0)
})

test("an event that names another tenant than its subject is nobody's: it becomes a dead letter", async () => {
  const id = randomUUID()
  const event = await svc.deliver(noteCreated, data(id))
  await svc.drain()
  await js.publish(subject('globex'), JSON.stringify({ ...event, id: '0198c5a0-7a4e-7cc3-9a3c-5f6a1b2c3d4e' }))
  await svc.drain()
  expect(seen.filter((each) => each === `${id} 1`)).toHaveLength(1)
  expect((await letters()).filter(({ tenant }) => tenant === 'globex')).toHaveLength(1)
})

test('a service that is away costs no event: what needs it is tried until it is back', async () => {
  const id = randomUUID()
  away = true
  const before = (await letters()).length
  await svc.deliver(noteCreated, data(id))
  while (tries < 5) await svc.drain()
  expect(await letters()).toHaveLength(before)
  away = false
  await untilSeen(`${id} 1`)
})

test('headers that no event may carry do not become part of one', async () => {
  const input = { subjectId: randomUUID(), kind: 'PLAIN', title: 'a' }
  const bad = ['a b', 'x'.repeat(200), '', '你好']
  for (const value of bad) {
    const { errors } = await svc.subgraph.execute({
      query: 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { id } }',
      variables: { input },
      headers: {
        authorization: `Bearer ${await svc.issuer.token({ roles: ['manager'] })}`,
        'x-request-id': value,
        traceparent: value,
      },
    })
    expect(errors).toBeUndefined()
  }
  const before = (await letters()).length
  await svc.settle()
  expect(await letters()).toHaveLength(before)
})

test('a durable that an earlier version declared otherwise is brought up to date', async () => {
  await svc.drain()
  await jsm.consumers.update(streamName, record.name, { ack_wait: 30_000_000_000, max_ack_pending: 7 })
  const other = await second()
  try {
    const id = randomUUID()
    await svc.deliver(noteCreated, data(id))
    await other.consumptions[0]?.drain()
    expect(seen).toContain(`${id} 1`)
    const { config } = await jsm.consumers.info(streamName, record.name)
    expect(config).toMatchObject({ ack_wait: 60_000_000_000, max_ack_pending: 1_000 })
  } finally {
    await other.stop()
  }
})

test('later events of a key wait for an earlier one that is tried again, whichever batch they come in; others do not', async () => {
  const [slow, quick] = [randomUUID(), randomUUID()]
  refused.add(`${slow} 1`)
  const other = await second(record, Array(1_000).fill(100))
  await svc.deliver(noteCreated, data(slow))
  const drain = () => other.consumptions[0]!.drain()
  const drained = drain()
  await until(() => refusals)
  await svc.deliver(noteChanged, data(slow, 2))
  await svc.deliver(noteCreated, data(quick))
  await svc.deliver(noteChanged, data(slow, 3))
  await until(() => seen.includes(`${quick} 1`))
  expect(seen.filter((each) => each.startsWith(slow))).toEqual([])
  refused.clear()
  await drained
  while (!seen.includes(`${slow} 3`)) await drain()
  await other.stop()
  expect(seen.filter((each) => each.startsWith(slow))).toEqual([`${slow} 1`, `${slow} 2`, `${slow} 3`])
})

test('of two replicas one consumes at a time, and the other takes over when it stops', async () => {
  const handled = new Map<string, string>()
  const replica = (who: string) =>
    second(consume(record.name, [noteCreated, noteChanged], async (_, { id }) => void handled.set(id, who)))
  const [one, two] = [await replica('one'), await replica('two')]
  const handOver = async () => {
    const { id } = await svc.deliver(noteCreated, data(randomUUID())).then(({ data }) => data)
    while (!handled.has(id)) await new Promise(setImmediate)
    return handled.get(id)
  }
  try {
    one.consumptions[0]?.start()
    expect(await handOver()).toBe('one')
    two.consumptions[0]?.start()
    for (let time = 0; time < 10; time++) expect(await handOver()).toBe('one')
    await one.stop()
    expect(await handOver()).toBe('two')
  } finally {
    await one.stop()
    await two.stop()
  }
})

describe('while it runs', () => {
  test.each([
    ['its durable is deleted', () => jsm.consumers.delete(streamName, record.name)],
    ['the nats-server is killed and started again', () => svc.restartNats()],
    [
      'the stream is recreated',
      async () => {
        await jsm.streams.delete(streamName)
      },
    ],
  ])('%s: it goes on with the next event', async (_, destroy) => {
    const other = await second()
    try {
      const [before, after] = [randomUUID(), randomUUID()]
      other.consumptions[0]?.start()
      await svc.deliver(noteCreated, data(before))
      await until(() => seen.includes(`${before} 1`))
      await destroy()
      await svc.relay().catch(() => {})
      while (!(await svc.deliver(noteCreated, data(after)).catch(() => undefined)));
      const deliveredAt = performance.now()
      await until(() => seen.includes(`${after} 1`))
      // Long before the server would deliver again what nobody has acknowledged.
      expect(performance.now() - deliveredAt).toBeLessThan(30_000)
    } finally {
      await other.stop()
    }
  })
})
