import { type ContactDirection, type ContactKind, contactRecorded } from '@clientele/contracts'
import type { Context } from '@clientele/kit'
import { requireCustomer } from '../customer/customer.actions.js'
import { checkInput } from '../input-check.js'
import { Contact } from './contact.entity.js'
import { contactPolicy } from './contact.policy.js'

export interface RecordContact {
  customerId: string
  kind: ContactKind
  direction: ContactDirection
  occurredAt?: Date | null
  subject?: string | null
  body?: string | null
  idempotencyKey?: string | null
}

/** Records a contact, with a subject, a body or both. Throws NOT_FOUND `customer.unknown`. */
export const recordContact = (ctx: Context, input: RecordContact) =>
  ctx.transaction(
    async (tx) => {
      const { kind, direction } = input
      const occurredAt = input.occurredAt ?? tx.now()
      const check = checkInput()
      check.past('occurredAt', occurredAt, tx.now())
      const subject = check.optionalLine('subject', input.subject, 500)
      const body = check.optionalText('body', input.body, 100_000)
      check.must(input.subject != null || input.body != null, 'body', 'contact.empty', 'a subject, a body or both')
      check.done()
      const { id: customerId } = await requireCustomer(tx, input.customerId, contactPolicy.write)
      const contact = tx.em.create(Contact, { customerId, kind, direction, occurredAt, subject, body } as never)
      tx.emit(contactRecorded, contact, { customerId, kind, direction, occurredAt: occurredAt.toISOString() })
      return contact
    },
    { key: input.idempotencyKey, operation: 'recordContact', input },
  )
