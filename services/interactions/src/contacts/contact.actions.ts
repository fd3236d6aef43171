import { type ContactDirection, type ContactKind, contactRecorded, limits } from '@clientele/contracts'
import { type Context, checkNotFuture, checkText, validationIssues } from '@clientele/kit'
import { customers } from '../customer/customer.actions.js'
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
      const issues = validationIssues()
      checkNotFuture(issues, 'occurredAt', occurredAt, tx.now())
      const subject = checkText(issues, 'subject', input.subject, limits.contactSubject) ?? null
      const body = checkText(issues, 'body', input.body, limits.contactBody) ?? null
      issues.must(input.subject != null || input.body != null, 'body', 'contact.empty', 'a subject, a body or both')
      issues.refuse()
      const { id: customerId } = await customers.require(tx, input.customerId, contactPolicy.write, {
        archived: 'accepted',
      })
      const contact = tx.em.create(Contact, { customerId, kind, direction, occurredAt, subject, body } as never)
      tx.emit(contactRecorded, contact, { customerId, kind, direction, occurredAt: occurredAt.toISOString() })
      return contact
    },
    { key: input.idempotencyKey, operation: 'recordContact', input },
  )
