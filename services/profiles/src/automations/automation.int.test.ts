import { randomUUID } from 'node:crypto'
import { automationActionRequested, customerTagged, profilesAutomationActionAnswered } from '@clientele/contracts'
import { startForTest } from '@clientele/testkit'
import { addRequested, segmentationFixture } from '@clientele/testkit/segmentation'
import { profiles } from '../service.js'

const svc = await startForTest(profiles, { backoff: [1], beside: [segmentationFixture] })
const admin = svc.as('admin')

type Request = (typeof automationActionRequested)['example']

const run = async (verb: string, input: object, selected = 'id', as = admin) => {
  const type = `${verb[0]!.toUpperCase()}${verb.slice(1)}Input`
  return (await as.mutate(`mutation ($input: ${type}!) { done: ${verb}(input: $input) { ${selected} } }`, { input }))
    .done
}
const make = async (fields: object = {}): Promise<string> =>
  (await run('createCustomer', { kind: 'PERSON', displayName: '李娜 🌸', territory: 'emea/de', ...fields })).id
const customer = async (id: string) =>
  (await admin.query('query ($id: ID!) { customer(id: $id) { version ownerId tags { name } } }', { id })).customer
const request = async (fields: Partial<Request>, tenant = 'acme') =>
  (
    await svc.deliver(
      automationActionRequested,
      { ...automationActionRequested.example, id: randomUUID(), kind: 'TAG', turn: 0, ...fields },
      { tenant },
    )
  ).data
const asking = async (action: object, fields: Partial<Request>, told: object = {}) => {
  const id = randomUUID()
  addRequested('acme', id, action, told)
  return request({ id, ...fields })
}
const answerTo = async ({ id }: { id: string }) => {
  await svc.drain()
  await svc.relay()
  const all = (await svc.published(profilesAutomationActionAnswered)).filter((one) => one.id === id)
  expect(all.length).toBeLessThan(2)
  return all[0] && `${all[0].outcome} ${all[0].reason} ${all[0].made?.type}`
}
const published = () => svc.published(profilesAutomationActionAnswered)
const staff = async (): Promise<{ id: string; subject: string }> =>
  run('recordStaff', { subject: `s-${randomUUID()}`, name: '陈晓雨' }, 'id subject')
const aTag = async (name: string) => {
  const id = await make({ tags: [name] })
  const { tags } = await admin.query('{ tags { id name version } }')
  return { id, tag: tags.find((one: { name: string }) => one.name === name) }
}

test('tags are given and taken on behalf of the author, and giving them again changes nothing', async () => {
  const customerId = await make({ tags: ['alt'] })
  expect(await answerTo(await asking({ tag: ['投诉 😡', 'وسم'] }, { customerId }))).toBe('DONE null customer')
  expect(await answerTo(await asking({ untag: ['ALT', 'nobodys'] }, { customerId, kind: 'UNTAG' }))).toBe(
    'DONE null customer',
  )
  const after = await customer(customerId)
  expect(after.tags.map(({ name }: { name: string }) => name).sort()).toEqual(['وسم', '投诉 😡'].sort())
  expect(await answerTo(await asking({ tag: ['投诉 😡'] }, { customerId }))).toBe('DONE null customer')
  expect((await customer(customerId)).version).toBe(after.version)
  expect((await svc.published(customerTagged)).filter(({ id }) => id === customerId)).toHaveLength(1)
})

test('a tag that was retired later is given to nobody anew, and who has it keeps it', async () => {
  const { id: has, tag } = await aTag('früher 🏷')
  await run('retireTag', { id: tag.id })
  const customerId = await make()
  expect(await answerTo(await asking({ tag: ['Früher 🏷'] }, { customerId }))).toBe('FAILED tag.retired undefined')
  expect((await customer(customerId)).tags).toEqual([])
  expect(await answerTo(await asking({ tag: ['Früher 🏷'] }, { customerId: has }))).toBe('DONE null customer')
})

test('members of a team take turns, and one who has left has none', async () => {
  const members = [await staff(), await staff(), await staff()]
  const key = `care-${randomUUID()}`
  await run('createTeam', { key, name: '客服', memberIds: members.map(({ subject }) => subject) })
  await run('markStaffLeft', { id: members[1]!.id })
  const owners: string[] = []
  for (let turn = 0; turn < 4; turn++) {
    const customerId = await make()
    expect(await answerTo(await asking({ assign: { teamKey: key } }, { customerId, turn, kind: 'ASSIGN' }))).toBe(
      'DONE null customer',
    )
    owners.push((await customer(customerId)).ownerId)
  }
  const { version } = await customer((await published()).at(-1)!.customerId)
  expect((await published()).at(-1)!.made!.version).toBe(version)
  expect(new Set(owners)).toEqual(new Set([members[0]!.subject, members[2]!.subject]))
  expect(owners.slice(0, 2)).toEqual(owners.slice(2))
  const customerId = await make()
  const gone = await asking({ assign: { ownerId: members[1]!.subject } }, { customerId, kind: 'ASSIGN' })
  expect(await answerTo(gone)).toBe('FAILED staff.left undefined')
})

test.each<[string, object, object, string]>([
  ['of one that was stopped', { tag: ['x'] }, { status: 'STOPPED' }, 'REFUSED automation.stopped undefined'],
  ['of an author without a role', { tag: ['x'] }, { authorRoles: [] }, 'REFUSED role undefined'],
  ['of an author who only reads', { tag: ['x'] }, { authorRoles: ['analyst'] }, 'REFUSED role undefined'],
  [
    'beyond the territory of the author',
    { tag: ['x'] },
    { authorTerritories: ['apac'] },
    'REFUSED access_scope undefined',
  ],
  [
    'that profiles does not do',
    { notify: { text: 'x', to: { owner: true } } },
    {},
    'FAILED automation.other_action undefined',
  ],
  ['that says nothing', {}, {}, 'FAILED automation.other_action undefined'],
  ['for a team that is nobody', { assign: { teamKey: 'nobodys' } }, {}, 'FAILED team.unknown undefined'],
])('an action %s is not done, and the answer says why', async (_, action, told, expected) => {
  const customerId = await make()
  expect(await answerTo(await asking(action, { customerId }, told))).toBe(expected)
  expect(await customer(customerId)).toMatchObject({ version: 1, tags: [], ownerId: null })
})

test('nothing is done of an author who has left, nor to customers of another tenant', async () => {
  const gone = await staff()
  await run('markStaffLeft', { id: gone.id })
  const customerId = await make()
  expect(await answerTo(await asking({ tag: ['x'] }, { customerId }, { authorId: gone.subject }))).toBe(
    'REFUSED staff.left undefined',
  )
  const id = randomUUID()
  addRequested('globex', id, { tag: ['x'] })
  await request({ id, customerId }, 'globex')
  expect(await answerTo({ id })).toBe('FAILED customer.unknown undefined')
  expect(await answerTo(await request({ customerId }))).toBe('REFUSED automation.unknown undefined')
  expect((await customer(customerId)).tags).toEqual([])
})

test('what interactions does is left to it', async () => {
  const customerId = await make()
  expect(await answerTo(await asking({ tag: ['x'] }, { customerId, kind: 'NOTIFY' }))).toBeUndefined()
})

test('a tag names who first gave it, and on whose behalf where an automation did', async () => {
  const author = await staff()
  const name = `neu-${randomUUID()}`
  const customerId = await make()
  const asked = await asking({ tag: [name] }, { customerId }, { authorId: author.subject, authorRoles: ['admin'] })
  expect(await answerTo(asked)).toBe('DONE null customer')
  const creators = async (of: string) => {
    const TAGS = 'query ($id: ID!) { customer(id: $id) { tags { createdAt createdBy creator { subject } } } }'
    return (await admin.query(TAGS, { id: of })).customer.tags
  }
  const createdAt = expect.stringMatching(/^20.*Z$/)
  expect(await creators(customerId)).toEqual([
    { createdAt, createdBy: 'service:profiles', creator: { subject: author.subject } },
  ])
  const id = await run(
    'createCustomer',
    { kind: 'PERSON', displayName: 'x', tags: [`by-${author.id}`] },
    'id',
    svc.as({ roles: ['admin'], subject: author.subject }),
  )
  expect(await creators(id.id)).toEqual([
    { createdAt, createdBy: author.subject, creator: { subject: author.subject } },
  ])
})
