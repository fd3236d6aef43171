import { creatorResolvers, keyNamedBy } from '@clientele/kit'
import { reads, row } from '@clientele/query-compiler'
import { ExternalRef } from '../external-refs/external-ref.entity.js'
import { WebhookEndpoint } from '../webhook-endpoints/webhook-endpoint.entity.js'
import { staff } from './staff.actions.js'
import { Staff } from './staff.ref.js'

/** What somebody created. */
const created = [WebhookEndpoint, ExternalRef]

export const createdResolvers = creatorResolvers({ type: Staff, find: keyNamedBy(staff, 'staff', 'sub') }, created)

export const createdReads = created.map(({ name }) =>
  reads(name, { creator: row((one) => `select staff.id from staff where staff.sub = ${one}.created_by`) }),
)
