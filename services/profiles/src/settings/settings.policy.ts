import { policy } from '@clientele/kit'
import { sharedByAll } from './shared-by-all.js'

/** The settings of the tenant. */
export const settingsPolicy = policy('TenantSettings', {
  roles: sharedByAll,
  opens: { read: ['tenantSettings'], change: ['changeTenantSettings'] },
  fields: {
    TenantSettings: {
      PLAIN: [
        'country',
        'currency',
        'languages',
        'timeZone',
        'ratePivot',
        'rateAgeDays',
        'defaultCalendar',
        'approvalLimits',
        'visitCadences',
        'complaintDeadlines',
        'branding',
      ],
    },
    ApprovalLimits: { PLAIN: ['compensation'] },
    VisitCadence: { PLAIN: ['customerClass', 'days'] },
    ComplaintDeadline: { PLAIN: ['severity', 'acknowledge', 'resolve'] },
    Branding: { PLAIN: ['name', 'color', 'logoUrl'] },
  },
  inputs: {
    ChangeTenantSettingsInput: 'TenantSettings',
    ApprovalLimitsInput: 'ApprovalLimits',
    VisitCadenceInput: 'VisitCadence',
    ComplaintDeadlineInput: 'ComplaintDeadline',
    BrandingInput: 'Branding',
  },
})
