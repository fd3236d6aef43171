import { randomUUID } from 'node:crypto'
import {
  automationActionRequested,
  automationCreated,
  automationRemoved,
  automationStarted,
  automationStopped,
  automationUpdated,
  complaintReceived,
  customerCreated,
  customerTagged,
  customerUpdated,
  exchangeRatesChanged,
  interactionsAutomationActionAnswered,
  purchaseRecorded,
  staffChanged,
  staffLeft,
  staffRecorded,
  tenantSettingsChanged,
} from '@clientele/contracts'
import { outcome, startForTest, type TestActor } from '@clientele/testkit'
import { profilesFixture } from '@clientele/testkit/profiles'
import { v7 as uuidv7 } from 'uuid'
import {
  aDefinition,
  aMember,
  aTask,
  CREATE,
  DRY_RUN,
  goOff,
  READ,
  REMOVE,
  START,
  STOP,
  UPDATE,
} from '../../fixture/automations.js'
import { aComplaint, aCustomer, aPurchase } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

const svc = await startForTest(segmentation, { backoff: [1], beside: [profilesFixture] })
const actor = (fields: object = {}): TestActor =>
  ({ roles: ['manager'], subject: 'mia', territories: [''], ...fields }) as TestActor
const mia = svc.as(actor())
for (const sub of ['mia', 'leo']) await svc.deliver(staffRecorded, aMember(sub))
await svc.drain()

let counter = 0
const create = async (definition: object = aDefinition(), as = mia) =>
  (await as.mutate(CREATE, { input: { name: `回访 🔔 ${++counter}`, definition } })).createAutomation
const running = async (definition: object = aDefinition(), as = mia) => {
  const { id } = await create(definition, as)
  return (await as.mutate(START, { input: { id } })).startAutomation
}
const read = async (id: string, as = mia) => (await as.query(READ, { id })).automation
const change = async (document: string, input: object, as = mia) =>
  Object.values(await as.mutate(document, { input }))[0] as any
const aKnown = async (fields: object = {}, tenant = 'acme') => {
  const { data } = await svc.deliver(customerCreated, aCustomer({ ownerId: null, territory: 'emea/de', ...fields }), {
    tenant,
  })
  await goOff(svc)
  return data
}
const complain = async (customerId: string, fields: object = {}, tenant = 'acme') => {
  const event = await svc.deliver(complaintReceived, aComplaint(customerId, fields), { tenant })
  await goOff(svc)
  return event
}
const requested = async (automationId: string) => {
  await svc.relay()
  return (await svc.published(automationActionRequested)).filter((one) => one.automationId === automationId)
}
const clean = async () => {
  const { automations } = await mia.query('{ automations(first: 100) { nodes { id } } }')
  for (const { id } of automations.nodes) await change(REMOVE, { id })
}
beforeEach(clean)

test('it is written, started, changed, stopped, started again and removed, with its versions and events', async () => {
  const made = await create()
  expect(made).toMatchObject({
    status: 'DRAFT',
    currentVersion: 1,
    authorId: 'mia',
    startedAt: null,
    versions: [{ number: 1 }],
  })
  expect(made.actions).toMatchObject([
    { createTask: { title: '回电 📞 اتصل', priority: 'NORMAL', inWorkingHours: false } },
  ])
  const { id } = made
  await change(START, { id })
  expect(await outcome(mia.mutate(START, { input: { id } }))).toBe('CONFLICT automation.illegal_transition')
  const definition = aDefinition({ actions: [{ tag: ['投诉 😡'] }] })
  const ada = svc.as(actor({ roles: ['admin'], subject: 'ada' }))
  const changed = await change(UPDATE, { id, definition }, ada)
  expect(changed).toMatchObject({
    currentVersion: 2,
    authorId: 'ada',
    actions: [{ tag: ['投诉 😡'] }],
    status: 'ACTIVE',
  })
  expect(changed.versions.map(({ number, authorId }: any) => [number, authorId])).toEqual([
    [2, 'ada'],
    [1, 'mia'],
  ])
  expect((await change(UPDATE, { id, definition }, ada)).version).toBe(changed.version)
  expect(await change(UPDATE, { id, name: 'عملاء' })).toMatchObject({
    currentVersion: 2,
    authorId: 'ada',
    name: 'عملاء',
  })
  await change(STOP, { id })
  expect(await outcome(mia.mutate(STOP, { input: { id } }))).toBe('CONFLICT automation.illegal_transition')
  await change(START, { id })
  await change(REMOVE, { id })
  expect(await outcome(mia.query(READ, { id }))).toBe('NOT_FOUND automation.unknown')
  await svc.relay()
  const told = async (type: typeof automationCreated) =>
    (await svc.published(type)).filter((one) => one.id === id).length
  const types = [automationCreated, automationUpdated, automationStarted, automationStopped, automationRemoved]
  expect(await Promise.all(types.map((type) => told(type as never)))).toEqual([1, 2, 2, 1, 1])
})

test('it does something for what happens while it runs, once, on behalf of its author', async () => {
  const { id: customerId } = await aKnown()
  const automation = await running()
  const event = await complain(customerId)
  await svc.deliver(complaintReceived, event.data, { id: event.id })
  await svc.deliver(complaintReceived, { ...event.data, version: 2 }, { id: event.id })
  await goOff(svc)
  const { runs, fired } = await read(automation.id)
  expect(fired).toBe(1)
  expect(runs.nodes).toMatchObject([
    {
      ...{ outcome: 'FIRED', reason: null, automationVersion: 1, event: 'COMPLAINT_RECEIVED', eventId: event.id },
      ...{ why: 'A customer complained.', customer: { id: customerId } },
      actions: [{ position: 0, kind: 'CREATE_TASK', outcome: null }],
    },
  ])
  const [request, ...more] = await requested(automation.id)
  expect(more).toEqual([])
  expect(request).toMatchObject({ customerId, automationVersion: 1, position: 0, kind: 'CREATE_TASK', turn: 0 })
  const { rows } = await svc.database.system.query(
    `select subject, on_behalf_of, on_behalf_kind, on_behalf_id, causation_id from audit_entry where action = 'automation_action.requested' and entity_id = $1`,
    [request!.id],
  )
  expect(rows).toMatchObject([
    { subject: 'service:segmentation', on_behalf_of: 'mia', on_behalf_kind: 'automation', on_behalf_id: automation.id },
  ])
  const made = { type: 'task', id: randomUUID() }
  await svc.deliver(interactionsAutomationActionAnswered, {
    ...{ id: request!.id, version: 1, automationId: automation.id, customerId, outcome: 'DONE', reason: null, made },
  })
  await svc.drain()
  const [run] = (await read(automation.id)).runs.nodes
  expect(run.actions).toMatchObject([{ outcome: 'DONE', reason: null, madeType: 'task', madeId: made.id }])
})

test('conditions on the customer and on what happened decide, and it is told why in both languages', async () => {
  const [vip, other] = [await aKnown({ tags: ['vip'] }), await aKnown()]
  const automation = await running(
    aDefinition({
      customerCondition: { tag: { has: 'vip' } },
      eventCondition: { severity: { in: ['HIGH', 'CRITICAL'] } },
    }),
  )
  await complain(vip.id, { severity: 'LOW' })
  await complain(other.id, { severity: 'HIGH' })
  await complain(vip.id, { severity: 'HIGH' })
  const found = await read(automation.id)
  expect(found).toMatchObject({ fired: 1, conditionFalse: 2 })
  expect(found.runs.nodes).toMatchObject([{ customer: { id: vip.id } }])
  expect(found.runs.nodes[0].why).toBe(
    'A customer complained. severity of this complaint is one of (high, critical); tags has vip',
  )
  const headers = { authorization: `Bearer ${await svc.issuer.token(actor())}`, 'accept-language': 'zh' }
  const { data } = await svc.subgraph.execute({ query: READ, variables: { id: automation.id }, headers })
  expect(JSON.stringify(data)).toContain('收到投诉')
})

test('what happened before it was started, or while it was stopped, sets nothing off', async () => {
  const { id: customerId } = await aKnown()
  const { id } = await create()
  await complain(customerId)
  await change(START, { id })
  await svc.deliver(complaintReceived, aComplaint(customerId))
  await svc.drain()
  await change(STOP, { id })
  await goOff(svc)
  await complain(customerId)
  await change(START, { id })
  await goOff(svc)
  expect((await read(id)).runs.nodes).toEqual([])
  await complain(customerId)
  expect((await read(id)).runs.nodes).toHaveLength(1)
})

test('an author who has left, lost the role or cannot reach the customer has nothing done, and the log says so', async () => {
  const { id: customerId } = await aKnown()
  const leo = svc.as(actor({ subject: 'leo' }))
  const { id } = await running(aDefinition(), leo)
  const reasons = async () =>
    (await read(id)).runs.nodes.map(({ outcome, reason }: any) => `${outcome} ${reason}`).toReversed()
  await complain(customerId)
  await svc.deliver(staffChanged, {
    ...aMember('leo', { version: 2, territories: ['apac'] }),
    changedFields: ['territories'],
  })
  await complain(customerId)
  await svc.deliver(staffChanged, { ...aMember('leo', { version: 3, roles: ['sales'] }), changedFields: ['roles'] })
  await complain(customerId)
  await svc.deliver(staffLeft, aMember('leo', { version: 4, active: false }))
  await complain(customerId)
  expect(await reasons()).toEqual(['FIRED null', 'REFUSED access_scope', 'REFUSED role', 'REFUSED staff.left'])
  expect(await requested(id)).toHaveLength(1)
  const { rows } = await svc.database.system.query(
    `select reason, on_behalf_of from audit_entry where outcome = 'DENIED' and action = 'fireAutomation' and entity_id = $1 order by position`,
    [id],
  )
  expect(rows.map(({ reason, on_behalf_of }) => `${on_behalf_of} ${reason}`)).toEqual([
    'leo access_scope',
    'leo role',
    'leo staff.left',
  ])
})

test('an automation that its own action sets off does nothing more, and so does a long chain', async () => {
  const { id: customerId } = await aKnown()
  const tagging = aDefinition({ trigger: { event: 'CUSTOMER_TAGGED' }, actions: [{ tag: ['again'] }] })
  const all = [await running(tagging), await running(tagging), await running(tagging), await running(tagging)]
  const cause = uuidv7()
  await svc.deliver(customerTagged, tagged(customerId, 2), { id: cause })
  await goOff(svc)
  expect((await read(all[0].id)).runs.nodes).toMatchObject([{ outcome: 'FIRED' }])
  // What profiles publishes when it has done the action of the first.
  let [last, version] = [all[0], 2]
  for (const next of all.slice(1)) {
    const event = await askedBy(last.id)
    await consequence(customerId, ++version, event)
    last = next
  }
  const outcomes = async (id: string) => (await read(id)).runs.nodes.map(({ reason }: any) => reason).toReversed()
  expect(await outcomes(all[0].id)).toEqual([null, ...Array(3).fill('automation.own_consequence')])
  expect((await outcomes(all[3].id)).at(-1)).toBe('automation.long_chain')
})

const tagged = (customerId: string, version: number) => ({
  ...aCustomer({ id: customerId, version, ownerId: null, territory: 'emea/de', tags: [`t${version}`] }),
  tags: [`t${version}`],
  changed: [`t${version}`],
})
/** The latest event by which an automation asked for an action. */
const askedBy = async (automationId: string) => {
  const { rows } = await svc.database.system.query(
    `select a.event_id from automation_action a join automation_run r on r.tenant = a.tenant and r.id = a.run_id
     where r.automation_id = $1 order by r.created_at desc, a.event_id desc limit 1`,
    [automationId],
  )
  return rows[0].event_id as string
}
const consequence = async (customerId: string, version: number, causationId: string) => {
  await svc.deliver(customerTagged, tagged(customerId, version), { causationId })
  await goOff(svc)
}

test('it does something about one customer at most ten times a day', async () => {
  const { id: customerId } = await aKnown()
  const { id } = await running()
  for (let n = 0; n < 12; n++) await svc.deliver(complaintReceived, aComplaint(customerId))
  await goOff(svc)
  const { runs, fired } = await read(id)
  expect(fired).toBe(10)
  expect(runs.nodes.filter(({ reason }: any) => reason === 'automation.too_often')).toHaveLength(2)
})

test('one whose conditions cannot be evaluated stops no other', async () => {
  const { id: customerId } = await aKnown()
  const [broken, sound] = [await running(), await running()]
  await svc.database
    .fork({ subject: 't', roles: [], tenant: 'acme', territories: [], kind: 'person' }, new Date())
    .execute(`update automation set customer_condition = '{"formerField": {"eq": 1}}' where id = ?`, [broken.id])
  await complain(customerId)
  expect((await read(broken.id)).runs.nodes).toMatchObject([{ outcome: 'FAILED', reason: 'automation.failed' }])
  expect((await read(sound.id)).runs.nodes).toMatchObject([{ outcome: 'FIRED' }])
})

test('entering a segment, a changed field and a purchase set it off', async () => {
  const segment = await mia.mutate('mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }', {
    input: { key: 'enter', name: '入', kind: 'DYNAMIC', rule: { tag: { has: 'gold' } } },
  })
  const entering = await running(
    aDefinition({ trigger: { event: 'SEGMENT_ENTERED', segmentId: segment.createSegment.id } }),
  )
  const moving = await running(
    aDefinition({ trigger: { event: 'CUSTOMER_UPDATED', changedFields: ['territory', 'person'] } }),
  )
  const buying = await running(
    aDefinition({ trigger: { event: 'PURCHASE_RECORDED' }, eventCondition: { amount: { gte: '1000' } } }),
  )
  await svc.deliver(tenantSettingsChanged, { ...tenantSettingsChanged.example, currency: 'EUR' })
  const customer = await aKnown({ tags: ['gold'] })
  const update = (version: number, changedFields: string[]) =>
    svc.deliver(customerUpdated, { ...customer, version, changedFields })
  await update(2, ['displayName'])
  await update(3, ['person.occupation'])
  await svc.deliver(purchaseRecorded, aPurchase(customer.id, { total: { amount: '999.99', currency: 'EUR' } }))
  await svc.deliver(purchaseRecorded, aPurchase(customer.id, { total: { amount: '1000.00', currency: 'EUR' } }))
  await svc.settle()
  await goOff(svc)
  for (const { id } of [entering, moving, buying]) expect((await read(id)).fired).toBe(1)
})

test('the amount of a purchase is compared in the currency of the tenant', async () => {
  const tenant = `rates-${++counter}`
  const as = svc.as(actor({ tenant }))
  await svc.deliver(staffRecorded, aMember('mia'), { tenant })
  await svc.deliver(tenantSettingsChanged, { ...tenantSettingsChanged.example, currency: 'EUR' }, { tenant })
  const day = new Date().toISOString().slice(0, 10)
  const rates = [{ base: 'EUR', quote: 'JPY', day, rate: '160' }]
  await svc.deliver(exchangeRatesChanged, { id: randomUUID(), version: 1, rates }, { tenant })
  const definition = aDefinition({
    trigger: { event: 'PURCHASE_RECORDED' },
    eventCondition: { amount: { gte: '1000' } },
  })
  const { id } = await running(definition, as)
  const { id: customerId } = await aKnown({}, tenant)
  const buys = async (amount: string, currency: string) => {
    await svc.deliver(purchaseRecorded, aPurchase(customerId, { total: { amount, currency } }), { tenant })
    await goOff(svc)
    return (await read(id, as)).fired
  }
  expect(await buys('1200', 'JPY')).toBe(0)
  expect(await buys('159999', 'JPY')).toBe(0)
  expect(await buys('160000', 'JPY')).toBe(1)
  expect(await buys('999.9999', 'EUR')).toBe(1)
  expect(await buys('1000', 'EUR')).toBe(2)
  // Nobody knows what it is worth.
  expect(await buys('5000', 'CHF')).toBe(2)
  const dry = (await as.query(DRY_RUN, { input: { definition } })).dryRunAutomation
  expect(dry).toMatchObject({ events: 6, matches: 2 })
})

test('a dry run tells what would have been set off, and does nothing', async () => {
  const tenant = `dry-${++counter}`
  const as = svc.as(actor({ tenant }))
  const [here, far] = [await aKnown({}, tenant), await aKnown({ territory: 'apac' }, tenant)]
  await svc.deliver(staffRecorded, aMember('mia'), { tenant })
  for (const id of [here.id, here.id, far.id]) await complain(id, { severity: 'HIGH' }, tenant)
  await complain(here.id, { severity: 'LOW' }, tenant)
  const input = { definition: aDefinition({ eventCondition: { severity: { eq: 'HIGH' } } }) }
  const dry = async (who = as) => (await who.query(DRY_RUN, { input })).dryRunAutomation
  expect(await dry()).toMatchObject({ events: 4, matches: 3, customers: 2, isComplete: true })
  const emea = svc.as(actor({ tenant, territories: ['emea'] }))
  expect(await dry(emea)).toMatchObject({ events: 3, matches: 2, customers: 1 })
  expect(await dry(svc.as(actor({ tenant: 'globex' })))).toMatchObject({ events: 0, matches: 0, sample: [] })
  expect(await outcome(as.query(DRY_RUN, { input: { ...input, days: 31 } }))).toBe('INVALID number.out_of_range')
  expect((await as.query('{ automations { totalCount } }')).automations.totalCount).toBe(0)
})

test('another tenant sees none of it, and nothing of theirs sets it off', async () => {
  const { id } = await running()
  const { id: customerId } = await aKnown({}, 'globex')
  await complain(customerId, {}, 'globex')
  expect((await read(id)).runs.nodes).toEqual([])
  const there = svc.as(actor({ tenant: 'globex' }))
  expect(await outcome(there.query(READ, { id }))).toBe('NOT_FOUND automation.unknown')
  for (const document of [STOP, REMOVE]) {
    expect(await outcome(there.mutate(document, { input: { id } }))).toBe('NOT_FOUND automation.unknown')
  }
})

test('whoever may do less than the author neither starts, stops, changes nor removes it', async () => {
  const admin = svc.as(actor({ roles: ['admin'], subject: 'ada' }))
  const german = svc.as(actor({ subject: 'gerd', territories: ['emea/de'] }))
  const european = svc.as(actor({ subject: 'eva', territories: ['emea'] }))
  const [ofAdmin, ofGerman] = [await create(aDefinition(), admin), await create(aDefinition(), german)]
  for (const as of [german, european]) {
    for (const [document, more] of [
      [START, {}],
      [STOP, {}],
      [REMOVE, {}],
      [UPDATE, { name: 'mine' }],
    ] as const) {
      const input = { id: ofAdmin.id, ...more }
      expect(await outcome(as.mutate(document, { input }))).toBe('FORBIDDEN automation.author_beyond')
    }
  }
  expect(await read(ofAdmin.id)).toMatchObject({ status: 'DRAFT', version: 1 })
  expect(await change(START, { id: ofGerman.id }, european)).toMatchObject({ status: 'ACTIVE', authorId: 'gerd' })
  expect(await change(STOP, { id: ofGerman.id }, admin)).toMatchObject({ status: 'STOPPED' })
  expect(await change(UPDATE, { id: ofGerman.id, name: 'Europe' }, european)).toMatchObject({ authorId: 'gerd' })
  const ofEuropean = await create(aDefinition(), european)
  expect(await outcome(german.mutate(START, { input: { id: ofEuropean.id } }))).toBe(
    'FORBIDDEN automation.author_beyond',
  )
  // Whoever answers for the whole tree may do as much as an admin here.
  const ofMia = await create()
  expect(await outcome(european.mutate(START, { input: { id: ofMia.id } }))).toBe('FORBIDDEN automation.author_beyond')
  expect(await change(START, { id: ofAdmin.id })).toMatchObject({ status: 'ACTIVE', authorId: 'ada' })
})

const REQUESTED =
  'query ($ids: [ID!]!) { requested: requestedAutomationActions(ids: $ids) { action status authorId authorRoles } }'

test('why a run came about is told however often its automation was changed since', async () => {
  const { id: customerId } = await aKnown()
  const { id } = await running(aDefinition({ eventCondition: { severity: { eq: 'HIGH' } } }))
  await complain(customerId, { severity: 'HIGH' })
  const seed = { subject: 'seed', roles: [], tenant: 'acme', territories: [], kind: 'person' as const }
  await svc.database.fork(seed, new Date()).transactional((em) =>
    em.execute(
      `insert into automation_version (automation_id, number, trigger, actions, author_id, author_rights, at)
       select automation_id, n, trigger, actions, author_id, author_rights, at
       from automation_version, generate_series(2, 150) n where automation_id = ?`,
      [id],
    ),
  )
  expect((await read(id)).runs.nodes).toMatchObject([
    { why: 'A customer complained. severity of this complaint is high' },
  ])
})

test('turns in a team are counted by the runs that did something', async () => {
  const [reached, beyond] = [await aKnown(), await aKnown({ territory: 'apac' })]
  const german = svc.as(actor({ subject: 'hans', territories: ['emea/de'] }))
  await svc.deliver(staffRecorded, aMember('hans', { territories: ['emea/de'] }))
  const { id } = await running(aDefinition(), german)
  for (const one of [reached, beyond, beyond, reached]) await svc.deliver(complaintReceived, aComplaint(one.id))
  await goOff(svc)
  await complain(reached.id)
  const { runs } = await read(id)
  expect(runs.nodes.map((run: any) => run.outcome).sort()).toEqual(['FIRED', 'FIRED', 'FIRED', 'REFUSED', 'REFUSED'])
  expect((await requested(id)).map(({ turn }) => turn).sort()).toEqual([0, 1, 2])
})

test('what actions are to do is told to the services that do them, in the order of their ids', async () => {
  const { id: customerId } = await aKnown()
  const actions = [{ createTask: aTask() }, { tag: ['😡'] }]
  const { id: automationId } = await running(aDefinition({ actions }))
  await complain(customerId)
  const asked = await requested(automationId)
  const [task, tag] = [0, 1].map((position) => asked.find((one) => one.position === position)!.id)
  const ids = [tag, randomUUID(), task!.toUpperCase(), 'nonsense', tag]
  const tagging = { action: { tag: ['😡'] }, status: 'ACTIVE', authorId: 'mia', authorRoles: ['manager'] }
  const told = async (actor: TestActor, asked: unknown[] = ids) =>
    (await svc.as(actor).query(REQUESTED, { ids: asked })).requested
  for (const role of ['profiles_account', 'interactions_account']) {
    expect(await told({ roles: [role] })).toMatchObject([
      ...[tagging, null, { action: { createTask: { title: '回电 📞 اتصل' } } }, null, tagging],
    ])
  }
  expect(await told({ roles: ['profiles_account'], tenant: 'globex' }, [tag])).toEqual([null])
  for (const role of ['admin', 'manager', 'surveys_account']) {
    expect(await outcome(told({ roles: [role] }, [tag]))).toBe('FORBIDDEN role')
  }
  const many = told({ roles: ['profiles_account'] }, Array(101).fill(tag))
  expect(await outcome(many)).toBe('INVALID list.too_long')
  await change(REMOVE, { id: automationId })
  expect(await told({ roles: ['profiles_account'] }, [tag])).toEqual([null])
})

test('what was asked for before it was stopped is taken back, also after it is started again', async () => {
  const { id: customerId } = await aKnown()
  const { id: automationId } = await running()
  await complain(customerId)
  const [asked] = await requested(automationId)
  const statusOf = async ({ id }: { id: string }, as = svc.as('service_account')) =>
    (await as.query(REQUESTED, { ids: [id] })).requested[0]?.status
  expect(await statusOf(asked!)).toBe('ACTIVE')
  await change(STOP, { id: automationId })
  await change(UPDATE, { id: automationId, definition: aDefinition({ actions: [{ tag: ['checked'] }] }) })
  expect(await statusOf(asked!)).toBe('STOPPED')
  await change(START, { id: automationId })
  expect(await statusOf(asked!)).toBe('STOPPED')
  await complain(customerId)
  const later = (await requested(automationId)).find(({ id }) => id !== asked!.id)
  expect(await statusOf(later!)).toBe('ACTIVE')
})

test.each(['sales', 'service', 'analyst', 'privacy_officer'])(
  '%s writes none and tries none, and reads them',
  async (role) => {
    const { id } = await running()
    const as = svc.as(actor({ roles: [role] }))
    expect((await read(id, as)).id).toBe(id)
    expect(await outcome(create(aDefinition(), as))).toBe('FORBIDDEN role')
    expect(await outcome(as.query(DRY_RUN, { input: { definition: aDefinition() } }))).toBe('FORBIDDEN role')
  },
)

test('the same key writes one automation, and a tenant has at most a hundred', async () => {
  const input = { name: 'once', definition: aDefinition(), idempotencyKey: 'one' }
  const made = await Promise.all([1, 2].map(() => mia.mutate(CREATE, { input })))
  expect(new Set(made.map(({ createAutomation }) => createAutomation.id)).size).toBe(1)
  const tenant = `many-${++counter}`
  const as = svc.as(actor({ tenant }))
  for (let n = 0; n < 100; n++) await create(aDefinition(), as)
  expect(await outcome(create(aDefinition(), as))).toBe('CONFLICT automation.too_many')
})
