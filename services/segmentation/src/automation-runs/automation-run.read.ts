import { connection, key, reads } from '@clientele/query-compiler'

export const automationRunReads = [
  reads('Automation', {
    runs: connection('AutomationRun', { by: 'automationId', orderBy: [['createdAt', 'desc']] }),
  }),
  reads('AutomationRun', { customer: key('customerId') }),
]
