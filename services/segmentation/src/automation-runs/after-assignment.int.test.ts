import {
  automationActionRequested,
  complaintReceived,
  customerCreated,
  interactionsAutomationActionAnswered,
  profilesAutomationActionAnswered,
  staffRecorded,
} from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { aDefinition, aMember, aTask, CREATE, goOff, START } from '../../fixture/automations.js'
import { aComplaint, aCustomer } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

const clock = { now: new Date() }
const svc = await startForTest(segmentation, { backoff: [1], now: () => clock.now })
const now = new Date('2026-03-01T00:00:00Z')
const mia = svc.as({ roles: ['manager'], subject: 'mia', territories: [''] })
for (const sub of ['mia', 'leo']) await svc.deliver(staffRecorded, aMember(sub))

const notice = (to: object) => ({ notify: { text: '请注意 ⚠️', to } })
/** Has an automation with these actions set off; answers with a look at what it has requested so far, in that order. */
const setOff = async (actions: object[], { stored = actions } = {}) => {
  const { data: customer } = await svc.deliver(customerCreated, aCustomer({ territory: 'emea/de' }))
  await goOff(svc)
  const input = { name: `交接 ${actions.length} ${customer.id}`, definition: aDefinition({ actions }) }
  const { id } = (await mia.mutate(CREATE, { input })).createAutomation
  await svc.database
    .fork({ subject: 'mia', roles: [], tenant: 'acme', territories: [], kind: 'person' }, now)
    .execute('update automation set actions = ?::jsonb where id = ?', [JSON.stringify(stored), id])
  await mia.mutate(START, { input: { id } })
  await svc.deliver(complaintReceived, aComplaint(customer.id))
  await goOff(svc)
  return async () => {
    await svc.relay()
    return (await svc.published(automationActionRequested)).filter(
      ({ automationId, customerId }) => automationId === id && customerId === customer.id,
    )
  }
}
const kindsOf = (requests: { kind: string }[]) => requests.map(({ kind }) => kind)
type Request = (typeof automationActionRequested)['example']
const answer = async ({ id, automationId, customerId }: Request, fields: object = {}, { drain = true } = {}) => {
  const made = { type: 'customer', id: customerId, version: 7 }
  const told = { id, version: 1, automationId, customerId, outcome: 'DONE' as const, reason: null, made, ...fields }
  const { id: event } = await svc.deliver(profilesAutomationActionAnswered, told)
  if (drain) await svc.drain()
  return { told, event }
}

test('what is for the owner is requested once the assignment beside it is done, and says which version of the customer that made', async () => {
  const named = notice({ assigneeId: 'leo' })
  const requested = await setOff([
    notice({ owner: true }),
    { createTask: aTask() },
    named,
    { assign: { ownerId: 'leo' } },
  ])
  const first = await requested()
  expect(kindsOf(first)).toEqual(['NOTIFY', 'ASSIGN'])
  expect(first.map(({ position, customerVersion }) => [position, customerVersion])).toEqual([
    [2, undefined],
    [3, undefined],
  ])
  const { told, event } = await answer(first[1]!)
  await svc.deliver(profilesAutomationActionAnswered, told, { id: event })
  await answer(first[1]!)
  const later = (await requested()).slice(2)
  expect(later.map(({ position, kind, customerVersion }) => [position, kind, customerVersion])).toEqual(
    expect.arrayContaining([
      [0, 'NOTIFY', 7],
      [1, 'CREATE_TASK', 7],
    ]),
  )
  expect(later).toHaveLength(2)
  expect(new Set([...first, ...later].map(({ turn, automationVersion }) => `${turn} ${automationVersion}`)).size).toBe(
    1,
  )
})

test('where the assignment comes to nothing, the rest goes on for whoever is the owner', async () => {
  const requested = await setOff([notice({ owner: true }), { assign: { ownerId: 'leo' } }])
  const [assign] = await requested()
  await answer(assign!, { outcome: 'FAILED', reason: 'staff.left', made: null })
  const [, late, ...others] = await requested()
  expect(late).toMatchObject({ kind: 'NOTIFY', position: 0 })
  expect(late!.customerVersion).toBeUndefined()
  expect(others).toEqual([])
})

test.each([
  ['one after the other', false],
  ['at once', true],
])(
  'of two assignments, saved when that could be, the last answer is waited for, %s, and the latest version counts',
  async (_, atOnce) => {
    const given = [{ assign: { ownerId: 'leo' } }, notice({ owner: true }), { assign: { ownerId: 'mia' } }]
    const requested = await setOff(given.slice(0, 2), { stored: given })
    const [one, two] = await requested()
    await answer(one!, {}, { drain: !atOnce })
    if (!atOnce) expect(kindsOf(await requested())).toEqual(['ASSIGN', 'ASSIGN'])
    await answer(two!, { outcome: 'FAILED', reason: 'staff.left', made: null })
    expect((await requested())[2]).toMatchObject({ kind: 'NOTIFY', customerVersion: 7 })
  },
)

test('without an assignment nothing waits, and an answer to something else sets nothing off', async () => {
  const requested = await setOff([notice({ owner: true }), { createTask: aTask() }])
  const both = await requested()
  expect(kindsOf(both)).toEqual(['NOTIFY', 'CREATE_TASK'])
  const { id, automationId, customerId } = both[0]!
  const told = { id, version: 1, automationId, customerId, outcome: 'DONE' as const, reason: null, made: null }
  await svc.deliver(interactionsAutomationActionAnswered, told)
  await svc.drain()
  expect(await requested()).toHaveLength(2)
})

// The last one: it lets time pass.
test('an assignment that nobody answers is waited for an hour, and answered later it sets nothing off again', async () => {
  const requested = await setOff([notice({ owner: true }), { assign: { ownerId: 'leo' } }])
  const [assign] = await requested()
  const pass = (minutes: number) => {
    clock.now = new Date(clock.now.getTime() + minutes * 60_000)
    return goOff(svc)
  }
  await pass(59)
  expect(kindsOf(await requested())).toEqual(['ASSIGN'])
  await pass(2)
  expect(kindsOf(await requested())).toEqual(['ASSIGN', 'NOTIFY'])
  await answer(assign!)
  await pass(120)
  expect(kindsOf(await requested())).toEqual(['ASSIGN', 'NOTIFY'])
})
