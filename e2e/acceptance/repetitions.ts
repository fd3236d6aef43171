/** What earlier steps have made, by the name they gave it. */
export type Made = Record<string, any>

/** One mutation, as a client sends it and sends it again because it heard no answer. */
export interface Step {
  mutation: string
  input(made: Made): object
  /** What happens beside the API before it. */
  before?(made: Made): Promise<unknown>
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
const automation = {
  trigger: { event: 'COMPLAINT_RECEIVED' },
  actions: [{ notify: { text: 'Call them back', to: { owner: true } } }],
}
const of = (name: string) => (made: Made) => ({ id: made[name].id })
const answers = [{ question: 'words', text: 'fine' }]
const step = (mutation: string, input: Step['input'], more: Partial<Step> = {}): Step => ({ mutation, input, ...more })

const ofCompany = ({ company }: Made) => ({ customerId: company.id })

/** One entry of a list of the company comes, changes and goes. */
const entrySteps = (one: string, many: string, list: string, entry: object, change: object): Step[] => {
  const as = `company's ${list}`
  const selection = `id ${list} { id }`
  const itsId = (made: Made) => ({ ...ofCompany(made), id: made[as][list][0].id })
  return [
    step(`add${one}`, (made) => ({ ...ofCompany(made), ...entry }), { as, selection, other: change }),
    step(`change${one}`, (made) => ({ ...itsId(made), ...change })),
    step(`reorder${many}`, (made) => ({ ...ofCompany(made), ids: [itsId(made).id] })),
    step(`remove${one}`, itsId),
    step(`replace${many}`, (made) => ({ ...ofCompany(made), [list]: [entry] })),
  ]
}

/** A file comes, and goes. */
const fileSteps = (owner: string, ofOwner: Step['input']): Step[] => {
  const as = `file of ${owner}`
  return [
    step(`stage${owner}File`, (made) => ({ ...ofOwner(made), name: '合同.txt', bytes: 1 }), {
      as,
      selection: 'id uploadUrl',
      other: { name: 'other.txt' },
    }),
    step(`attach${owner}File`, of(as), {
      before: (made) => fetch(made[as].uploadUrl, { method: 'PUT', body: 'x' }),
    }),
    step(`remove${owner}File`, of(as)),
  ]
}

/** A story in which every mutation of the supergraph is done. */
export const story: readonly Step[] = [
  step('createCustomer', () => ({ kind: 'PERSON', person: { familyName: 'Li', givenName: 'Na' } }), {
    as: 'customer',
    other: { displayName: 'Li Na' },
  }),
  step('updateCustomer', (made) => ({ ...of('customer')(made), displayName: 'Li Na' })),
  step('createCustomer', () => ({ kind: 'ORGANIZATION', displayName: 'Futterkiste' }), {
    as: 'company',
    other: { displayName: 'Other' },
  }),
  ...entrySteps('ContactPoint', 'ContactPoints', 'contactPoints', { kind: 'WECHAT', value: 'li' }, { value: 'na' }),
  ...entrySteps('Address', 'Addresses', 'addresses', { city: 'Shanghai' }, { city: 'Suzhou' }),
  ...entrySteps('ContactPerson', 'ContactPeople', 'contactPeople', { name: 'Li Na' }, { name: 'Li Wei' }),
  step('tagCustomer', (made) => ({ ...of('customer')(made), tags: ['vip'] })),
  step('untagCustomer', (made) => ({ ...of('customer')(made), tags: ['vip'] })),
  step('createCustomer', () => ({ kind: 'PERSON', displayName: 'Tagged', tags: ['gold', 'silver'] }), {
    as: 'tagged',
    selection: 'id tags { id }',
    other: { displayName: 'Other' },
  }),
  step('updateTag', (made) => ({ id: made.tagged.tags[0].id, description: 'Buys often' })),
  step('retireTag', (made) => ({ id: made.tagged.tags[0].id })),
  step('restoreTag', (made) => ({ id: made.tagged.tags[0].id })),
  step('mergeTags', ({ tagged: { tags } }) => ({ id: tags[1].id, intoId: tags[0].id })),
  step('startBulkChange', ({ company }) => ({ ids: [company.id], kind: 'ADD_TAGS', tags: ['gold'] }), {
    as: 'bulk',
    other: { tags: ['silver'] },
  }),
  step('cancelBulkChange', of('bulk')),
  step('undoBulkChange', of('bulk')),
  step('changeTenantSettings', () => ({ languages: ['zh', 'en'] })),
  step('saveCalendar', () => ({ key: 'night', name: 'Night shift' })),
  step('setHolidays', () => ({ key: 'night', year: 2026, holidays: [{ date: '2026-10-01', name: '国庆节' }] })),
  step('archiveCalendar', () => ({ key: 'night' })),
  step(
    'recordExchangeRates',
    () => ({ source: 'ecb', rates: [{ base: 'EUR', quote: 'CNY', day: '2026-01-02', rate: '8' }] }),
    {
      selection: '__typename',
    },
  ),
  step('recordPurchase', ({ customer }) => ({ customerId: customer.id, ...purchase }), {
    as: 'purchase',
    other: { currency: 'EUR' },
  }),
  step('correctPurchase', (made) => ({ ...of('purchase')(made), paymentMethod: 'cash', reason: 'It was cash' }), {
    other: { reason: 'No' },
  }),
  step('createCalendarFeed', () => ({})),
  step('removeCalendarFeed', () => ({})),
  ...fileSteps('Customer', ({ customer }) => ({ customerId: customer.id })),
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
  step('correctVisit', (made) => ({ ...of('visit')(made), purpose: 'Yearly review', reason: 'Typo' }), {
    other: { reason: 'No' },
  }),
  step('voidVisit', (made) => ({ ...of('visit')(made), reason: 'Wrong customer' }), { other: { reason: 'No' } }),
  step('planVisit', visit, { as: 'cancelled', other: { purpose: 'Other' } }),
  step('cancelVisit', (made) => ({ ...of('cancelled')(made), reason: 'They are ill' })),
  step('receiveComplaint', complaint, { as: 'complaint', other: { channel: 'mail' } }),
  step('correctComplaint', (made) => ({ ...of('complaint')(made), description: 'Torn parcel', reason: 'Typo' }), {
    other: { reason: 'No' },
  }),
  step('acknowledgeComplaint', of('complaint')),
  step('createTeam', () => ({ key: 'deliveries', name: 'Deliveries' }), { other: { name: 'Other' } }),
  step('assessComplaint', (made) => ({
    ...of('complaint')(made),
    category: 'delivery',
    severity: 'HIGH',
    ownerTeam: 'deliveries',
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
    'createTask',
    ({ customer }) => ({ customerId: customer.id, title: 'Call back', teamKey: 'deliveries', dueAt: at(1) }),
    {
      as: 'task',
      other: { title: 'Other' },
    },
  ),
  step('markNotificationsRead', () => ({ all: true }), { selection: 'marked' }),
  step('updateTask', (made) => ({ ...of('task')(made), note: 'After lunch' })),
  step('snoozeTask', (made) => ({ ...of('task')(made), until: at(2) })),
  step('createTeam', () => ({ key: 'returns', name: 'Returns' }), { other: { name: 'Other' } }),
  step('assignTask', (made) => ({ ...of('task')(made), teamKey: 'returns' })),
  step('completeTask', (made) => ({ ...of('task')(made), outcome: 'customer.reached' })),
  step('reopenTask', of('task')),
  step('cancelTask', (made) => ({ ...of('task')(made), reason: 'They wrote' })),
  step('reopenTask', of('task')),
  step('assignTasks', ({ task }) => ({ ids: [task.id], teamKey: 'deliveries' }), { selection: 'rejected' }),
  step('snoozeTasks', ({ task }) => ({ ids: [task.id], until: at(3) }), { selection: 'rejected' }),
  step('completeTasks', ({ task }) => ({ ids: [task.id] }), { selection: 'rejected' }),
  step(
    'recordContact',
    ({ customer }) => ({ customerId: customer.id, kind: 'NOTE', direction: 'INTERNAL', body: 'b' }),
    { other: { body: 'c' }, as: 'contact' },
  ),
  step('correctContact', (made) => ({ ...of('contact')(made), body: 'c', reason: 'Typo' }), {
    other: { reason: 'No' },
  }),
  step('voidContact', (made) => ({ ...of('contact')(made), reason: 'Wrong customer' }), { other: { reason: 'No' } }),
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
  step('createAutomation', () => ({ name: 'Call back', definition: automation }), {
    as: 'automation',
    other: { name: 'Other' },
  }),
  step('updateAutomation', (made) => ({ ...of('automation')(made), name: 'Call them back' })),
  step('startAutomation', of('automation')),
  step('stopAutomation', of('automation')),
  step('removeAutomation', of('automation')),
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
  step('recordStaff', () => ({ subject: 'nobody-mia', name: 'Mia' }), { as: 'mia', other: { name: 'Other' } }),
  step('recordStaff', () => ({ subject: 'nobody-sam', name: 'Sam' }), { as: 'sam', other: { name: 'Other' } }),
  step('changeStaff', (made) => ({ ...of('mia')(made), skills: ['oak'] })),
  step('changeStaffArrangements', (made) => ({ ...of('mia')(made), language: 'zh-Hans' })),
  step('setSubstitute', ({ mia, sam }) => ({ staffId: mia.id, substituteId: sam.id })),
  step(
    'recordAbsence',
    ({ mia }) => ({ staffId: mia.id, from: '2026-12-01', until: '2026-12-05', reason: 'VACATION' }),
    { as: 'away', selection: 'id absences { id }', other: { reason: 'OTHER' } },
  ),
  step('removeAbsence', ({ away }) => ({ staffId: away.id, absenceId: away.absences[0].id })),
  step('createTeam', ({ mia }) => ({ key: 'logistics', name: 'Logistics', memberIds: [mia.id] }), {
    as: 'team',
    other: { name: 'Other' },
  }),
  step('changeTeam', ({ team, sam }) => ({ id: team.id, memberIds: [sam.id] })),
  step('archiveTeam', of('team')),
  step('markStaffLeft', of('sam')),
  step('markStaffReturned', of('sam')),
]

const aStep = 'a step of a workflow is taken once: the second one finds it taken and is refused, or changes nothing'
const aState = 'it says how something shall be, and it is so already'

/** Mutations without an idempotency key, each with why a repetition does nothing more. */
export const naturallyIdempotent: Readonly<Record<string, string>> = {
  updateCustomer: aState,
  changeContactPoint: aState,
  reorderContactPoints: aState,
  removeContactPoint: 'what is gone is not found',
  replaceContactPoints: aState,
  changeAddress: aState,
  reorderAddresses: aState,
  removeAddress: 'what is gone is not found',
  replaceAddresses: aState,
  changeContactPerson: aState,
  reorderContactPeople: aState,
  removeContactPerson: 'what is gone is not found',
  replaceContactPeople: aState,
  updateTag: aState,
  retireTag: aState,
  restoreTag: aState,
  mergeTags: 'what is gone is not found',
  changeTenantSettings: aState,
  saveCalendar: aState,
  setHolidays: aState,
  archiveCalendar: aState,
  recordExchangeRates: 'a rate is known by its pair and day',
  tagCustomer: aState,
  untagCustomer: aState,
  archiveCustomer: aStep,
  restoreCustomer: aStep,
  changeStaff: aState,
  changeStaffArrangements: aState,
  setSubstitute: aState,
  removeAbsence: 'what is gone is not found',
  markStaffLeft: aStep,
  markStaffReturned: aStep,
  changeTeam: aState,
  archiveTeam: aStep,
  cancelBulkChange: aStep,
  undoBulkChange: aStep,
  ...Object.fromEntries(
    ['Customer', 'Visit', 'Complaint', 'Contact', 'Task'].flatMap((owner) => [
      [`attach${owner}File`, aStep],
      [`remove${owner}File`, 'what is gone is not found'],
    ]),
  ),
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
  updateTask: aState,
  assignTask: aState,
  snoozeTask: aState,
  completeTask: aStep,
  cancelTask: aStep,
  reopenTask: aStep,
  assignTasks: aState,
  snoozeTasks: aState,
  completeTasks: aStep,
  markNotificationsRead: aState,
  removeCalendarFeed: 'what is gone is not found',
  updateSurvey: aState,
  publishSurvey: aStep,
  closeSurvey: aStep,
  revokeInvitation: aStep,
  updateSegment: aState,
  archiveSegment: aStep,
  updateAutomation: aState,
  startAutomation: aStep,
  stopAutomation: aStep,
  removeAutomation: 'what is gone is not found',
  updateWebhookEndpoint: aState,
  disableWebhookEndpoint: aStep,
  enableWebhookEndpoint: aStep,
  deleteWebhookEndpoint: 'what is gone is not found',
  replayFailedDeliveries: 'what waits to be sent already is left alone',
  unlinkExternalRef: 'what is gone is not found',
}
