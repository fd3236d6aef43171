import { contactCorrected, contactRecorded, contactVoided, limits } from '@clientele/contracts'
import {
  type Context,
  checkNotFuture,
  checkText,
  checkTime,
  expectVersion,
  locked,
  type ValidationIssues,
  validationIssues,
} from '@clientele/kit'
import { checkReason, correct, voided, voidingOf } from '../corrections/correct.js'
import { customers } from '../customer/customer.actions.js'
import { Contact } from './contact.entity.js'
import type { CorrectContactInput, RecordContactInput, VoidContactInput } from './contact.input.js'
import { contactPolicy } from './contact.policy.js'

/** Records a contact, with a subject, a body or both. Throws NOT_FOUND `customer.unknown`. */
export const recordContact = (ctx: Context, input: RecordContactInput) =>
  ctx.transaction(
    async (tx) => {
      const issues = validationIssues()
      const values = checkContact(issues, { ...input, occurredAt: input.occurredAt ?? tx.now() }, tx.now())
      issues.refuse()
      const { id: customerId } = await customers.require(tx, input.customerId, contactPolicy.write, {
        archived: 'accepted',
      })
      const contact: Contact = tx.em.create(Contact, {
        ...{ customerId, ...values },
        ...{ status: 'RECORDED', corrections: [] },
      })
      tx.emit(contactRecorded, contact, dataOf(contact))
      return contact
    },
    { key: input.idempotencyKey, operation: 'recordContact', input },
  )

/** Sets right what was recorded; saying the same again changes nothing. Throws NOT_FOUND, FORBIDDEN, INVALID with all faults, CONFLICT `version.stale`, `contact.voided`. */
export const correctContact = (ctx: Context, input: CorrectContactInput) =>
  ctx.transaction(
    async (tx) => {
      const contact = await locked(tx, Contact, input.id, contactPolicy.write)
      expectVersion(contact, input.expectedVersion)
      if (contact.status === 'VOIDED') throw voided('contact')
      const issues = validationIssues()
      const reason = checkReason(issues, input.reason)
      const values = checkContact(
        issues,
        {
          kind: input.kind ?? contact.kind,
          direction: input.direction ?? contact.direction,
          occurredAt: input.occurredAt ?? contact.occurredAt,
          subject: input.subject === undefined ? contact.subject : input.subject,
          body: input.body === undefined ? contact.body : input.body,
        },
        tx.now(),
      )
      issues.refuse()
      const changedFields = correct(tx, 'contact', contact, values, reason)
      if (changedFields.length) tx.emit(contactCorrected, contact, { ...dataOf(contact), changedFields })
      return contact
    },
    { key: input.idempotencyKey, operation: 'correctContact', input },
  )

/** Declares a contact void: it is kept, and counts for nothing. One that is void already stays as it is. Throws NOT_FOUND, FORBIDDEN, INVALID, CONFLICT `version.stale`. */
export const voidContact = (ctx: Context, input: VoidContactInput) =>
  ctx.transaction(
    async (tx) => {
      const contact = await locked(tx, Contact, input.id, contactPolicy.void)
      const issues = validationIssues()
      const reason = checkReason(issues, input.reason)
      issues.refuse()
      if (contact.status === 'VOIDED') return contact
      expectVersion(contact, input.expectedVersion)
      contact.status = 'VOIDED'
      contact.voiding = voidingOf(tx, reason)
      tx.emit(contactVoided, contact, dataOf(contact))
      return contact
    },
    { key: input.idempotencyKey, operation: 'voidContact', input },
  )

type Values = Pick<Contact, 'kind' | 'direction' | 'occurredAt'> & Partial<Pick<RecordContactInput, 'subject' | 'body'>>

const checkContact = (
  issues: ValidationIssues,
  { kind, direction, occurredAt, subject, body }: Values,
  now: Date,
): Pick<Contact, keyof Values> => {
  checkTime(issues, 'occurredAt', occurredAt, limits.eventTime)
  checkNotFuture(issues, 'occurredAt', occurredAt, now)
  const checked = {
    subject: checkText(issues, 'subject', subject, limits.contactSubject) ?? null,
    body: checkText(issues, 'body', body, limits.contactBody) ?? null,
  }
  issues.must(subject != null || body != null, 'body', 'contact.empty', 'a subject, a body or both')
  return { kind, direction, occurredAt, ...checked }
}

const dataOf = ({ customerId, kind, direction, occurredAt, status }: Contact) => ({
  ...{ customerId, kind, direction, status },
  occurredAt: occurredAt.toISOString(),
})
