import { randomUUID } from 'node:crypto'
import { customerUpdated } from '@clientele/contracts'
import { outcome, startForTest, type TestActor } from '@clientele/testkit'
import { createComplaints } from '../fixture/complaints.js'
import { aCustomer, customersOf } from '../fixture/customers.js'
import { knownStaff } from '../fixture/staff.js'
import { aVisit, createVisits, visitDocuments } from '../fixture/visits.js'
import { interactions } from './service.js'

const svc = await startForTest(interactions)
const me = randomUUID()
const customers = await customersOf(svc, {
  mine: { ownerId: me, territory: 'apac' },
  mineOfNoTerritory: { ownerId: me, territory: null },
  here: { territory: 'emea/de' },
  below: { territory: 'emea/de/bayern' },
  beside: { territory: 'emea/dee' },
  above: { territory: 'emea' },
  shanghai: { territory: '华东/上海' },
  besideEast: { territory: '华东南' },
  nobodys: { territory: null },
})
type Name = keyof typeof customers
const names = Object.keys(customers) as Name[]
const nameOf = (id: string) => names.find((name) => customers[name] === id)

const RECORD = 'mutation ($input: RecordContactInput!) { recordContact(input: $input) { id } }'
const aContact = (customerId: string) => ({ customerId, kind: 'NOTE', direction: 'INTERNAL', body: 'b' })
const entries = Object.fromEntries(
  await Promise.all(
    names.map(async (name) => {
      const customerId = customers[name]
      const visit = await createVisits(svc, customerId).plan({}, 'admin')
      const complaint = await createComplaints(svc, customerId).receive({}, 'admin')
      const contact = (await svc.as('admin').mutate(RECORD, { input: aContact(customerId) })).recordContact
      return [name, { visit: visit.id, complaint: complaint.id, contact: contact.id }]
    }),
  ),
) as Record<Name, { visit: string; complaint: string; contact: string }>

const mine: Name[] = ['mine', 'mineOfNoTerritory']
const german: Name[] = [...mine, 'here', 'below']
const person = (role: string, ...territories: string[]): TestActor => ({ roles: [role], subject: me, territories })
const limited: [string, TestActor, Name[]][] = [
  ['a manager of emea/de', person('manager', 'emea/de'), german],
  ['sales of emea/de', person('sales', 'emea/de'), german],
  ['sales of 华东', person('sales', '华东'), [...mine, 'shanghai']],
  ['a manager of two territories', person('manager', 'emea/dee', '华东南'), [...mine, 'beside', 'besideEast']],
  ['a manager without territory', person('manager'), mine],
  ['sales who owns nothing', { roles: ['sales'], territories: ['emea/fr'] }, []],
  ['a manager of the whole tree', person('manager', ''), names],
]
const everybody: [string, TestActor, Name[]][] = [
  ...limited,
  ...['admin', 'service', 'analyst', 'privacy_officer'].map((role): [string, TestActor, Name[]] => [
    role,
    person(role),
    names,
  ]),
]

const LISTS = `{ visits(first: 100) { nodes { customerId } totalCount } complaints(first: 100) { nodes { customerId } totalCount } }`
const ONE = {
  visit: 'query ($id: ID!) { visit(id: $id) { id } }',
  complaint: 'query ($id: ID!) { complaint(id: $id) { id } }',
  contact: 'query ($id: ID!) { contact(id: $id) { id } }',
}
const REFERENCES = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Visit { id } ... on Complaint { id } ... on Contact { id } ... on Customer { id } } }`
const OF_CUSTOMERS = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer {
  visits { totalCount nodes { customerId } } complaints { totalCount nodes { customerId } } contacts { totalCount nodes { customerId } }
  timeline { totalCount nodes { id } } } } }`
const references = (name: Name) => [
  { __typename: 'Visit', id: entries[name].visit },
  { __typename: 'Complaint', id: entries[name].complaint },
  { __typename: 'Contact', id: entries[name].contact },
  { __typename: 'Customer', id: customers[name] },
]

describe.each(everybody)('%s', (_, actor, reached) => {
  const as = svc.as(actor)

  test('lists and counts what they reach', async () => {
    const { visits, complaints } = await as.query(LISTS)
    for (const { nodes, totalCount } of [visits, complaints]) {
      expect(nodes.map(({ customerId }: { customerId: string }) => nameOf(customerId)).toSorted()).toEqual(
        reached.toSorted(),
      )
      expect(totalCount).toBe(reached.length)
    }
  })

  test('reads it one by one, and finds nothing else', async () => {
    for (const name of names) {
      for (const type of ['visit', 'complaint', 'contact'] as const) {
        const read = outcome(as.query(ONE[type], { id: entries[name][type] }))
        expect([name, type, await read]).toEqual([
          name,
          type,
          reached.includes(name) ? 'OK' : `NOT_FOUND ${type}.unknown`,
        ])
      }
    }
  })

  test('resolves the references to it alone, those to customers too', async () => {
    const { data, errors } = await as.request(REFERENCES, { r: names.flatMap(references) })
    expect(errors).toBeUndefined()
    expect(data?._entities).toEqual(
      names.flatMap((name) => references(name).map(({ id }) => (reached.includes(name) ? { id } : null))),
    )
  })

  test('sees the visits, complaints, contacts and timeline of their customers', async () => {
    const r = names.map((name) => ({ __typename: 'Customer', id: customers[name] }))
    const { _entities } = await as.query(OF_CUSTOMERS, { r })
    const one = (name: Name) => ({ totalCount: 1, nodes: [{ customerId: customers[name] }] })
    const line = {
      totalCount: 3,
      nodes: [{ id: expect.any(String) }, { id: expect.any(String) }, { id: expect.any(String) }],
    }
    expect(_entities).toEqual(
      names.map((name) =>
        reached.includes(name)
          ? { visits: one(name), complaints: one(name), contacts: one(name), timeline: line }
          : null,
      ),
    )
  })
})

describe.each(limited)('%s', (_, actor, reached) => {
  test('begins something with their customers alone', async () => {
    for (const name of names) {
      const customerId = customers[name]
      const expected = reached.includes(name) ? 'OK' : 'NOT_FOUND customer.unknown'
      const { document } = createComplaints(svc, customerId)
      const as = svc.as(actor)
      const complaint = { customerId, channel: 'PHONE', description: 'd' }
      const tried = await Promise.all([
        outcome(as.mutate(visitDocuments.planVisit, { input: aVisit({ customerId }) })),
        outcome(as.mutate(document('receiveComplaint'), { input: complaint })),
        outcome(as.mutate(RECORD, { input: aContact(customerId) })),
      ])
      expect([name, ...tried]).toEqual([name, expected, expected, expected])
    }
  })

  test('changes nothing of others', async () => {
    const handles = actor.roles?.includes('manager')
    for (const name of names) {
      const visit = await createVisits(svc, customers[name]).plan({}, 'admin')
      const confirmed = outcome(svc.as(actor).mutate(visitDocuments.confirmVisit, { input: { id: visit.id } }))
      expect([name, await confirmed]).toEqual([name, reached.includes(name) ? 'OK' : 'NOT_FOUND visit.unknown'])
      const complaints = createComplaints(svc, customers[name])
      const { id } = await complaints.receive({}, 'admin')
      const acknowledged = outcome(complaints.run('acknowledgeComplaint', { id }, actor))
      const expected = handles ? (reached.includes(name) ? 'OK' : 'NOT_FOUND complaint.unknown') : 'FORBIDDEN role'
      expect([name, await acknowledged]).toEqual([name, expected])
    }
  })
})

test('what somebody may read and not change is FORBIDDEN to change', async () => {
  const both: TestActor = { roles: ['analyst', 'manager'], territories: ['emea/de'] }
  const forbidden = { code: 'FORBIDDEN', reason: 'access_scope' }
  const { run, plan } = createVisits(svc, customers.beside)
  const { id } = await plan({}, 'admin')
  await expect(run('confirmVisit', { id }, both)).rejects.toMatchObject(forbidden)
  await expect(plan({}, both)).rejects.toMatchObject(forbidden)
  await expect(createComplaints(svc, customers.above).receive({}, both)).rejects.toMatchObject(forbidden)
  expect(await svc.as(both).query(ONE.visit, { id })).toEqual({ visit: { id } })
})

test('a role lends its clearance to no other, down to the parts of what belongs to a customer', async () => {
  const both: TestActor = { roles: ['analyst', 'manager'], territories: ['emea/de'], subject: me }
  const SEEN = `query ($r: [_Any!]!) { _entities(representations: $r) {
    ... on Visit { purpose reschedules { reason } redactedFields }
    ... on Complaint { description steps { note } resolution { remedy } redactedFields } } }`
  const told = async (customerId: string, fields: object = {}) => {
    const { plan, run } = createVisits(svc, customerId)
    const { id } = await plan(fields, 'admin')
    await run('rescheduleVisit', { id, plannedStart: '2026-04-01T09:00:00Z', reason: 'ill' }, 'admin')
    const complaints = createComplaints(svc, customerId)
    const complaint = await complaints.at('INVESTIGATING')
    const resolution = { decision: 'UPHELD', remedy: 'money' }
    await complaints.run('proposeResponse', { id: complaint.id, resolution })
    const r = [
      { __typename: 'Visit', id },
      { __typename: 'Complaint', id: complaint.id },
    ]
    return (await svc.as(both).query(SEEN, { r }))._entities
  }
  const visit = { purpose: aVisit().purpose, reschedules: [{ reason: 'ill' }], redactedFields: [] }
  const [own, complaint] = await told(customers.below)
  expect(own).toEqual(visit)
  expect(complaint).toMatchObject({ description: 'It came late.', resolution: { remedy: 'money' }, redactedFields: [] })
  expect(complaint.steps.at(-1).note).toBe('UPHELD: money')
  const [hidden, theirs] = await told(customers.beside)
  expect(hidden).toMatchObject({ purpose: null, reschedules: [{ reason: null }] })
  expect(hidden.redactedFields).toEqual(expect.arrayContaining(['purpose', 'reschedules.reason']))
  expect(theirs).toMatchObject({ description: null, resolution: { remedy: null } })
  expect(theirs.steps.map(({ note }: { note: string | null }) => note)).toEqual(theirs.steps.map(() => null))
  // A visit also belongs to whoever makes it; what else that customer has is not.
  const [assigned, unassigned] = await told(customers.beside, { assigneeId: me })
  expect([assigned, unassigned.description]).toEqual([visit, null])
})

await knownStaff(svc, [me])

test('a visit also belongs to whoever makes it; its customer and what else the customer has do not', async () => {
  const { id } = await createVisits(svc, customers.beside).plan({ assigneeId: me }, 'admin')
  const as = svc.as(person('sales', 'emea/de'))
  const { visit } = await as.query(
    'query ($id: ID!) { visit(id: $id) { customerId customer { id complaints { totalCount } } } }',
    { id },
  )
  expect(visit).toEqual({ customerId: customers.beside, customer: null })
  expect(await as.mutate(visitDocuments.confirmVisit, { input: { id } })).toMatchObject({
    confirmVisit: { status: 'CONFIRMED' },
  })
  const r = [{ __typename: 'Customer', id: customers.beside }]
  expect(await as.query(REFERENCES, { r })).toEqual({ _entities: [null] })
  expect(await outcome(svc.as({ ...person('sales', 'emea/de'), subject: 'else' }).query(ONE.visit, { id }))).toBe(
    'NOT_FOUND visit.unknown',
  )
})

test('a customer who moves takes what is theirs along', async () => {
  const customer = aCustomer({ territory: 'emea/de' })
  await svc.deliver(customerUpdated, { ...customer, changedFields: ['territory'] })
  await svc.drain()
  const { id } = await createVisits(svc, customer.id).plan({}, person('manager', 'emea/de'))
  const seenFrom = async (territory: string) => {
    const as = svc.as({ roles: ['manager'], territories: [territory] })
    const r = [{ __typename: 'Customer', id: customer.id }]
    const [stub] = (await as.query(REFERENCES, { r }))._entities
    return [await outcome(as.query(ONE.visit, { id })), stub]
  }
  expect([await seenFrom('emea/de'), await seenFrom('emea/fr')]).toEqual([
    ['OK', { id: customer.id }],
    ['NOT_FOUND visit.unknown', null],
  ])
  await svc.deliver(customerUpdated, { ...customer, version: 2, territory: 'emea/fr', changedFields: ['territory'] })
  await svc.drain()
  expect([await seenFrom('emea/de'), await seenFrom('emea/fr')]).toEqual([
    ['NOT_FOUND visit.unknown', null],
    ['OK', { id: customer.id }],
  ])
})

test('a list is limited under filters, orders and cursors too', async () => {
  const as = svc.as({ roles: ['manager'], territories: ['华东'] })
  const LIST = `query ($filter: VisitFilter, $orderBy: VisitOrder, $after: String) {
    visits(first: 1, filter: $filter, orderBy: $orderBy, after: $after) { nodes { customerId } totalCount pageInfo { hasNextPage endCursor } } }`
  const orderBy = { field: 'UPDATED_AT', direction: 'ASC' }
  const filter = {
    or: [{ not: { customerId: { eq: customers.shanghai } } }, { customerId: { eq: customers.shanghai } }],
  }
  let seen = 0
  let after: string | null = null
  for (;;) {
    const { visits }: any = await as.query(LIST, { filter, orderBy, after })
    for (const { customerId } of visits.nodes) expect(nameOf(customerId)).toBe('shanghai')
    seen += visits.nodes.length
    after = visits.pageInfo.endCursor
    if (visits.pageInfo.hasNextPage) continue
    expect(seen).toBe(visits.totalCount)
    break
  }
  expect(seen).toBeGreaterThan(1)
})

test('a timeline is paged for whom it is limited, as for everybody', async () => {
  const PAGE = `query ($r: [_Any!]!, $after: String) { _entities(representations: $r) { ... on Customer {
    timeline(first: 2, after: $after) { nodes { id } totalCount pageInfo { hasNextPage endCursor } } } } }`
  const r = [{ __typename: 'Customer', id: customers.shanghai }]
  const idsFor = async (actor: TestActor) => {
    const ids: string[] = []
    for (let after: string | null = null; ; ) {
      const { timeline }: any = (await svc.as(actor).query(PAGE, { r, after }))._entities[0]
      ids.push(...timeline.nodes.map(({ id }: { id: string }) => id))
      after = timeline.pageInfo.endCursor
      if (!timeline.pageInfo.hasNextPage) return { ids, total: timeline.totalCount }
    }
  }
  const everything = await idsFor(person('analyst'))
  expect(everything.ids.length).toBeGreaterThan(4)
  expect(everything.total).toBe(everything.ids.length)
  expect(await idsFor({ roles: ['manager'], territories: ['emea', '华东'] })).toEqual(everything)
})

test('a partner reads the key of a customer and nothing of what we have to do with them', async () => {
  const as = svc.as('partner')
  const r = [{ __typename: 'Customer', id: customers.here }]
  expect(await as.query(REFERENCES, { r })).toEqual({ _entities: [{ id: customers.here }] })
  for (const field of ['visits', 'complaints', 'contacts', 'timeline']) {
    const of = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { ${field} { totalCount } } } }`
    const { data, errors } = await as.request(of, { r })
    expect(data).toEqual({ _entities: [{ [field]: null }] })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'role' })
  }
  expect(await outcome(as.query(ONE.visit, { id: entries.here.visit }))).toBe('FORBIDDEN role')
})

test('the audit log knows who was refused for their reach', async () => {
  const subject = randomUUID()
  const actor = { roles: ['sales'], territories: ['emea/fr'], subject }
  await outcome(createVisits(svc, customers.here).plan({}, actor))
  await outcome(svc.as(actor).query(ONE.complaint, { id: entries.here.complaint }))
  await svc.as(actor).query(REFERENCES, { r: [{ __typename: 'Customer', id: customers.below }] })
  const { rows } = await svc.database.system.query(
    'select outcome, action, entity_type, entity_id, reason from audit_entry where subject = $1 order by position',
    [subject],
  )
  const denied = { outcome: 'DENIED', reason: 'access_scope' }
  expect(rows).toEqual([
    { ...denied, action: 'write', entity_type: 'Customer', entity_id: customers.here },
    { ...denied, action: 'read', entity_type: 'Complaint', entity_id: entries.here.complaint },
    { ...denied, action: 'read', entity_type: 'Customer', entity_id: customers.below },
  ])
})
