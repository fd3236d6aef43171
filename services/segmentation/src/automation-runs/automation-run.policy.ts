import { customerAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/**
 * A run is whose its customer is. Who writes automations tries them on the customers in their access scope, and has things done about those;
 * services do the latter on behalf of authors alone.
 */
export const automationRunPolicy = policy('AutomationRun', {
  ownership: { parent: { key: 'customerId', table: 'customer_facts' } },
  dataSubject: 'customerId',
  roles: {
    admin: { clearance: 'SENSITIVE', read: customerAccess.admin, try: 'TENANT', fire: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: customerAccess.manager, try: 'TERRITORY', fire: 'TERRITORY' },
    sales: { clearance: 'PERSONAL', read: customerAccess.sales },
    service: { clearance: 'PERSONAL', read: customerAccess.service },
    analyst: { clearance: 'PLAIN', read: customerAccess.analyst },
    privacy_officer: { clearance: 'SENSITIVE', read: customerAccess.privacy_officer },
  },
  onBehalf: { automation: ['fire'] },
  opens: { read: ['Automation.runs'], try: ['dryRunAutomation'], fire: [] },
  fields: {
    AutomationRun: {
      PLAIN: ['automationVersion', 'eventId', 'event', 'eventAt', 'outcome', 'reason', 'why', 'customer', 'actions'],
    },
    AutomationActionResult: { PLAIN: ['position', 'kind', 'outcome', 'reason', 'madeType', 'madeId'] },
    AutomationDryRun: { PLAIN: ['events', 'matches', 'customers', 'isComplete', 'sample'] },
    AutomationMatch: { PLAIN: ['eventId', 'event', 'at', 'customer'] },
  },
})
