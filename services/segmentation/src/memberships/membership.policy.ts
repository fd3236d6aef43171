import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** A membership is whose its customer is: all staff see and count those in their access scope; who writes segments chooses members among them. */
export const membershipPolicy = policy('SegmentMembership', {
  ownership: { parent: { key: 'customerId', table: 'customer_facts' } },
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin, choose: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager, choose: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales },
    service: { clearance: 'PERSONAL', read: customerAccess.service },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst, choose: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
  },
  opens: {
    read: ['Segment.members', 'Segment.memberCount', 'Customer.segments'],
    choose: ['addToSegment', 'removeFromSegment'],
  },
  fields: {
    SegmentMembership: { PLAIN: ['enteredAt', 'exitedAt', 'reason', 'segment', 'customer'] },
    CustomerSegment: { PLAIN: ['key', 'name', 'enteredAt', 'segment'] },
  },
})
