import { byId, connection, reads } from '@clientele/query-compiler'

export const automationReads = [
  reads('Query', {
    automation: byId('Automation'),
    automations: connection('Automation', { orderBy: [['name', 'asc']] }),
  }),
]
