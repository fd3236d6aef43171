import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/**
 * A complaint is whose its customer is, whoever's handles it or stands in for them, and the team's that looks after it. Whoever a customer may complain to receives it; sales leaves it to others to
 * handle. A compensation above the limit of the tenant is told to the customer by whoever may `approve`.
 */
export const complaintPolicy = policy('Complaint', {
  ownership: {
    owner: 'assigneeId',
    others: {
      whom: 'whoever stands in for them, and the members of the team in `ownerTeam`',
      table: 'complaint',
      condition: (complaint) =>
        `(${complaint}.assignee_id in (select stood_in_for(?)) or ${complaint}.owner_team in (select team_keys_of(?)))`,
    },
    parent: { key: 'customerId', table: 'customer' },
  },
  roles: {
    admin: {
      clearance: 'SENSITIVE',
      read: customerAccess.admin,
      receive: 'TENANT',
      handle: 'TENANT',
      approve: 'TENANT',
    },
    manager: {
      clearance: 'SENSITIVE',
      read: customerAccess.manager,
      receive: 'TERRITORY',
      handle: 'TERRITORY',
      approve: 'TERRITORY',
    },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales, receive: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: customerAccess.service, receive: 'TENANT', handle: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
  },
  onBehalf: { work_reassignment: ['handle'] },
  opens: {
    read: ['complaint', 'complaints', 'Customer.complaints'],
    receive: ['receiveComplaint'],
    handle: [
      'acknowledgeComplaint',
      'assessComplaint',
      'investigateComplaint',
      'recordRootCause',
      'awaitCustomer',
      'recordCustomerReply',
      'proposeResponse',
      'communicateDecision',
      'closeComplaint',
      'reopenComplaint',
      'withdrawComplaint',
      'markComplaintDuplicate',
      'escalateComplaint',
      'assignComplaint',
      'correctComplaint',
    ],
    approve: [],
  },
  fields: {
    Complaint: {
      PLAIN: [
        'number',
        'customerId',
        'customer',
        'status',
        'channel',
        'category',
        'severity',
        'safety',
        'ownerTeam',
        'team',
        'assigneeId',
        'assignee',
        'receivedAt',
        'occurredAt',
        'acknowledgeBy',
        'acknowledgedAt',
        'resolveBy',
        'overdueFrom',
        'pausedAt',
        'overdue',
        'escalated',
        'rootCauseCode',
        'resolution',
        'closedAt',
        'reopenedAt',
        'duplicateOfId',
        'duplicateOf',
        'steps',
        'corrections',
      ],
      PERSONAL: ['description', 'desiredRemedy', 'rootCause'],
    },
    ComplaintStep: { PLAIN: ['at', 'by', 'staff', 'action', 'status'], PERSONAL: ['note'] },
    ComplaintCorrection: { PLAIN: ['at', 'by', 'staff', 'changedFields'], PERSONAL: ['reason'] },
    ComplaintResolution: {
      PLAIN: ['decision', 'compensation', 'communicatedAt', 'replyBy', 'repliedAt'],
      PERSONAL: ['remedy'],
    },
  },
  inputs: {
    ReceiveComplaintInput: 'Complaint',
    CorrectComplaintInput: ['Complaint', 'ComplaintCorrection'],
    RecordRootCauseInput: 'Complaint',
    ComplaintResolutionInput: 'ComplaintResolution',
    EscalateComplaintInput: ['ComplaintStep', 'ComplaintCorrection'],
    WithdrawComplaintInput: ['ComplaintStep', 'ComplaintCorrection'],
    ReopenComplaintInput: ['ComplaintStep', 'ComplaintCorrection'],
  },
})
