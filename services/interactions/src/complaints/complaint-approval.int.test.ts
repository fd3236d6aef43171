import { tenantSettingsChanged } from '@clientele/contracts'
import { outcome, startForTest, type TestActor } from '@clientele/testkit'
import { createComplaints } from '../../fixture/complaints.js'
import { knownCustomer } from '../../fixture/customers.js'
import { aroundTheClock } from '../../fixture/settings.js'
import { interactions } from '../service.js'
import { isAboveLimit } from './complaint-approval.js'

const svc = await startForTest(interactions)
const settled = aroundTheClock()
const customerId = await knownCustomer(svc, {}, settled)
const { run, at } = createComplaints(svc, customerId)
const boss: TestActor = { subject: 'boss', roles: ['manager'], territories: ['emea'] }

let version = 1
const setLimit = async (compensation: { amount: string; currency: string } | null) => {
  const approvalLimits = { compensation }
  await svc.deliver(tenantSettingsChanged, { ...settled.settings, approvalLimits, version: ++version })
  await svc.drain()
}
const proposed = async (amount?: string, currency = 'EUR') => {
  const { id } = await at('INVESTIGATING')
  const compensation = amount === undefined ? {} : { compensation: { amount, currency } }
  await run('proposeResponse', { id, resolution: { decision: 'UPHELD', ...compensation } })
  return id as string
}
const tell = async (id: string, as: string | TestActor = 'service') => outcome(run('communicateDecision', { id }, as))

test.each([
  [null, null, null, false],
  ['1000000', 'EUR', null, false],
  [null, null, { amount: '500', currency: 'EUR' }, false],
  ['500.0000', 'EUR', { amount: '500', currency: 'EUR' }, false],
  ['500.01', 'EUR', { amount: '500', currency: 'EUR' }, true],
  ['1', 'USD', { amount: '500', currency: 'EUR' }, true],
  ['0.01', 'EUR', { amount: '0', currency: 'EUR' }, true],
])('%s %s with a limit of %j', (compensationAmount, compensationCurrency, limit, expected) => {
  expect(isAboveLimit({ compensationAmount, compensationCurrency }, limit)).toBe(expected)
})

test('service tells decisions up to the limit; above it a manager or admin does', async () => {
  await setLimit({ amount: '500', currency: 'EUR' })
  expect(await tell(await proposed())).toBe('OK')
  expect(await tell(await proposed('500'))).toBe('OK')
  const dear = await proposed('500.01')
  await expect(run('communicateDecision', { id: dear })).rejects.toMatchObject({
    code: 'FORBIDDEN',
    reason: 'complaint.needs_approval',
    message: 'A compensation above 500 EUR is told to the customer by admin or manager.',
  })
  expect(await tell(dear, boss)).toBe('OK')
  expect(await tell(await proposed('1', 'JPY'))).toBe('FORBIDDEN complaint.needs_approval')
  expect(await tell(await proposed('1', 'JPY'), 'admin')).toBe('OK')
})

test('without a limit nobody has to approve', async () => {
  await setLimit(null)
  expect(await tell(await proposed('1000000'))).toBe('OK')
})
