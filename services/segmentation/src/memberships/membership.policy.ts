import { customerReach } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** A membership is whose its customer is: all staff see and count those whom they reach; who writes segments chooses members among them. */
export const membershipPolicy = policy('SegmentMembership', {
  belongs: { parent: { key: 'customerId', table: 'customer_facts' } },
  roles: {
    admin: { sees: 'SENSITIVE', read: customerReach.admin, choose: 'TENANT' },
    manager: { sees: 'SENSITIVE', read: customerReach.manager, choose: 'TERRITORY' },
    sales: { sees: 'PERSONAL', read: customerReach.sales },
    service: { sees: 'PERSONAL', read: customerReach.service },
    analyst: { sees: 'PLAIN', read: customerReach.analyst, choose: 'TENANT' },
    privacy_officer: { sees: 'SENSITIVE', read: customerReach.privacy_officer },
    service_account: { sees: 'PERSONAL', read: customerReach.service_account },
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
