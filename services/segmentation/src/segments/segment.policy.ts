import { policy } from '@clientele/kit'

/** Segments are nobody's in particular and hold no personal data: all staff see them; who shapes campaigns and reports writes them. */
export const segmentPolicy = policy('Segment', {
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    sales: { clearance: 'PERSONAL', read: 'TENANT' },
    service: { clearance: 'PERSONAL', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT', write: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
  },
  opens: {
    read: ['segment', 'segments'],
    write: ['createSegment', 'updateSegment', 'archiveSegment'],
  },
  fields: {
    Segment: {
      PLAIN: [
        ...['key', 'name', 'description', 'kind', 'status', 'rule', 'ruleInWords', 'ruleVersion'],
        ...['evaluation', 'evaluatedAt'],
      ],
    },
  },
})
