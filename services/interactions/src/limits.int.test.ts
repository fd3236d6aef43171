import { randomUUID } from 'node:crypto'
import { limits } from '@clientele/contracts'
import { startForTest, testLimits, textOf } from '@clientele/testkit'
import { createComplaints } from '../fixture/complaints.js'
import { knownCustomer } from '../fixture/customers.js'
import { aVisit, createVisits } from '../fixture/visits.js'
import { interactions } from './service.js'

const svc = await startForTest(interactions)
const customerId = await knownCustomer(svc)
const staff = svc.as({ roles: ['admin'], subject: textOf(limits.subject, limits.subject.most) })
const { at } = createComplaints(svc, customerId)
const { run, plan } = createVisits(svc, customerId)

const complaint = async (status: Parameters<typeof at>[0], fields: object) => ({ id: (await at(status)).id, ...fields })
const aPlannedVisit = async (fields: object) => ({ id: (await plan()).id, ...fields })
const aStartedVisit = async (fields: object) => {
  const { id } = await plan()
  await run('confirmVisit', { id })
  await run('startVisit', { id })
  return { id, ...fields }
}

testLimits(interactions, svc, {
  scenarios: [
    {
      mutation: 'receiveComplaint',
      input: () => ({
        ...{ customerId, channel: 'c', category: 'c', description: 'd', desiredRemedy: 'd' },
        idempotencyKey: randomUUID(),
      }),
    },
    {
      mutation: 'assessComplaint',
      input: () => complaint('ACKNOWLEDGED', { category: 'c', severity: 'LOW', ownerTeam: 't' }),
    },
    { mutation: 'escalateComplaint', input: () => complaint('RECEIVED', { reason: 'r' }) },
    { mutation: 'withdrawComplaint', input: () => complaint('RECEIVED', { reason: 'r' }) },
    { mutation: 'recordRootCause', input: () => complaint('INVESTIGATING', { rootCause: 'r', rootCauseCode: 'c' }) },
    { mutation: 'awaitCustomer', input: () => complaint('INVESTIGATING', { question: 'q' }) },
    { mutation: 'recordCustomerReply', input: () => complaint('AWAITING_CUSTOMER', { reply: 'r' }) },
    {
      mutation: 'proposeResponse',
      input: () => complaint('INVESTIGATING', { resolution: { decision: 'UPHELD', remedy: 'r' } }),
    },
    { mutation: 'reopenComplaint', input: () => complaint('CLOSED', { reason: 'r' }) },
    {
      mutation: 'recordContact',
      input: () => ({
        ...{ customerId, kind: 'CALL', direction: 'INBOUND', subject: 's', body: 'b' },
        idempotencyKey: randomUUID(),
      }),
    },
    {
      mutation: 'planVisit',
      input: () => aVisit({ customerId, objectives: ['o'], assigneeId: 'a', idempotencyKey: randomUUID() }),
    },
    {
      mutation: 'rescheduleVisit',
      input: () => aPlannedVisit({ plannedStart: '2027-01-01T00:00:00Z', reason: 'r' }),
    },
    { mutation: 'cancelVisit', input: () => aPlannedVisit({ reason: 'r', reasonCode: 'c' }) },
    {
      mutation: 'completeVisit',
      input: () => aStartedVisit({ report: { summary: 's', customerFeedback: 'f', outcome: 'o' } }),
    },
  ].map((scenario) => ({ ...scenario, as: staff })),
  bounds: {},
})
