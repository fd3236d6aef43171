import { startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const statements: string[] = []
const svc = await startForTest(profiles, { onStatement: (sql) => statements.push(sql) })
const LOG = `query ($filter: AuditFilterInput) {
  auditLog(filter: $filter) { nodes { service outcome action subject entityId customerId fields address purpose number } totalCount }
}`
const own = { service: 'profiles' }
const officer = (tenant: string) => svc.as({ roles: ['privacy_officer'], tenant, subject: 'officer' })
const log = async (tenant: string, filter: object = {}) =>
  (await officer(tenant).query(LOG, { filter: { ...own, ...filter } })).auditLog.nodes

test('what is done with a customer is found by the customer, with the names of its fields', async () => {
  const as = svc.as({ roles: ['manager'], tenant: 'done', subject: 'anna' })
  const { createCustomer } = await as.mutate(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }',
    { input: { kind: 'PERSON', displayName: '张伟', person: { familyName: '张', birthDate: '1990-05-17' } } },
  )
  const { id } = createCustomer
  await as.mutate('mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { id } }', {
    input: { id, territory: 'emea/de' },
  })
  await as.query('query ($id: ID!) { customer(id: $id) { person { birthDate familyName } } }', { id })
  const found = await log('done', { customerId: id })
  expect(found).toMatchObject([
    { outcome: 'SHOWN', action: 'customer.shown', fields: ['person.birthDate'] },
    { outcome: 'DONE', action: 'customer.updated', fields: ['territory'] },
    { outcome: 'DONE', action: 'customer.created', subject: 'anna', entityId: id },
  ])
  expect(JSON.stringify(await log('done'))).not.toMatch(/张|1990-05/)
})

test('200 imported customers are 200 entries in one statement', async () => {
  const rows = Array.from({ length: 200 }, (_, at) => ({
    externalId: `${at}`,
    kind: 'PERSON',
    displayName: `${at}`,
  }))
  const as = svc.as({ roles: ['admin'], tenant: 'bulk' })
  statements.length = 0
  const { importCustomers } = await as.mutate(
    'mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { created } }',
    { input: { system: 'erp', rows } },
  )
  expect(importCustomers).toEqual({ created: 200 })
  expect(statements.filter((sql) => sql.includes('insert into audit_entry'))).toHaveLength(1)
  const { auditLog } = await officer('bulk').query(LOG, { filter: { ...own, action: 'customer.created' } })
  expect(auditLog.totalCount).toBe(200)
})

test('while another service cannot be asked there is no log, unless that of profiles alone is wanted', async () => {
  await expect(officer('alone').query(LOG)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    reason: expect.stringMatching(/^audit\.(integrations|interactions|segmentation|surveys)$/),
  })
  expect(await log('alone')).toMatchObject([{ action: 'audit_log.shown' }])
})
