import { advance, type SampleApi, type Steps } from './sample-api.js'
import { ensureFiles, type WithFiles } from './sample-files.js'
import { subjectOf } from './sample-staff.js'

interface SampleComplaint {
  customer: string
  fields: { channel: string; category: string; severity: string; description: string; desiredRemedy?: string }
  /** Who looks after it once it is assessed. */
  team?: string
  /** The demo user who handles it. */
  assignee?: string
  steps: Steps
}

const acknowledged: Steps = { RECEIVED: [['acknowledgeComplaint', 'ChangeComplaintInput']] }

const investigated = (category: string, severity: string, ownerTeam: string): Steps => ({
  ...acknowledged,
  ACKNOWLEDGED: [['assessComplaint', 'AssessComplaintInput', { category, severity, ownerTeam }]],
  ASSESSED: [['investigateComplaint', 'ChangeComplaintInput']],
})

const closed = (category: string, severity: string, rootCause: string, remedy: string, reply: string): Steps => ({
  ...investigated(category, severity, 'logistics'),
  INVESTIGATING: [
    ['recordRootCause', 'RecordRootCauseInput', { rootCause }],
    ['proposeResponse', 'ProposeResponseInput', { resolution: { decision: 'UPHELD', remedy } }],
  ],
  RESPONSE_PROPOSED: [['communicateDecision', 'CommunicateDecisionInput']],
  DECISION_COMMUNICATED: [
    ['recordCustomerReply', 'RecordCustomerReplyInput', { reply }],
    ['closeComplaint', 'ChangeComplaintInput'],
  ],
})

const complaints: SampleComplaint[] = [
  {
    customer: 'p-zhang-wei',
    fields: {
      channel: 'phone',
      category: 'delivery.late',
      severity: 'MEDIUM',
      description: '台灯比约定时间晚到三天。',
      desiredRemedy: '退还运费',
    },
    team: 'logistics',
    steps: closed('delivery.late', 'MEDIUM', '仓库分拣延误。', '退还运费并致歉。', '可以，谢谢。'),
  },
  {
    customer: 'p-zhang-wei',
    fields: { channel: 'web', category: 'product.defect', severity: 'HIGH', description: '办公椅升降杆有异响。' },
    team: 'quality',
    assignee: 'service',
    steps: investigated('product.defect', 'HIGH', 'quality'),
  },
  {
    customer: 'o-northgate',
    fields: {
      channel: 'email',
      category: 'invoice.wrong',
      severity: 'LOW',
      description: 'The September invoice names the wrong delivery site.',
      desiredRemedy: 'A corrected invoice',
    },
    steps: acknowledged,
  },
  {
    customer: 'p-sofia-keller',
    fields: {
      channel: 'phone',
      category: 'product.defect',
      severity: 'CRITICAL',
      description: 'The armrest of the chair broke off under normal use.',
    },
    steps: {},
  },
]

export interface KnownComplaint extends WithFiles {
  description: string
  status: string
  assigneeId: string | null
}

/** Complaints of one customer in the states that the sample shows, as far as there are teams for them; those that are there already are taken on. */
export const ensureComplaints = async (
  api: SampleApi,
  externalId: string,
  customer: { id: string; complaints: { nodes: KnownComplaint[] } },
  { staff, teams }: { staff: ReadonlySet<string>; teams: ReadonlySet<string> },
) => {
  for (const { fields, team, assignee, steps } of complaints.filter((complaint) => complaint.customer === externalId)) {
    const input = { customerId: customer.id, ...fields }
    const possible = team && !teams.has(team) ? acknowledged : steps
    const known = customer.complaints.nodes.find(({ description }) => description === fields.description)
    const made = known ?? (await api.change('receiveComplaint', 'ReceiveComplaintInput', input))
    const complaint = { assigneeId: null, files: [], ...made }
    await advance(api, complaint, possible)
    const assigneeId = assignee && subjectOf(assignee)
    if (assigneeId && staff.has(assigneeId) && complaint.assigneeId === null) {
      await api.change('assignComplaint', 'AssignComplaintInput', { id: complaint.id, assigneeId })
    }
    await ensureFiles(api, 'Complaint', fields.description, complaint)
  }
}
