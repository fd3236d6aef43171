import { at, fileSteps, type Made, of, type Step, step } from './step.js'

const visit = ({ customer }: Made) => ({
  customerId: customer.id,
  mode: 'PHONE',
  purpose: 'Review',
  plannedStart: at(10),
  plannedEnd: at(11),
})

const complaint = ({ customer }: Made) => ({ customerId: customer.id, channel: 'phone', description: 'Open parcel' })

export const interactionsSteps: readonly Step[] = [
  step('planVisit', visit, { as: 'visit', other: { purpose: 'Other' } }),
  step('rescheduleVisit', (made) => ({ ...of('visit')(made), plannedStart: at(12), reason: 'They are away' })),
  step('assignVisit', of('visit')),
  step('confirmVisit', of('visit')),
  step('startVisit', of('visit')),
  step('completeVisit', (made) => ({ ...of('visit')(made), report: { summary: 'Went well' } })),
  step('correctVisit', (made) => ({ ...of('visit')(made), purpose: 'Yearly review', reason: 'Typo' }), {
    other: { reason: 'No' },
  }),
  step('voidVisit', (made) => ({ ...of('visit')(made), reason: 'Wrong customer' }), { other: { reason: 'No' } }),
  ...fileSteps('Visit', ({ visit: { id } }) => ({ visitId: id })),
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
  step('assignComplaint', of('complaint')),
  step('investigateComplaint', of('complaint')),
  step('recordRootCause', (made) => ({ ...of('complaint')(made), rootCause: 'Torn box' })),
  step('awaitCustomer', of('complaint')),
  step('recordCustomerReply', of('complaint'), { other: { reply: 'No' } }),
  step('proposeResponse', (made) => ({ ...of('complaint')(made), resolution: { decision: 'NOT_UPHELD' } })),
  step('communicateDecision', of('complaint')),
  step('recordCustomerReply', of('complaint'), { other: { reply: 'No' } }),
  step('closeComplaint', of('complaint')),
  step('reopenComplaint', (made) => ({ ...of('complaint')(made), reason: 'New facts' })),
  ...fileSteps('Complaint', ({ complaint: { id } }) => ({ complaintId: id })),
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
  ...fileSteps('Task', ({ task }) => ({ taskId: task.id })),
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
  step('reassignWork', () => ({ fromId: 'somebody', teamKey: 'returns', kinds: ['TASKS'] }), {
    other: { fromId: 'other' },
  }),
  step(
    'recordContact',
    ({ customer }) => ({ customerId: customer.id, kind: 'NOTE', direction: 'INTERNAL', body: 'b' }),
    { other: { body: 'c' }, as: 'contact' },
  ),
  step('correctContact', (made) => ({ ...of('contact')(made), body: 'c', reason: 'Typo' }), {
    other: { reason: 'No' },
  }),
  ...fileSteps('Contact', ({ contact }) => ({ contactId: contact.id })),
  step('voidContact', (made) => ({ ...of('contact')(made), reason: 'Wrong customer' }), { other: { reason: 'No' } }),
]
