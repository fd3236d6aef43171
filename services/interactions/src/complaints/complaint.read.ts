import { byId, computed, connection, key, part, reads, relation, type Special } from '@clientele/query-compiler'
import { staffBy, teamBy } from '../staff/staff.read.js'
import { overdueSql } from './complaint-overdue.js'

const special: Special = {
  overdue: (is: boolean, complaint, c) => `${overdueSql(complaint, c.now())} = ${is}`,
}

export const complaintReads = [
  reads('Complaint', {
    customer: key('customerId'),
    team: teamBy('owner_team'),
    assignee: staffBy('assignee_id'),
    duplicateOf: relation('Complaint', 'duplicateOfId'),
    overdue: computed((complaint, { now }) => overdueSql(complaint, now())),
    occurredAt: computed((complaint) => `${complaint}.received_at`),
    resolution: part(
      {
        decision: (complaint) => `${complaint}.decision`,
        remedy: (complaint) => `${complaint}.remedy`,
        communicatedAt: (complaint) => `${complaint}.communicated_at`,
        replyBy: (complaint) => `${complaint}.reply_by`,
        repliedAt: (complaint) => `${complaint}.replied_at`,
        amount: (complaint) => `${complaint}.compensation_amount`,
        currency: (complaint) => `${complaint}.compensation_currency`,
      },
      (complaint) => `${complaint}.decision is not null`,
    ),
  }),
  reads('ComplaintResolution', {
    compensation: part(
      { amount: (resolution) => `${resolution}.amount`, currency: (resolution) => `${resolution}.currency` },
      (resolution) => `${resolution}.amount is not null and ${resolution}.currency is not null`,
    ),
  }),
  reads('Customer', {
    complaints: connection('Complaint', { by: 'customerId', orderBy: [['receivedAt', 'desc']], special }),
  }),
  reads('Query', {
    complaint: byId('Complaint'),
    complaints: connection('Complaint', { orderBy: [['receivedAt', 'desc']], special }),
  }),
]
