/** What earlier steps have made, by the name they gave it. */
export type Made = Record<string, any>

/** One mutation, as a client sends it and sends it again because it heard no answer. */
export interface Step {
  mutation: string
  input(made: Made): object
  /** Another input, which the same idempotency key does not stand for. */
  other?: object
  /** What later steps know it by. */
  as?: string
  selection?: string
}

const at = (day: number) => `2026-12-${String(day).padStart(2, '0')}T09:00:00Z`
const visit = ({ customer }: Made) => ({
  customerId: customer.id,
  mode: 'PHONE',
  purpose: 'Review',
  plannedStart: at(10),
  plannedEnd: at(11),
})
const complaint = ({ customer }: Made) => ({ customerId: customer.id, channel: 'phone', description: 'Open parcel' })
const purchase = {
  orderedAt: '2026-01-01T08:00:00Z',
  currency: 'CNY',
  lines: [{ sku: 'A1', quantity: '1', unitPrice: '10' }],
}
const of = (name: string) => (made: Made) => ({ id: made[name].id })
const answers = [{ question: 'words', text: 'fine' }]
const step = (mutation: string, input: Step['input'], more: Partial<Step> = {}): Step => ({ mutation, input, ...more })

/** A story in which every mutation of the supergraph is done. */
export const story: readonly Step[] = [
  step('createCustomer', () => ({ kind: 'PERSON', person: { familyName: 'Li', givenName: 'Na' } }), {
    as: 'customer',
    other: { displayName: 'Li Na' },
  }),
  step('updateCustomer', (made) => ({ ...of('customer')(made), displayName: 'Li Na' })),
  step('tagCustomer', (made) => ({ ...of('customer')(made), tags: ['vip'] })),
  step('untagCustomer', (made) => ({ ...of('customer')(made), tags: ['vip'] })),
  step('recordPurchase', ({ customer }) => ({ customerId: customer.id, ...purchase }), {
    as: 'purchase',
    other: { currency: 'EUR' },
  }),
  step('correctPurchase', (made) => ({ ...of('purchase')(made), paymentMethod: 'cash', reason: 'It was cash' }), {
    other: { reason: 'No' },
  }),
  step('voidPurchase', (made) => ({ ...of('purchase')(made), reason: 'Returned' }), { other: { reason: 'No' } }),
  step(
    'importCustomers',
    () => ({
      system: 'crm',
      rows: [{ externalId: 'A1', kind: 'PERSON', displayName: 'Ada' }],
    }),
    { selection: '__typename' },
  ),
  step(
    'importPurchases',
    () => ({
      system: 'crm',
      rows: [{ externalId: 'P1', customer: { externalId: 'A1' }, ...purchase }],
    }),
    { selection: '__typename' },
  ),
  step('planVisit', visit, { as: 'visit', other: { purpose: 'Other' } }),
  step('rescheduleVisit', (made) => ({ ...of('visit')(made), plannedStart: at(12), reason: 'They are away' })),
  step('confirmVisit', of('visit')),
  step('startVisit', of('visit')),
  step('completeVisit', (made) => ({ ...of('visit')(made), report: { summary: 'Went well' } })),
  step('planVisit', visit, { as: 'cancelled', other: { purpose: 'Other' } }),
  step('cancelVisit', (made) => ({ ...of('cancelled')(made), reason: 'They are ill' })),
  step('receiveComplaint', complaint, { as: 'complaint', other: { channel: 'mail' } }),
  step('acknowledgeComplaint', of('complaint')),
  step('assessComplaint', (made) => ({
    ...of('complaint')(made),
    category: 'delivery',
    severity: 'HIGH',
    ownerTeam: 'logistics',
  })),
  step('escalateComplaint', of('complaint')),
  step('investigateComplaint', of('complaint')),
  step('recordRootCause', (made) => ({ ...of('complaint')(made), rootCause: 'Torn box' })),
  step('awaitCustomer', of('complaint')),
  step('recordCustomerReply', of('complaint'), { other: { reply: 'No' } }),
  step('proposeResponse', (made) => ({ ...of('complaint')(made), resolution: { decision: 'NOT_UPHELD' } })),
  step('communicateDecision', of('complaint')),
  step('recordCustomerReply', of('complaint'), { other: { reply: 'No' } }),
  step('closeComplaint', of('complaint')),
  step('reopenComplaint', (made) => ({ ...of('complaint')(made), reason: 'New facts' })),
  step('receiveComplaint', complaint, { as: 'repeated', other: { channel: 'mail' } }),
  step('markComplaintDuplicate', ({ complaint: { id }, repeated }) => ({ id: repeated.id, duplicateOfId: id })),
  step('receiveComplaint', complaint, { as: 'withdrawn', other: { channel: 'mail' } }),
  step('withdrawComplaint', of('withdrawn')),
  step(
    'recordContact',
    ({ customer }) => ({ customerId: customer.id, kind: 'NOTE', direction: 'INTERNAL', body: 'b' }),
    { other: { body: 'c' } },
  ),
  step(
    'createSurvey',
    () => ({ key: 'words', title: 'Words', questions: [{ key: 'words', kind: 'TEXT', text: { en: 'Well?' } }] }),
    { as: 'survey', other: { title: 'Other' } },
  ),
  step('updateSurvey', (made) => ({ ...of('survey')(made), title: 'In words' })),
  step('publishSurvey', of('survey')),
  step(
    'inviteToSurvey',
    ({ survey, customer }) => ({ surveyId: survey.id, customerId: customer.id, channel: 'mail' }),
    {
      as: 'invited',
      selection: 'token invitation { id }',
      other: { channel: 'phone' },
    },
  ),
  step('submitResponse', ({ invited }) => ({ token: invited.token, answers }), {
    selection: '__typename',
    other: { answers: [{ question: 'words', text: 'no' }] },
  }),
  step(
    'recordResponse',
    ({ survey, customer }) => ({ surveyId: survey.id, customerId: customer.id, mode: 'AGENT', answers }),
    {
      other: { answers: [{ question: 'words', text: 'no' }] },
    },
  ),
  step('inviteToSurvey', ({ survey, customer }) => ({ surveyId: survey.id, customerId: customer.id, channel: 'sms' }), {
    as: 'revoked',
    selection: 'invitation { id }',
    other: { channel: 'phone' },
  }),
  step('revokeInvitation', ({ revoked }) => ({ id: revoked.invitation.id })),
  step('closeSurvey', of('survey')),
  step('createSegment', () => ({ key: 'friends', name: 'Friends', kind: 'STATIC' }), {
    as: 'segment',
    other: { name: 'Other' },
  }),
  step('addToSegment', ({ segment, customer }) => ({ segmentId: segment.id, customerIds: [customer.id] }), {
    other: { customerIds: [] },
  }),
  step('removeFromSegment', ({ segment, customer }) => ({ segmentId: segment.id, customerIds: [customer.id] }), {
    other: { customerIds: [] },
  }),
  step('updateSegment', ({ segment }) => ({ id: segment.id, name: 'Best friends' })),
  step('recomputeRfm', () => ({})),
  step('archiveSegment', of('segment')),
  step('createWebhookEndpoint', () => ({ url: 'http://127.0.0.1:9/hook', types: ['*'] }), {
    as: 'endpoint',
    other: { description: 'Other' },
  }),
  step('updateWebhookEndpoint', (made) => ({ ...of('endpoint')(made), description: 'Ours' })),
  step('rotateWebhookSecret', of('endpoint'), { other: { expectedVersion: 1 } }),
  step('sendTestEvent', ({ endpoint }) => ({ endpointId: endpoint.id }), {
    as: 'delivery',
    other: { type: 'clientele.profiles.customer.created.v1' },
  }),
  step('disableWebhookEndpoint', of('endpoint')),
  step('enableWebhookEndpoint', of('endpoint')),
  step('replayDelivery', of('delivery')),
  step('replayFailedDeliveries', ({ endpoint }) => ({ endpointId: endpoint.id, since: '2026-01-01T00:00:00Z' }), {
    selection: '__typename',
  }),
  step('linkExternalRef', ({ customer }) => ({ customerId: customer.id, system: 'shop', externalId: 'S1' }), {
    as: 'ref',
    other: { externalId: 'S2' },
  }),
  step('unlinkExternalRef', of('ref')),
  step('deleteWebhookEndpoint', of('endpoint')),
  step('archiveCustomer', of('customer')),
  step('restoreCustomer', of('customer')),
]

const aStep = 'a step of a workflow is taken once: the second one finds it taken and is refused, or changes nothing'
const aState = 'it says how something shall be, and it is so already'

/** Mutations without an idempotency key, each with why a repetition does nothing more. */
export const naturallyIdempotent: Readonly<Record<string, string>> = {
  updateCustomer: aState,
  tagCustomer: aState,
  untagCustomer: aState,
  archiveCustomer: aStep,
  restoreCustomer: aStep,
  importCustomers: 'a row is known by its system and external id',
  importPurchases: 'a row is known by its system and external id',
  rescheduleVisit: aState,
  confirmVisit: aStep,
  startVisit: aStep,
  completeVisit: aStep,
  cancelVisit: aStep,
  acknowledgeComplaint: aStep,
  assessComplaint: aState,
  escalateComplaint: aState,
  investigateComplaint: aStep,
  recordRootCause: aState,
  awaitCustomer: aStep,
  proposeResponse: aStep,
  communicateDecision: aStep,
  closeComplaint: aStep,
  reopenComplaint: aStep,
  markComplaintDuplicate: aStep,
  withdrawComplaint: aStep,
  updateSurvey: aState,
  publishSurvey: aStep,
  closeSurvey: aStep,
  revokeInvitation: aStep,
  updateSegment: aState,
  archiveSegment: aStep,
  updateWebhookEndpoint: aState,
  disableWebhookEndpoint: aStep,
  enableWebhookEndpoint: aStep,
  deleteWebhookEndpoint: 'what is gone is not found',
  replayFailedDeliveries: 'what waits to be sent already is left alone',
  unlinkExternalRef: 'what is gone is not found',
}
