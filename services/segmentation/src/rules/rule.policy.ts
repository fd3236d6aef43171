import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** All staff may try and explain rules: counts and ids of the customers in their access scope. */
export const rulePolicy = policy('SegmentRule', {
  ownership: { owner: 'ownerId', territory: 'territory' },
  roles: {
    admin: { clearance: 'SENSITIVE', try: customerAccess.admin },
    manager: { clearance: 'SENSITIVE', try: customerAccess.manager },
    sales: { clearance: 'PERSONAL', try: customerAccess.sales },
    service: { clearance: 'PERSONAL', try: customerAccess.service },
    analyst: { clearance: 'PLAIN', try: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', try: customerAccess.privacy_officer },
  },
  opens: { try: ['previewSegment', 'explainSegment'] },
  fields: {
    SegmentPreview: { PLAIN: ['count', 'sample'] },
    SegmentExplanation: { PLAIN: ['isMember', 'holds', 'conditions'] },
    SegmentConditionResult: { PLAIN: ['path', 'condition', 'holds'] },
  },
})
