import { policy } from '@clientele/kit'

/** Automations hold nothing of a customer: all staff see what happens by itself. What they do they do on behalf of their authors. */
export const automationPolicy = policy('Automation', {
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    sales: { clearance: 'PERSONAL', read: 'TENANT' },
    service: { clearance: 'PERSONAL', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
    profiles_account: { clearance: 'PLAIN', perform: 'TENANT' },
    interactions_account: { clearance: 'PLAIN', perform: 'TENANT' },
  },
  opens: {
    read: ['automation', 'automations', 'Automation.versions', 'Automation.moments'],
    write: ['createAutomation', 'updateAutomation', 'startAutomation', 'stopAutomation', 'removeAutomation'],
    perform: ['requestedAutomationActions'],
  },
  fields: {
    Automation: {
      PLAIN: [
        ...[
          'name',
          'description',
          'status',
          'currentVersion',
          'trigger',
          'customerCondition',
          'eventCondition',
          'actions',
        ],
        ...['authorId', 'author', 'startedAt', 'nextAt', 'fired', 'conditionFalse'],
      ],
    },
    AutomationMoment: { PLAIN: ['at', 'automationVersion', 'beganAt', 'endedAt', 'customers', 'reason'] },
    AutomationVersion: {
      PLAIN: ['number', 'trigger', 'customerCondition', 'eventCondition', 'actions', 'authorId', 'author', 'at'],
    },
    RequestedAutomationAction: { PLAIN: ['action', 'status', 'authorId', 'authorRoles', 'authorTerritories'] },
  },
})
