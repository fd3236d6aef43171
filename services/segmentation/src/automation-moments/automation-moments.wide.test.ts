import { randomUUID } from 'node:crypto'
import {
  automationActionRequested,
  customerCreated,
  customerUpdated,
  type SharedSettings,
  staffChanged,
  staffLeft,
  staffRecorded,
  tenantSettingsChanged,
} from '@clientele/contracts'
import { createLog, run } from '@clientele/kit'
import { outcome, startForTest, type TestActor } from '@clientele/testkit'
import { aMember, aSchedule, CREATE, DRY_RUN, READ, REMOVE, START, STOP, UPDATE } from '../../fixture/automations.js'
import { aCustomer } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

// Two days before the clocks of Berlin go forward.
let now = new Date('2026-03-27T12:00:00.000Z')
const svc = await startForTest(segmentation, { now: () => now })
const goTo = (moment: string) => {
  now = new Date(moment)
}
const timers = () => svc.jobs.find(({ name }) => name === 'segmentation-timers')!
/** Lets everything go off that is due, with a second in between: so long do moments pause. */
const goOff = async () => {
  await svc.drain()
  for (let idle = 0; idle < 2; idle++) {
    while (await timers().run()) idle = 0
    now = new Date(+now + 1_000)
  }
}

/** A tenant in Berlin, with its customers and whoever writes automations there. */
const aTenant = async ({ territories = ['*'], timeZone = 'Europe/Berlin' } = {}) => {
  const tenant = `t${randomUUID()}`
  const settings = { ...tenantSettingsChanged.example, id: randomUUID() } as SharedSettings
  const as = (fields: object = {}) =>
    svc.as({ roles: ['manager'], subject: 'mia', territories: [''], tenant, ...fields } as TestActor)
  const settle = async (version: number, zone: string) => {
    await svc.deliver(tenantSettingsChanged, { ...settings, version, timeZone: zone } as never, { tenant })
    await svc.drain()
  }
  await svc.deliver(staffRecorded, aMember('mia', { territories }), { tenant })
  await settle(1, timeZone)
  const customer = async (fields: object = {}) => {
    const data = aCustomer({ ownerId: null, territory: 'emea/de', tags: ['vip'], ...fields })
    await svc.deliver(customerCreated, data, { tenant })
    return data
  }
  const change = async (document: string, input: object) =>
    Object.values(await as().mutate(document, { input }))[0] as any
  const running = async (definition: object = aSchedule()) => {
    const { id } = await change(CREATE, { name: '每日 🕘', definition })
    await change(START, { id })
    return id as string
  }
  const read = async (id: string) => (await as().query(READ, { id })).automation
  const asked = async (automationId: string) => {
    await svc.relay()
    return (await svc.published(automationActionRequested)).filter((one) => one.automationId === automationId)
  }
  const moments = async (id: string) =>
    (await read(id)).moments.map(({ at, customers, reason }: any) => `${at} ${customers} ${reason}`)
  return { tenant, as, settle, customer, change, running, read, asked, moments }
}

test('at its moment it takes those for whom its condition holds, once within its days, on behalf of its author', async () => {
  const { tenant, customer, running, read, asked } = await aTenant()
  const [one, two] = [await customer(), await customer()]
  await customer({ tags: [] })
  const id = await running()
  expect(await read(id)).toMatchObject({ nextAt: '2026-03-28T08:00:00.000Z', moments: [] })
  await goOff()
  expect(await asked(id)).toEqual([])
  goTo('2026-03-28T08:00:00.000Z')
  await goOff()
  // The clocks have gone forward: nine o'clock is an hour earlier.
  goTo('2026-03-29T07:00:00.000Z')
  await customer({ id: '00000000-0000-7000-8000-000000000001' })
  await goOff()
  const found = await read(id)
  expect(found.moments).toMatchObject([
    { at: '2026-03-29T07:00:00.000Z', customers: 1, reason: null },
    { at: '2026-03-28T08:00:00.000Z', customers: 2, reason: null, automationVersion: 1 },
  ])
  expect(found).toMatchObject({ fired: 3, nextAt: '2026-03-30T07:00:00.000Z' })
  expect(new Set((await asked(id)).map(({ customerId }) => customerId))).toEqual(
    new Set([one.id, two.id, '00000000-0000-7000-8000-000000000001']),
  )
  expect(found.runs.nodes[0]).toMatchObject({
    ...{ event: 'SCHEDULED', eventId: null, outcome: 'FIRED' },
    why: 'A moment of the schedule came. tags has vip',
  })
  const { rows } = await svc.database.system.query(
    `select distinct subject, on_behalf_of, on_behalf_id from audit_entry
     where tenant = $1 and action = 'automation_action.requested'`,
    [tenant],
  )
  expect(rows).toEqual([{ subject: 'service:segmentation', on_behalf_of: 'mia', on_behalf_id: id }])
  // Thirty days later, by the calendar, it is their turn again.
  goTo('2026-04-26T12:00:00.000Z')
  await goOff()
  expect((await read(id)).fired).toBe(3)
  goTo('2026-04-27T07:00:00.000Z')
  await goOff()
  expect((await read(id)).fired).toBe(5)
})

test('after a downtime of days it comes once, and with two replicas once', async () => {
  const { customer, running, asked, moments } = await aTenant()
  for (let n = 0; n < 30; n++) await customer()
  await svc.drain()
  goTo('2026-05-01T12:00:00.000Z')
  const id = await running(aSchedule({ onceInDays: 1 }))
  goTo('2026-05-06T11:00:00.000Z')
  const replica = await run(segmentation, {
    ...{ database: svc.urls, natsUrl: svc.natsUrl, verifier: svc.verifier, masterKeys: svc.masterKeys },
    peers: { subgraph: () => undefined, token: svc.issuer.serviceToken },
    ...{ log: createLog({ name: 'replica', level: 'silent' }), now: () => now, migrate: false, background: false },
  })
  try {
    const other = replica.jobs.find(({ name }) => name === 'segmentation-timers')!
    for (let n = 0; n < 6; n++) {
      await Promise.all([timers().run(), other.run()])
      now = new Date(+now + 1_000)
      await svc.database.system.query(
        `update lease set holder = gen_random_uuid(), fence = fence + 1, expires_at = '-infinity'`,
      )
    }
    await goOff()
  } finally {
    await replica.stop()
  }
  expect(await moments(id)).toEqual(['2026-05-06T07:00:00.000Z 30 null'])
  expect(await asked(id)).toHaveLength(30)
})

test('a moment takes as many as it may, the others follow at the next, and no page is taken twice', async () => {
  const { customer, running, asked, moments } = await aTenant({ timeZone: 'Asia/Shanghai' })
  for (let n = 0; n < 450; n++) await customer()
  await svc.drain()
  goTo('2026-06-01T12:00:00.000Z')
  const id = await running(aSchedule({ onceInDays: 1, mostCustomers: 420, weekdays: ['TUESDAY', 'MONDAY'] }))
  goTo('2026-06-02T01:00:00.000Z')
  await goOff()
  goTo('2026-06-08T01:00:00.000Z')
  await goOff()
  expect(await moments(id)).toEqual([
    '2026-06-08T01:00:00.000Z 30 null',
    '2026-06-02T01:00:00.000Z 420 automation.most_customers',
  ])
  const whom = (await asked(id)).map(({ customerId }) => customerId)
  expect([whom.length, new Set(whom).size]).toEqual([450, 450])
})

test('only customers whom its author reaches at present are taken; who has left or lost the role takes none, and the log says so', async () => {
  const { tenant, customer, running, read, moments } = await aTenant({ territories: ['emea'] })
  await customer({ territory: 'emea/de' })
  await customer({ territory: 'apac' })
  goTo('2026-07-01T06:00:00.000Z')
  const id = await running(aSchedule({ onceInDays: 1 }))
  const told = async (type: typeof staffChanged, version: number, fields: object) => {
    await svc.deliver(type, { ...aMember('mia', { version, ...fields }), changedFields: ['roles'] }, { tenant })
    await goOff()
  }
  goTo('2026-07-01T07:00:00.000Z')
  await goOff()
  goTo('2026-07-02T07:00:00.000Z')
  await told(staffChanged, 2, { roles: ['sales'] })
  goTo('2026-07-03T07:00:00.000Z')
  await told(staffLeft as never, 3, { active: false })
  expect(await moments(id)).toEqual([
    '2026-07-03T07:00:00.000Z 0 staff.left',
    '2026-07-02T07:00:00.000Z 0 role',
    '2026-07-01T07:00:00.000Z 1 null',
  ])
  expect((await read(id)).runs.nodes.map(({ outcome }: any) => outcome)).toEqual(['FIRED'])
  const { rows } = await svc.database.system.query(
    `select reason, on_behalf_of from audit_entry where outcome = 'DENIED' and entity_id = $1 order by position`,
    [id],
  )
  expect(rows.map(({ reason, on_behalf_of }) => `${on_behalf_of} ${reason}`)).toEqual(['mia role', 'mia staff.left'])
})

test('stopped, it has no next moment; what has begun ends; a new time of day or time zone moves the next moment', async () => {
  const { customer, running, change, read, settle, moments } = await aTenant()
  for (let n = 0; n < 250; n++) await customer()
  await svc.drain()
  goTo('2026-08-01T12:00:00.000Z')
  const id = await running()
  await change(UPDATE, { id, definition: aSchedule({ at: '18:30', dayOfMonth: 31 }) })
  expect((await read(id)).nextAt).toBe('2026-08-31T16:30:00.000Z')
  await settle(2, 'Asia/Shanghai')
  expect((await read(id)).nextAt).toBe('2026-08-31T10:30:00.000Z')
  goTo('2026-08-31T10:30:00.000Z')
  // The first two hundred: what follows waits a second.
  for (let rounds = 0; rounds < 4; rounds++) await timers().run()
  await change(STOP, { id })
  expect((await read(id)).nextAt).toBeNull()
  await goOff()
  expect(await moments(id)).toEqual(['2026-08-31T10:30:00.000Z 200 automation.stopped'])
  await change(START, { id })
  expect((await read(id)).nextAt).toBe('2026-09-30T10:30:00.000Z')
  await change(UPDATE, { id, definition: aSchedule({}, { trigger: { event: 'CUSTOMER_UPDATED' } }) })
  expect((await read(id)).nextAt).toBeNull()
  await change(REMOVE, { id })
  goTo('2026-09-30T12:00:00.000Z')
  await goOff()
})

test('one whose condition cannot be evaluated says so, and stops no other', async () => {
  const { tenant, customer, running, moments } = await aTenant()
  await customer()
  goTo('2026-10-01T06:00:00.000Z')
  const [broken, sound] = [await running(), await running()]
  await svc.database
    .fork({ subject: 't', roles: [], tenant, territories: [], kind: 'person' }, now)
    .execute(`update automation set customer_condition = '{"formerField": {"eq": 1}}' where id = ?`, [broken])
  goTo('2026-10-01T07:00:00.000Z')
  await goOff()
  expect([await moments(broken), await moments(sound)]).toEqual([
    ['2026-10-01T07:00:00.000Z 0 automation.failed'],
    ['2026-10-01T07:00:00.000Z 1 null'],
  ])
})

test('a dry run says whom it would take now, without whom it has taken lately', async () => {
  const { tenant, as, customer, running, change } = await aTenant()
  const first = await customer()
  await customer({ territory: 'apac' })
  goTo('2026-10-02T06:00:00.000Z')
  const id = await running(aSchedule({ mostCustomers: 1 }))
  goTo('2026-10-02T07:00:00.000Z')
  await goOff()
  const dry = async (fields: object = {}, who = as()) =>
    (await who.query(DRY_RUN, { input: { definition: aSchedule(), ...fields } })).dryRunAutomation
  expect(await dry()).toMatchObject({ events: 2, matches: 2, customers: 2, isComplete: true })
  expect(await dry({ automationId: id })).toMatchObject({ events: 2, matches: 1, isComplete: true })
  expect(await dry({ definition: aSchedule({ mostCustomers: 1 }) })).toMatchObject({ matches: 1, isComplete: false })
  expect(await dry({}, as({ territories: ['emea'] }))).toMatchObject({
    matches: 1,
    sample: [{ eventId: null, event: 'SCHEDULED', customer: { id: first.id } }],
  })
  const refused = (fields: object) => outcome(dry(fields))
  expect(await refused({ automationId: randomUUID() })).toBe('INVALID automation.unknown')
  const other = (await aTenant()).as()
  expect(await outcome(dry({ automationId: id }, other))).toBe('INVALID automation.unknown')
  await svc.deliver(customerUpdated, { ...first, version: 2, tags: [], changedFields: ['tags'] }, { tenant })
  await svc.drain()
  expect(await dry()).toMatchObject({ events: 1, matches: 1 })
  await change(REMOVE, { id })
})

test.each([
  ['no schedule', { trigger: { event: 'SCHEDULED' } }, 'automation.schedule'],
  [
    'a schedule of an event',
    { trigger: { event: 'CUSTOMER_CREATED', schedule: { at: '09:00', onceInDays: 1 } } },
    'automation.schedule',
  ],
  ['everybody', { customerCondition: null }, 'automation.schedule_condition'],
  ['midnight at the end', { at: '24:00' }, 'automation.time'],
  ['a time in other digits', { at: '０９:００' }, 'automation.time'],
  ['no weekday', { weekdays: [] }, 'list.too_short'],
  ['a weekday and a day', { weekdays: ['MONDAY'], dayOfMonth: 1 }, 'automation.recurrence'],
  ['the 32nd', { dayOfMonth: 32 }, 'number.out_of_range'],
  ['no day', { onceInDays: 0 }, 'number.out_of_range'],
  ['too many at once', { mostCustomers: 10_001 }, 'number.out_of_range'],
  ['a condition on what happened', { eventCondition: { nps: { lte: 6 } } }, 'automation.event_field'],
])('%s is refused with its place', async (_, fields: object, reason) => {
  const { change } = await aTenant()
  const ofDefinition = ['trigger', 'customerCondition', 'eventCondition'].some((key) => key in fields)
  const definition = ofDefinition ? aSchedule({}, fields) : aSchedule(fields)
  expect(await outcome(change(CREATE, { name: 'n', definition }))).toBe(`INVALID ${reason}`)
})
