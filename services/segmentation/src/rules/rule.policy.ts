import { customerReach } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** All staff may try and explain rules: counts and ids of the customers whom they reach. */
export const rulePolicy = policy('SegmentRule', {
  belongs: { owner: 'ownerId', territory: 'territory' },
  roles: {
    admin: { sees: 'SENSITIVE', try: customerReach.admin },
    manager: { sees: 'SENSITIVE', try: customerReach.manager },
    sales: { sees: 'PERSONAL', try: customerReach.sales },
    service: { sees: 'PERSONAL', try: customerReach.service },
    analyst: { sees: 'PLAIN', try: customerReach.analyst },
    privacy_officer: { sees: 'SENSITIVE', try: customerReach.privacy_officer },
    service_account: { sees: 'PERSONAL', try: customerReach.service_account },
  },
  opens: { try: ['previewSegment', 'explainSegment'] },
  fields: {
    SegmentPreview: { PLAIN: ['count', 'sample'] },
    SegmentExplanation: { PLAIN: ['isMember', 'holds', 'conditions'] },
    SegmentConditionResult: { PLAIN: ['path', 'condition', 'holds'] },
  },
})
