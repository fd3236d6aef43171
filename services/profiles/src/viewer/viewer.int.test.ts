import { roleNames } from '@clientele/kit'
import { startForTest, type TestActor } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const VIEWER = `{ viewer { subject tenant roles territories staff { name territories } teams { key }
  permissions { operation concept action scope } fields { type hidden partlyHidden writeOnly } } }`
const viewer = async (actor: TestActor) => (await svc.as(actor).query(VIEWER)).viewer
const scopeOf = async (actor: TestActor, operation: string) =>
  (await viewer(actor)).permissions.find((one: { operation: string }) => one.operation === operation)?.scope

test('a person learns who they are here, in which teams and territories', async () => {
  const subject = 'mia@example.org'
  const mia = { roles: ['sales'], subject, territories: ['emea/de', '华东'] }
  expect(await viewer(mia)).toMatchObject({
    ...{ subject, tenant: 'acme', roles: ['sales'], territories: ['emea/de', '华东'], teams: [] },
    staff: { name: `Person ${subject}`, territories: ['emea/de', '华东'] },
  })
  const input = { key: 'west', name: 'West', memberIds: [subject] }
  await svc.as('admin').mutate('mutation ($input: CreateTeamInput!) { createTeam(input: $input) { id } }', { input })
  expect(await viewer(mia)).toMatchObject({ teams: [{ key: 'west' }] })
  expect(await viewer({ roles: ['manager'] })).toMatchObject({ territories: ['*'] })
})

test('a program is nobody of the staff, and learns what it may do', async () => {
  expect(await viewer({ roles: ['partner'] })).toMatchObject({ staff: null, teams: [], roles: ['partner'] })
  expect(await scopeOf({ roles: ['partner'] }, 'customers')).toBe('TENANT')
  expect(await scopeOf({ roles: ['partner'] }, 'staff')).toBeUndefined()
})

test.each([
  ['sales', ['emea'], 'updateCustomer', 'TERRITORY'],
  ['sales', ['emea'], 'recordAbsence', 'OWN'],
  ['manager', [''], 'updateCustomer', 'TENANT'],
  ['analyst', [], 'updateCustomer', undefined],
  // Of other services, and of fields on types of others.
  ['service', [], 'closeComplaint', 'TENANT'],
  ['analyst', [], 'Customer.visits', 'TENANT'],
])('%s with territories %j may go as far with %s as %s', async (role, territories, operation, scope) => {
  expect(await scopeOf({ roles: [role], territories }, operation)).toBe(scope)
})

test('every operation of this service is among those of some role, and none is told twice', async () => {
  for (const role of roleNames) {
    const { permissions } = await viewer({ roles: [role] })
    const operations = permissions.map(({ operation }: { operation: string }) => operation)
    expect(new Set(operations).size).toBe(operations.length)
  }
})

test('what is hidden is told by type; what only some roles of an actor see is told apart', async () => {
  const of = async (actor: TestActor, type: string) =>
    (await viewer(actor)).fields.find((one: { type: string }) => one.type === type)
  expect(await of({ roles: ['admin'] }, 'PersonDetails')).toBeUndefined()
  expect(await of({ roles: ['sales'] }, 'PersonDetails')).toEqual({
    ...{ type: 'PersonDetails', partlyHidden: [], writeOnly: ['birthDate'] },
    hidden: ['birthDate', 'identityNumber', 'incomeBand'],
  })
  expect(await of({ roles: ['service'] }, 'PersonDetails')).toMatchObject({ writeOnly: [] })
  expect(await of({ roles: ['analyst'] }, 'Customer')).toEqual({
    type: 'Customer',
    hidden: ['displayName'],
    partlyHidden: [],
    writeOnly: [],
  })
  expect(await of({ roles: ['analyst', 'sales'], territories: ['emea'] }, 'Customer')).toEqual({
    ...{ type: 'Customer', hidden: [], partlyHidden: ['displayName'], writeOnly: [] },
  })
})
