import { policy } from '@clientele/kit'

/** Segments are nobody's in particular and hold no personal data: all staff see them; who shapes campaigns and reports writes them. */
export const segmentPolicy = policy('Segment', {
  roles: {
    admin: { sees: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    manager: { sees: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    sales: { sees: 'PERSONAL', read: 'TENANT' },
    service: { sees: 'PERSONAL', read: 'TENANT' },
    analyst: { sees: 'PLAIN', read: 'TENANT', write: 'TENANT' },
    privacy_officer: { sees: 'SENSITIVE', read: 'TENANT' },
    service_account: { sees: 'PERSONAL', read: 'TENANT' },
  },
  opens: {
    read: ['segment', 'segments'],
    write: ['createSegment', 'updateSegment', 'archiveSegment'],
  },
  fields: {
    Segment: {
      PLAIN: ['key', 'name', 'description', 'kind', 'status', 'rule', 'ruleVersion', 'evaluation', 'evaluatedAt'],
    },
  },
})
