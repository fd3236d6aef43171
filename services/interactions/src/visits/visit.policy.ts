import { policy } from '@clientele/kit'

/**
 * A visit belongs to whoever its customer belongs to, and to whoever makes it. Service reads visits; managers and sales
 * make them in their territories.
 */
export const visitPolicy = policy('Visit', {
  ownership: { owner: 'assigneeId', parent: { key: 'customerId', table: 'customer' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TERRITORY', write: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: 'TERRITORY', write: 'TERRITORY' },
    service: { clearance: 'PERSONAL', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
    service_account: { clearance: 'PERSONAL', read: 'TENANT' },
  },
  opens: {
    read: ['visit', 'visits', 'Customer.visits'],
    write: ['planVisit', 'rescheduleVisit', 'confirmVisit', 'startVisit', 'completeVisit', 'cancelVisit'],
  },
  fields: {
    Visit: {
      PLAIN: [
        'customerId',
        'customer',
        'status',
        'mode',
        'assigneeId',
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
      ],
      PERSONAL: ['purpose', 'objectives'],
    },
    VisitReschedule: { PLAIN: ['at', 'by', 'plannedStart', 'plannedEnd'], PERSONAL: ['reason'] },
    VisitReport: { PLAIN: ['sentiment', 'outcome'], PERSONAL: ['summary', 'customerFeedback'] },
    VisitCancellation: { PLAIN: ['at', 'by', 'reasonCode'], PERSONAL: ['reason'] },
  },
  inputs: {
    VisitFilter: 'Visit',
    PlanVisitInput: 'Visit',
    RescheduleVisitInput: 'VisitReschedule',
    VisitReportInput: 'VisitReport',
    CancelVisitInput: 'VisitCancellation',
  },
})
