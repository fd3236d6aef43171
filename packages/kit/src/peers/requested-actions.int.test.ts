import { randomUUID } from 'node:crypto'
import { type CloudEvent, event, natsSubject } from '@clientele/contracts'
import {
  Conflict,
  defineService,
  type RequestedAction,
  requestedActions,
  type Transaction,
  Unavailable,
} from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { noteCreated } from '@clientele/testkit/example/note.actions'
import { Note } from '@clientele/testkit/example/note.entity'
import { notePolicy } from '@clientele/testkit/example/note.policy'
import { jetstream } from '@nats-io/jetstream'
import { z } from 'zod'

const action = { id: z.uuid(), version: z.int(), kind: z.string() }
const anAction = { id: randomUUID(), version: 1, kind: 'NOTE' }
const requested = event('clientele.example.action.requested.v1', 'Something is to be done.', z.object(action), anAction)
const answered = event(
  'clientele.example.reply.answered.v1',
  'It was done, or not.',
  z.object({
    ...{
      id: z.uuid(),
      version: z.int(),
      outcome: z.enum(['DONE', 'REFUSED', 'FAILED']),
      reason: z.string().nullable(),
    },
    made: z.object({ type: z.string(), id: z.uuid() }).nullable(),
  }),
  { id: randomUUID(), version: 1, outcome: 'DONE', reason: null, made: null },
)
type Request = (typeof requested)['example']

/** What is answered to who asks what an action is to do, by its id; and the ids of each time that somebody asked. */
const known = new Map<string, () => RequestedAction<string>>()
const asked: string[][] = []

const doActions = requestedActions({
  ...{ name: 'example-do-actions', requested, answered, kinds: ['NOTE', 'NOTHING'] },
  read: async (tx: Transaction, requests: readonly Request[]) => {
    asked.push(requests.map(({ id }) => `${tx.actor.tenant} ${id}`))
    return requests.map(({ id }) => (known.get(`${tx.actor.tenant} ${id}`) ?? (() => ({ refused: 'unknown' })))())
  },
  perform: async (mine, { kind }: Request, title: string) => {
    mine.allow(notePolicy.write)
    if (kind !== 'NOTE') throw new Conflict('There is no such action.', { reason: 'automation.other_action' })
    const note = mine.em.create(Note, { subjectId: randomUUID(), kind: 'PLAIN', title, rank: 0 } as never)
    mine.emit(noteCreated, note, { subjectId: note.subjectId, kind: note.kind })
    return { type: 'note', id: note.id }
  },
  echo: () => ({}),
  about: ({ id }) => ({ type: 'Action', id }),
})
const svc = await startForTest(defineService({ ...example, consumers: [doActions] }), { backoff: [1, 1] })

const toDo =
  (title: string, roles = ['manager']) =>
  (): RequestedAction<string> => ({
    ...{
      action: title,
      behalf: { subject: '林 🦊', kind: 'automation', id: anAction.id },
      rights: { roles, territories: [''] },
    },
  })
const refused = (reason: string) => (): RequestedAction<string> => ({
  ...{ refused: reason, behalf: { subject: '林 🦊', kind: 'automation', id: anAction.id } },
})
/** Puts an event on the stream once more, as a stream does that was made anew. */
const again = (event: CloudEvent) =>
  jetstream(svc.nats).publish(natsSubject({ type: event.type, tenant: event.tenantid, part: 0 }), JSON.stringify(event))
/** Requests an action of which the answer says this. */
const request = (action?: () => RequestedAction<string>, fields: Partial<Request> = {}, tenant = 'acme') => {
  const data = { id: randomUUID(), version: 1, kind: 'NOTE', ...fields }
  if (action) known.set(`${tenant} ${data.id}`, action)
  return svc.deliver(requested, data, { tenant })
}
const answersTo = async (...ids: string[]) => {
  await svc.drain()
  await svc.relay()
  const all = await svc.published(answered)
  return ids.map((id) =>
    all.flatMap((one) => (one.id === id ? [`${one.outcome} ${one.reason} ${one.made?.type}`] : [])),
  )
}
const titles = async (tenant = 'acme') =>
  (await svc.as({ roles: ['manager'], tenant }).query('{ notes { nodes { title } } }')).notes.nodes
    .map(({ title }: { title: string }) => title)
    .sort()
const denied = async (id: string) => {
  const { rows } = await svc.database.system.query(
    `select action, reason, on_behalf_of as whom from audit_entry where outcome = 'DENIED' and entity_id = $1`,
    [id],
  )
  return rows
}

test('an action is done once, however often it is delivered, and its answer says what was made', async () => {
  const sent = await request(toDo('once 🌱'))
  await svc.drain()
  await again(sent)
  const { id, data } = sent
  expect(await answersTo(data.id)).toEqual([['DONE null note']])
  expect(await titles()).toEqual(['once 🌱'])
  const [{ event: told }] = (
    await svc.database.system.query(`select event from outbox where type = $1`, [noteCreated.type])
  ).rows
  expect(JSON.parse(told)).toMatchObject({ causationid: id })
})

test('what several actions are to do is asked for at once, and one that is refused or fails keeps none back', async () => {
  asked.length = 0
  const sent = [
    await request(toDo('a')),
    await request(toDo('b', ['analyst'])),
    await request(toDo('c'), { kind: 'NOTHING' }),
    await request(refused('automation.stopped')),
    await request(),
    await request(toDo('d'), { kind: 'OF_ANOTHER_SERVICE' }),
    await request(toDo('e', [])),
    await request(toDo('f')),
  ].map(({ data }) => data.id)
  expect(await answersTo(...sent)).toEqual([
    ...[['DONE null note'], ['REFUSED role undefined'], ['FAILED automation.other_action undefined']],
    ...[['REFUSED automation.stopped undefined'], ['REFUSED unknown undefined'], [], ['REFUSED role undefined']],
    ['DONE null note'],
  ])
  expect(asked).toEqual([sent.filter((_, at) => at !== 5).map((id) => `acme ${id}`)])
  expect(await titles()).toEqual(['a', 'f', 'once 🌱'])
  expect(await denied(sent[1]!)).toEqual([{ action: 'NOTE', reason: 'role', whom: '林 🦊' }])
  expect(await denied(sent[2]!)).toEqual([{ action: 'NOTHING', reason: 'automation.other_action', whom: '林 🦊' }])
  expect(await denied(sent[3]!)).toEqual([{ action: 'NOTE', reason: 'automation.stopped', whom: '林 🦊' }])
  expect(await denied(sent[4]!)).toEqual([{ action: 'NOTE', reason: 'unknown', whom: null }])
})

test('another tenant has nothing done by it, nor is told of it', async () => {
  const { data } = await request(toDo('ours'))
  await request(undefined, { id: data.id }, 'globex')
  expect(await answersTo(data.id)).toEqual([expect.arrayContaining(['DONE null note', 'REFUSED unknown undefined'])])
  expect(await titles('globex')).toEqual([])
  expect(await titles()).toContain('ours')
})

test('where whoever is asked is away, it is done later, also where others of the batch come first', async () => {
  let times = 0
  const away = () => {
    if (times++ < 2) throw new Unavailable('It is away.', { reason: 'database.busy' })
    return toDo('later')()
  }
  const [first, late] = [await request(toDo('first')), await request(away)].map(({ data }) => data.id)
  expect(await answersTo(first!, late!)).toEqual([['DONE null note'], ['DONE null note']])
  expect((await titles()).filter((title: string) => ['first', 'later'].includes(title))).toEqual(['first', 'later'])
})

test('a request that is none of its contract is done by nobody, and stops none behind it', async () => {
  const before = await titles()
  await svc.deliver(requested, { ...anAction, id: 'nonsense' } as never).catch(() => {})
  const { data } = await request(toDo('behind'))
  expect(await answersTo(data.id)).toEqual([['DONE null note']])
  expect(await titles()).toEqual([...before, 'behind'].sort())
})
