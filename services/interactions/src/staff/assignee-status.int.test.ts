import { staffRecorded } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { knownCustomer } from '../../fixture/customers.js'
import { aMember, knownStaff, knownTeams, leave, logistics } from '../../fixture/staff.js'
import { createTasks } from '../../fixture/tasks.js'
import { createVisits } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T23:30:00.000Z') }
const svc = await startForTest(interactions, { now: () => clock.now })
const customerId = await knownCustomer(svc)
await knownStaff(svc, ['here', 'gone', 'lost'])
await knownTeams(svc, ['crew'])
const absences = [{ ...staffRecorded.example.absences[0]!, from: '2026-03-11', until: '2026-03-11' }]
for (const [sub, timeZone] of [
  ['in-shanghai', 'Asia/Shanghai'],
  ['in-london', 'Europe/London'],
] as const) {
  await svc.deliver(staffRecorded, aMember(sub, { absences, timeZone }))
}
await svc.drain()

const who = ['here', 'gone', 'lost', 'in-shanghai', 'in-london']
const { create } = createTasks(svc, { customerId })
const { plan } = createVisits(svc, customerId)
const { receive, run } = createComplaints(svc, customerId)
for (const assigneeId of who) {
  await create({ assigneeId })
  await plan({ assigneeId })
  await run('assignComplaint', { id: (await receive()).id, assigneeId })
}
await create({ teamKey: logistics })
await plan({ assigneeId: null })
await receive()
await leave(svc, 'gone')
await svc.database
  .fork({ subject: 's', roles: [], tenant: 'acme', territories: [], kind: 'person' }, new Date())
  .transactional((em) => em.execute(`delete from staff where sub = 'lost'`))

const lists = { tasks: 'TaskFilter', visits: 'VisitFilter', complaints: 'ComplaintFilter' }

describe.each(Object.entries(lists))('%s are found by whether whoever has them is here', (list, type) => {
  const found = async (filter: object, actor = 'admin'): Promise<(string | null)[]> => {
    const document = `query ($filter: ${type}) { ${list}(filter: $filter, first: 50) { totalCount nodes { assigneeId } } }`
    const page = (await svc.as(actor).query(document, { filter }))[list]
    expect(page.totalCount).toBe(page.nodes.length)
    return page.nodes.map(({ assigneeId }: { assigneeId: string | null }) => assigneeId).sort()
  }

  test.each([
    [{ eq: 'ACTIVE' }, ['here', 'in-london']],
    [{ eq: 'AWAY' }, ['in-shanghai']],
    [{ eq: 'LEFT' }, ['gone']],
    [{ eq: 'UNKNOWN' }, ['lost']],
    [{ eq: 'NONE' }, [null]],
    [{ in: ['LEFT', 'UNKNOWN'] }, ['gone', 'lost']],
    [{ eq: 'LEFT', in: ['UNKNOWN'] }, []],
    [{ in: [] }, []],
  ])('%j', async (assigneeStatus, expected) => {
    expect(await found({ assigneeStatus })).toEqual(expected)
  })

  test('also within other conditions, on a customer, and for an analyst', async () => {
    const left = { assigneeStatus: { eq: 'LEFT' } }
    expect(await found({ or: [left, { assigneeId: { eq: 'here' } }] })).toEqual(['gone', 'here'])
    expect(await found({ and: [{ not: left }, { assigneeId: { in: ['gone', 'lost'] } }] })).toEqual(['lost'])
    expect(await found(left, 'analyst')).toEqual(['gone'])
    const document = `query ($of: [_Any!]!, $filter: ${type}) {
      _entities(representations: $of) { ... on Customer { ${list}(filter: $filter) { nodes { assigneeId } } } } }`
    const of = [{ __typename: 'Customer', id: customerId }]
    const { _entities } = await svc.as('admin').query(document, { of, filter: left })
    expect(_entities[0][list].nodes).toEqual([{ assigneeId: 'gone' }])
  })
})
