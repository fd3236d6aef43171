import { byId, connection, key, reads } from '@clientele/query-compiler'

export const contactReads = [
  reads('Contact', { customer: key('customerId') }),
  reads('Customer', { contacts: connection('Contact', { by: 'customerId', orderBy: [['occurredAt', 'desc']] }) }),
  reads('Query', { contact: byId('Contact') }),
]
