import { randomUUID } from 'node:crypto'
import { taskCompleted } from '@clientele/contracts'
import { startForTest, type TestActor } from '@clientele/testkit'
import { knownStaff } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { interactions } from '../service.js'

const svc = await startForTest(interactions, { now: () => new Date('2026-03-10T08:00:00.000Z') })
await knownStaff(svc, ['ann', 'ben'])
const { run, create } = createTasks(svc, { assigneeId: 'ann' })
const inputs = { assignTasks: 'AssignTasksInput', snoozeTasks: 'SnoozeTasksInput', completeTasks: 'CompleteTasksInput' }
const together = async (verb: keyof typeof inputs, input: object, actor: string | TestActor = 'admin') => {
  const document = `mutation ($input: ${inputs[verb]}!) { ${verb}(input: $input) {
    rejected outcomes { id task { id status assigneeId remindAt result { outcome note } } code reason message } } }`
  return (await svc.as(actor).mutate(document, { input }))[verb]
}
const fine = { code: null, reason: null, message: null }

test('each task is changed by itself: one that is refused stops no other', async () => {
  const [one, over, other] = [await create(), await create(), await create()]
  await run('cancelTask', { id: over.id })
  const nobody = randomUUID()
  const ids = [one.id, over.id, nobody, 'x', other.id, one.id]
  const until = '2026-03-11T08:00:00.000Z'
  const refused = (id: string, code: string, reason: string) => ({
    id,
    task: null,
    code,
    reason,
    message: expect.any(String),
  })
  const unknown = [refused(nobody, 'NOT_FOUND', 'task.unknown'), refused('x', 'NOT_FOUND', 'task.unknown')]
  const ended = refused(over.id, 'CONFLICT', 'task.ended')
  const done = (id: string, task: object) => ({ id, task: { id, ...task }, ...fine })
  expect(await together('assignTasks', { ids, assigneeId: 'ben' })).toMatchObject({
    rejected: 3,
    outcomes: [done(one.id, { assigneeId: 'ben' }), ended, ...unknown, done(other.id, { assigneeId: 'ben' })],
  })
  expect(await together('snoozeTasks', { ids, until })).toMatchObject({
    outcomes: [done(one.id, { remindAt: until }), ended, ...unknown, done(other.id, { remindAt: until })],
  })
  const result = { outcome: 'customer.reached', note: '好 👍' }
  const illegal = { ...ended, reason: 'task.illegal_transition' }
  const completed = { status: 'COMPLETED', result }
  expect(await together('completeTasks', { ids, ...result })).toMatchObject({
    outcomes: [done(one.id, completed), illegal, ...unknown, done(other.id, completed)],
  })
  await svc.relay()
  const published = (await svc.published(taskCompleted)).filter(({ id }) => ids.includes(id))
  expect(new Set(published.map(({ id }) => id))).toEqual(new Set([one.id, other.id]))
  expect(published).toHaveLength(2)
})

test('what is wrong for all is refused before any is changed, and so is whoever may not', async () => {
  const ids = [(await create()).id, (await create()).id]
  const wrong = [
    ['assignTasks', {}, 'assigneeId', 'task.no_assignee'],
    ['snoozeTasks', { until: '2026-03-10T08:00:00Z' }, 'until', 'time.past'],
    ['completeTasks', { outcome: 'went well' }, 'outcome', 'code.malformed'],
  ] as const
  for (const [verb, input, path, reason] of wrong) {
    const fields = [{ path: `input.${path}`, reason }]
    await expect(together(verb, { ids, ...input })).rejects.toMatchObject({ code: 'INVALID', fields })
  }
  const stranger = await together('completeTasks', { ids }, { roles: ['service'], subject: 'stranger' })
  expect(stranger.outcomes).toMatchObject([{ code: 'FORBIDDEN' }, { code: 'FORBIDDEN' }])
  await expect(together('completeTasks', { ids }, 'analyst')).rejects.toMatchObject({
    ...{ code: 'FORBIDDEN', reason: 'role' },
  })
})

test('100 are done at once, and neither none nor more', async () => {
  const ids: string[] = []
  while (ids.length < 100) ids.push((await create()).id)
  expect(await together('completeTasks', { ids })).toMatchObject({ rejected: 0 })
  for (const wrong of [[], [...ids, randomUUID()]]) {
    await expect(together('completeTasks', { ids: wrong })).rejects.toMatchObject({ fields: [{ path: 'input.ids' }] })
  }
})
