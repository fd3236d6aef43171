import { limits } from '@clientele/contracts'
import { byArguments, key, reads, rows } from '@clientele/query-compiler'

export const externalRefReads = [
  reads('ExternalRef', { customer: key('customerId') }),
  reads(
    'Customer',
    {
      externalRefs: rows(
        (customer) =>
          `select * from external_ref where customer_id = ${customer}.id order by system, external_id limit ${limits.externalRefs.most}`,
      ),
    },
    { keptIn: 'customer' },
  ),
  reads('Query', {
    externalRef: byArguments('ExternalRef', {
      system: 'system',
      externalId: 'externalId',
      entityType: 'entityType',
    }),
  }),
]
