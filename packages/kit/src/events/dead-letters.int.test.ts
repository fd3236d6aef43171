import { randomUUID } from 'node:crypto'
import { listDeadLetters, replayDeadLetter } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example, failing } from '@clientele/testkit/example/example.service'
import { noteCreated } from '@clientele/testkit/example/note.actions'

const svc = await startForTest(example, { backoff: [0, 0] })
const consumers = example.consumers ?? []
const aNote = (subjectId: string) => ({ id: randomUUID(), version: 1, subjectId, kind: 'PLAIN' })

const countOf = async (subjectId: string) => {
  const em = svc.database.fork({ subject: 't', roles: [], tenant: 'acme', territories: [], kind: 'person' }, new Date())
  const rows = await em.execute<{ notes: number }[]>('select notes from note_count where subject_id = ?', [subjectId])
  return rows[0]?.notes ?? 0
}

test('an event that keeps failing is put aside with its reason, is handed over once more on request, and then counts once', async () => {
  const hopeless = randomUUID()
  failing.add(hopeless)
  await svc.deliver(noteCreated, aNote(hopeless))
  await svc.deliver(noteCreated, aNote(randomUUID()))
  const letters = async () => listDeadLetters(svc.database.system, { tenant: 'acme' })
  while (!(await letters()).length) await svc.drain()
  const [letter] = await letters()
  expect(letter).toMatchObject({
    consumer: 'example-count-notes',
    type: noteCreated.type,
    attempts: 3,
    code: 'INTERNAL',
    reason: 'TypeError',
    causes: [{ name: 'TypeError', message: 'secret detail' }],
  })
  expect(await countOf(hopeless)).toBe(0)

  await expect(replayDeadLetter(svc.inbox, consumers, letter!.id)).rejects.toThrow()
  expect(await letters()).toMatchObject([{ id: letter!.id, attempts: 4 }])

  failing.delete(hopeless)
  await replayDeadLetter(svc.inbox, consumers, letter!.id)
  expect(await countOf(hopeless)).toBe(1)
  expect(await letters()).toEqual([])
  await replayDeadLetter(svc.inbox, consumers, letter!.id)
  expect(await countOf(hopeless)).toBe(1)
})

test('an event delivered twice takes effect once', async () => {
  const subjectId = randomUUID()
  const { id, data } = await svc.deliver(noteCreated, aNote(subjectId))
  await svc.drain()
  await svc.deliver(noteCreated, { ...data, version: 1 }, { id })
  await svc.drain()
  expect(await countOf(subjectId)).toBe(1)
})

test('a dead letter that does not exist is not found', async () => {
  await expect(replayDeadLetter(svc.inbox, consumers, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
