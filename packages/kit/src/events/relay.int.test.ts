import { randomUUID } from 'node:crypto'
import type { CloudEvent } from '@clientele/contracts'
import { createLog, run, streamName } from '@clientele/kit'
import { startForTest, until } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { noteChanged, noteCreated } from '@clientele/testkit/example/note.actions'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { headers } from '@nats-io/transport-node'
import pg from 'pg'
import { recoverParts } from './relay-recovery.js'

const CREATE = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { id } }'
const CHANGE = 'mutation ($input: ChangeNoteInput!) { changeNote(input: $input) { version } }'

const svc = await startForTest(example)
const jsm = await jetstreamManager(svc.nats)
const as = svc.as('manager')
const create = async () =>
  (await as.mutate(CREATE, { input: { subjectId: randomUUID(), kind: 'PLAIN', title: 'a' } })).createNote.id as string

const everyEvent = async () => {
  const { state } = await jsm.streams.info(streamName)
  const events: CloudEvent[] = []
  for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
    const message = await jsm.streams.getMessage(streamName, { seq })
    if (message) events.push(message.json<CloudEvent>())
  }
  return events
}

const everyEventOf = async (id: string) => {
  const { state } = await jsm.streams.info(streamName)
  const texts: string[] = []
  for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
    texts.push((await jsm.streams.getMessage(streamName, { seq }))?.string() ?? '')
  }
  return texts.filter((text) => text.includes(`note/${id}`))
}

test('nothing of a transaction that fails is published', async () => {
  const id = await create()
  await expect(as.mutate(CHANGE, { input: { id, title: 'b', expectedVersion: 7 } })).rejects.toMatchObject({
    code: 'CONFLICT',
  })
  await svc.relay()
  expect((await svc.published(noteChanged)).some((event) => event.id === id)).toBe(false)
})

test('two relays and many writers: every version once, in order per entity', async () => {
  const second = await run(example, {
    database: svc.urls,
    natsUrl: svc.natsUrl,
    verifier: svc.verifier,
    masterKeys: svc.masterKeys,
    peers: { subgraph: () => undefined, token: svc.issuer.serviceToken },
    log: createLog({ name: 'second', level: 'silent' }),
    migrate: false,
    background: true,
  })
  try {
    const ids = await Promise.all(Array.from({ length: 6 }, create))
    for (let round = 0; round < 5; round++) {
      const writers = Array.from({ length: 12 }, (_, i) => ({ id: ids[i % 6], title: `title ${round} ${i}` }))
      await Promise.all(writers.map((input) => as.mutate(CHANGE, { input })))
    }
    await svc.relay()
    const unpublished = async () =>
      (await svc.database.system.query('select count(*)::int as n from outbox where stream_seq is null')).rows[0]
        .n as number
    while ((await unpublished()) > 0) await svc.relay()
    const versions = Map.groupBy(await everyEvent(), ({ subject }) => subject)
    for (const id of ids) {
      const sequences = versions.get(`note/${id}`)?.map(({ sequence }) => Number(sequence))
      expect(sequences).toEqual(Array.from({ length: 11 }, (_, i) => i + 1))
    }
  } finally {
    await second.stop()
  }
})

test('what was published but not recorded is not published again, even when the stream does not remember its ids', async () => {
  const { config } = await jsm.streams.info(streamName)
  // A server that is told of a shorter window only later first waits out the old one.
  await jsm.streams.delete(streamName)
  await jsm.streams.add({ ...config, duplicate_window: 100_000_000 })
  const id = await create()
  await svc.relay()
  await forgetRecords()
  await untilIdsForgotten()
  await svc.relay()
  expect((await svc.published(noteCreated)).filter((event) => event.id === id)).toHaveLength(1)
})

test('a stream that was lost is filled again from the outbox, in order', async () => {
  const before = (await everyEvent()).map(({ id }) => id)
  await jsm.streams.delete(streamName)
  await create()
  await svc.relay().catch(() => {})
  await svc.relay()
  const after = await everyEvent()
  expect(after).toHaveLength(before.length + 1)
  expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(before))
  for (const [, events] of Map.groupBy(after, ({ subject }) => subject)) {
    const sequences = events.map(({ sequence }) => sequence)
    expect(sequences).toEqual(sequences.toSorted())
  }
})

test('a stream that somebody else made again is filled by a relay that has nothing new to publish', async () => {
  await svc.relay()
  const before = (await everyEvent()).map(({ id }) => id)
  const { config } = await jsm.streams.info(streamName)
  await jsm.streams.delete(streamName)
  await jsm.streams.add(config)
  await svc.relay()
  expect((await everyEvent()).map(({ id }) => id)).toEqual(expect.arrayContaining(before))
})

test('messages that no relay of ours has published do not keep one from taking over', async () => {
  const foreign = headers()
  foreign.set('Nats-Msg-Id', 'not one of ours')
  await jetstream(svc.nats).publish('clientele.evt.acme.example.note.created.v1.p00', 'x', { headers: foreign })
  await jetstream(svc.nats).publish('clientele.evt.acme.example.note.created.v1.p00', 'x')
  const id = await create()
  await svc.relay()
  await forgetRecords()
  while (
    !(await svc.relay().then(
      () => true,
      () => false,
    ))
  );
  const events = await everyEventOf(id)
  expect(events).toHaveLength(1)
})

test('recovery reads the stream in bounded pages, and goes on where it was when it is interrupted', async () => {
  await svc.relay()
  const service = `pages${Date.now()}`
  const js = jetstream(svc.nats)
  const subject = `clientele.evt.acme.${service}.note.created.v1.p00`
  const count = 2_500
  await Promise.all(Array.from({ length: count }, () => js.publish(subject, 'x', { msgID: randomUUID() })))
  const stream = await jsm.streams.info(streamName)
  const db = new pg.Client(svc.urls.systemUrl)
  await db.connect()
  try {
    const first = stream.state.last_seq - count
    await db.query('insert into relay_checkpoint values (99, $1, $2)', [stream.created, first])
    const pages: number[] = []
    let pagesLeft = 2
    const watched = {
      query: (sql: string, values: unknown[]) => {
        if (sql.startsWith('update outbox') && pagesLeft-- === 0) throw new Error('interrupted')
        if (sql.startsWith('update outbox')) pages.push((values[0] as string[]).length)
        return db.query(sql, values)
      },
    } as unknown as pg.Client
    const recover = () => recoverParts({ service, parts: [99], db: watched, jsm, stream })
    await expect(recover()).rejects.toThrow('interrupted')
    pagesLeft = 9
    await recover()
    expect(Math.max(...pages)).toBeLessThanOrEqual(1_000)
    expect(pages.reduce((sum, page) => sum + page)).toBe(count)
    const { rows } = await db.query('select stream_seq from relay_checkpoint where part = 99')
    expect(Number(rows[0].stream_seq)).toBe(stream.state.last_seq)
  } finally {
    await db.query('delete from relay_checkpoint where part = 99').catch(() => {})
    await db.end()
  }
})

/** Waits until the stream knows none of the ids any more that it knows now. */
const untilIdsForgotten = async () => {
  const subject = 'clientele.evt.acme.nobody.note.created.v1.p00'
  const publish = () => jetstream(svc.nats).publish(subject, '', { msgID: 'last' })
  await publish()
  await until(async () => !(await publish()).duplicate)
  await jsm.streams.purge(streamName, { filter: subject })
}

// As if the relay had died between the stream's acknowledgement and its own commit; the next holder must find out by itself.
const forgetRecords = async () => {
  await svc.database.system.query(
    `update lease set fence = fence + 1, expires_at = '-infinity' where name like 'relay %'`,
  )
  await svc.database.system.query('update outbox set stream_seq = null')
  await svc.database.system.query('update relay_checkpoint set stream_seq = 0')
}
