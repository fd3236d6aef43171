import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/**
 * A visit belongs to whoever its customer belongs to, and to whoever makes it or stands in for them. Service reads visits; managers and sales
 * make them in their territories. To void one is for those who answer for it.
 */
export const visitPolicy = policy('Visit', {
  ownership: {
    owner: 'assigneeId',
    others: {
      whom: 'whoever stands in for them',
      table: 'visit',
      condition: (visit) => `${visit}.assignee_id in (select stood_in_for(?))`,
    },
    parent: { key: 'customerId', table: 'customer' },
  },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin, write: 'TENANT', void: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager, write: 'TERRITORY', void: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales, write: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: customerAccess.service },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
  },
  onBehalf: { work_reassignment: ['write'] },
  opens: {
    read: ['visit', 'visits', 'Customer.visits'],
    write: [
      ...['planVisit', 'rescheduleVisit', 'confirmVisit', 'startVisit', 'completeVisit', 'cancelVisit'],
      ...['assignVisit', 'correctVisit'],
    ],
    void: ['voidVisit'],
  },
  fields: {
    Visit: {
      PLAIN: [
        'customerId',
        'customer',
        'status',
        'mode',
        'assigneeId',
        'assignee',
        'plannedStart',
        'plannedEnd',
        'confirmedAt',
        'actualStart',
        'actualEnd',
        'occurredAt',
        'rescheduleCount',
        'reschedules',
        'report',
        'cancellation',
        'corrections',
        'voiding',
      ],
      PERSONAL: ['purpose', 'objectives'],
    },
    VisitReschedule: { PLAIN: ['at', 'by', 'staff', 'plannedStart', 'plannedEnd'], PERSONAL: ['reason'] },
    VisitReport: { PLAIN: ['sentiment', 'outcome'], PERSONAL: ['summary', 'customerFeedback'] },
    VisitCorrection: { PLAIN: ['at', 'by', 'staff', 'changedFields'], PERSONAL: ['reason'] },
    VisitVoiding: { PLAIN: ['at', 'by', 'staff'], PERSONAL: ['reason'] },
    VisitCancellation: { PLAIN: ['at', 'by', 'staff', 'reasonCode'], PERSONAL: ['reason'] },
  },
  inputs: {
    VisitFilter: 'Visit',
    PlanVisitInput: 'Visit',
    RescheduleVisitInput: 'VisitReschedule',
    VisitReportInput: 'VisitReport',
    CancelVisitInput: 'VisitCancellation',
    CorrectVisitInput: ['Visit', 'VisitCorrection'],
    VisitReportCorrection: 'VisitReport',
    VoidVisitInput: 'VisitVoiding',
  },
})
