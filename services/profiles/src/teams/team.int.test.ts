import { randomUUID } from 'node:crypto'
import { limits, staffChanged, teamArchived, teamChanged, teamCreated } from '@clientele/contracts'
import { outcome, startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const admin = svc.as('admin')
const run = async (mutation: string, input: object, as = admin) => {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`
  const fields = 'id key name territory active version lead { name } members { id name }'
  return (await as.mutate(`mutation ($input: ${type}!) { done: ${mutation}(input: $input) { ${fields} } }`, { input }))
    .done
}
const aMember = async (name = 'x') => {
  const document = 'mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { id subject } }'
  const { recordStaff } = await admin.mutate(document, { input: { subject: randomUUID(), name } })
  return recordStaff as { id: string; subject: string }
}
const teamsOf = async (id: string) =>
  (await admin.query('query ($id: ID!) { staffMember(id: $id) { version teams { key active } teamKeys } }', { id }))
    .staffMember

test('a team has a lead and members, and each of them knows it', async () => {
  const [mia, sam] = [await aMember('Mia'), await aMember('萨姆')]
  const key = `complaints.${randomUUID()}`
  const team = await run('createTeam', {
    key,
    name: '投诉处理',
    leadId: mia.subject,
    memberIds: [mia.id, sam.subject],
    territory: 'emea',
  })
  expect(team).toMatchObject({ key, territory: 'emea', active: true, lead: { name: 'Mia' } })
  expect(team.members.map(({ name }: { name: string }) => name).toSorted()).toEqual(['Mia', '萨姆'])
  expect(await teamsOf(sam.id)).toEqual({ version: 2, teams: [{ key, active: true }], teamKeys: [key] })
  await svc.relay()
  expect((await svc.published(teamCreated)).filter(({ id }) => id === team.id)).toMatchObject([
    { key, lead: mia.id, members: [mia.id, sam.id].toSorted(), active: true },
  ])
  expect((await svc.published(staffChanged)).filter(({ id }) => id === sam.id)).toMatchObject([
    { version: 2, teams: [key], changedFields: ['teams'] },
  ])
})

test('members come and go; only they change', async () => {
  const [a, b, c] = [await aMember(), await aMember(), await aMember()]
  const { id, key } = await run('createTeam', { key: randomUUID(), name: 't', memberIds: [a.id, b.id] })
  expect(await run('changeTeam', { id, memberIds: [b.id, c.id, c.subject], expectedVersion: 1 })).toMatchObject({
    version: 2,
  })
  expect(await run('changeTeam', { id, memberIds: [c.id, b.id] })).toMatchObject({ version: 2 })
  expect([await teamsOf(a.id), await teamsOf(b.id), await teamsOf(c.id)]).toMatchObject([
    { version: 3, teamKeys: [] },
    { version: 2, teamKeys: [key] },
    { version: 2, teamKeys: [key] },
  ])
  expect(await run('changeTeam', { id, memberIds: null, name: 'n' })).toMatchObject({
    version: 3,
    members: [],
    name: 'n',
  })
  await svc.relay()
  const events = (await svc.published(teamChanged)).filter((event) => event.id === id)
  expect(events).toMatchObject([{ changedFields: ['members'] }, { changedFields: ['name', 'members'], members: [] }])
})

test('an archived team stays, and is changed no more', async () => {
  const a = await aMember()
  const { id, key } = await run('createTeam', { key: randomUUID(), name: 't', memberIds: [a.id] })
  expect(await run('archiveTeam', { id })).toMatchObject({ active: false })
  expect(await outcome(run('archiveTeam', { id }))).toBe('CONFLICT team.archived')
  expect(await outcome(run('changeTeam', { id, name: 'n' }))).toBe('CONFLICT team.archived')
  expect(await teamsOf(a.id)).toMatchObject({ teams: [{ key, active: false }] })
  await svc.relay()
  expect((await svc.published(teamArchived)).filter((event) => event.id === id)).toMatchObject([{ active: false }])
})

test('keys are unique, members work here, and only admins decide', async () => {
  const key = randomUUID()
  const made = await Promise.all(['1', '2', '3'].map((name) => outcome(run('createTeam', { key, name }))))
  expect(made.toSorted()).toEqual(['CONFLICT team.key_taken', 'CONFLICT team.key_taken', 'OK'])
  const a = await aMember()
  await admin.mutate('mutation ($input: MarkStaffLeftInput!) { markStaffLeft(input: $input) { id } }', {
    input: { id: a.id },
  })
  const wrong = { key: randomUUID(), name: 't', leadId: 'nobody', memberIds: [a.id] }
  await expect(run('createTeam', wrong)).rejects.toMatchObject({
    fields: [
      { path: 'input.memberIds.0', reason: 'staff.left' },
      { path: 'input.leadId', reason: 'staff.unknown' },
    ],
  })
  expect(await outcome(run('createTeam', { key: 'k', name: 'n' }, svc.as('manager')))).toBe('FORBIDDEN role')
  const other = svc.as({ roles: ['admin'], tenant: 'globex' })
  expect((await other.query('{ teams { nodes { key } } }')).teams.nodes).toEqual([])
})

test('the list of teams is filtered', async () => {
  const [key, gone] = [`k${randomUUID()}`, `k${randomUUID()}`]
  await run('createTeam', { key, name: 'Öst', territory: 'emea/se' })
  await run('archiveTeam', { id: (await run('createTeam', { key: gone, name: 'x' })).id })
  const list = async (filter: object) => {
    const document = 'query ($filter: TeamFilter) { teams(filter: $filter, first: 100) { nodes { key } } }'
    return (await admin.query(document, { filter })).teams.nodes.map((team: { key: string }) => team.key)
  }
  expect(await list({ territory: { eq: 'emea/se' } })).toEqual([key])
  expect(await list({ key: { in: [key, gone] }, active: false })).toEqual([gone])
})

test('nobody is in more teams than one may be', async () => {
  const { id } = await aMember()
  for (let at = 0; at < limits.staffTeams.most; at++)
    await run('createTeam', { key: randomUUID(), name: 't', memberIds: [id] })
  expect(await outcome(run('createTeam', { key: randomUUID(), name: 't', memberIds: [id] }))).toBe(
    'CONFLICT team.too_many',
  )
})
