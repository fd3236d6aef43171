import { randomUUID } from 'node:crypto'
import type { CloudEvent } from '@clientele/contracts'
import { createLog, run, streamName } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { noteChanged, noteCreated } from '@clientele/testkit/example/note.actions'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { headers } from '@nats-io/transport-node'

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
    await Promise.all(
      Array.from({ length: 60 }, (_, i) => as.mutate(CHANGE, { input: { id: ids[i % 6], title: `title ${i}` } })),
    )
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
  await jsm.streams.update(streamName, { ...config, duplicate_window: 100_000_000 })
  const id = await create()
  await svc.relay()
  await forgetRecords()
  await new Promise((resume) => setTimeout(resume, 250))
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

// As if the relay had died between the stream's acknowledgement and its own commit; a new session must find out by itself.
const forgetRecords = async () => {
  await svc.database.system.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
       and classid = hashtext('clientele-relay')::bigint & 4294967295
       and database = (select oid from pg_database where datname = current_database())`,
  )
  await svc.database.system.query('update outbox set stream_seq = null')
  await svc.database.system.query('update relay_checkpoint set stream_seq = 0')
}
