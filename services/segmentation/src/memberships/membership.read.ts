import { computed, connection, key, reads, relation } from '@clientele/query-compiler'

const isOpen = (membership: string) => `${membership}.exited_at is null`

export const membershipReads = [
  reads('SegmentMembership', { segment: relation('Segment', 'segmentId'), customer: key('customerId') }),
  reads('Segment', {
    members: connection('SegmentMembership', { by: 'segmentId', where: isOpen, orderBy: [['enteredAt', 'desc']] }),
    memberCount: computed(
      (segment, { andInScope }) => `select count(*)::int from segment_membership member
        where member.segment_id = ${segment}.id and ${isOpen('member')} ${andInScope('SegmentMembership', 'member')}`,
    ),
  }),
]
