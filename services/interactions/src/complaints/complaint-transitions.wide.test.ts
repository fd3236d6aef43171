import { startForTest } from '@clientele/testkit'
import { createComplaints, type Verb } from '../../fixture/complaints.js'
import { knownCustomer } from '../../fixture/customers.js'
import { logistics } from '../../fixture/staff.js'
import { interactions } from '../service.js'

const svc = await startForTest(interactions)
const { run, at } = createComplaints(svc, await knownCustomer(svc))

const states = [
  'RECEIVED',
  'ACKNOWLEDGED',
  'ASSESSED',
  'INVESTIGATING',
  'AWAITING_CUSTOMER',
  'RESPONSE_PROPOSED',
  'DECISION_COMMUNICATED',
  'CLOSED',
  'REOPENED',
  'WITHDRAWN',
] as const
const verbs = {
  acknowledgeComplaint: {},
  assessComplaint: { category: 'a', severity: 'LOW', ownerTeam: logistics },
  investigateComplaint: {},
  recordRootCause: { rootCause: 'other cause' },
  awaitCustomer: {},
  recordCustomerReply: {},
  proposeResponse: { resolution: { decision: 'NOT_UPHELD' } },
  communicateDecision: {},
  closeComplaint: {},
  reopenComplaint: { reason: 'r' },
  withdrawComplaint: {},
  escalateComplaint: {},
} satisfies Partial<Record<Verb, object>>
const possible: Record<(typeof states)[number], string> = {
  RECEIVED: 'acknowledge withdraw escalate',
  ACKNOWLEDGED: 'assess withdraw escalate',
  ASSESSED: 'assess investigate withdraw escalate',
  INVESTIGATING: 'assess recordRootCause awaitCustomer proposeResponse withdraw escalate',
  AWAITING_CUSTOMER: 'assess investigate recordRootCause recordCustomerReply withdraw escalate',
  RESPONSE_PROPOSED: 'investigate recordRootCause communicateDecision withdraw escalate',
  DECISION_COMMUNICATED: 'investigate recordRootCause recordCustomerReply withdraw escalate',
  CLOSED: 'reopen',
  REOPENED: 'assess investigate withdraw escalate',
  WITHDRAWN: '',
}
test.each(states)('what can be done to a complaint that is %s', async (status) => {
  const done: string[] = []
  let complaint = await at(status)
  for (const [verb, input] of Object.entries(verbs) as [Verb, object][]) {
    const refused = await run(verb, { id: complaint.id, ...input }).catch((error: unknown) => error)
    if (refused instanceof Error) {
      expect(refused).toMatchObject({ code: 'CONFLICT', reason: expect.stringMatching(/^complaint\./) })
    } else {
      done.push(verb.replace('Complaint', ''))
      complaint = await at(status)
    }
  }
  expect(done.join(' ')).toBe(possible[status])
})
