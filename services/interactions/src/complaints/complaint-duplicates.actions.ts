import { complaintMarkedDuplicate, complaintReopened, complaintWithdrawn } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  Invalid,
  isId,
  locked,
  type PlainReason,
  type Transaction,
  type ValidationIssue,
} from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { Complaint } from './complaint.entity.js'
import type { MarkComplaintDuplicateInput, WithdrawComplaintInput } from './complaint.input.js'
import { complaintPolicy } from './complaint.policy.js'
import { complaintWorkflow, isOpen } from './complaint.workflow.js'
import { changeComplaint, checkedText, publishChange, publishStep } from './complaint-changes.js'
import { takeUpAgain } from './complaint-handling.actions.js'
import { tellOfEnd } from './complaint-notifications.js'

/**
 * Ends a complaint that repeats another one of the same customer. What it repeats in the end goes on: a duplicate of a duplicate repeats
 * the same original, and so does what repeated this one. Throws CONFLICT `complaint.original_ended` where the original is over, since
 * nobody would answer this one then (ISO 10002: no complaint is left without a response).
 */
export const markComplaintDuplicate = (ctx: Context, input: MarkComplaintDuplicateInput) =>
  changeComplaint(
    ctx,
    input,
    async (complaint, tx) => {
      const original = await originalOf(tx, complaint, input.duplicateOfId)
      if (!isOpen(original.status)) {
        throw new Conflict(`${original.number} is ${original.status}: nobody would answer this complaint any more.`, {
          reason: 'complaint.original_ended',
          fields: [fault('complaint.original_ended', 'a complaint that is open; one that is CLOSED may be reopened')],
        })
      }
      complaintWorkflow.move(complaint, 'DUPLICATE')
      complaint.duplicateOfId = original.id
      for (const each of await repetitionsOf(tx, complaint)) await follow(tx, each, original)
      await tellOfEnd(tx, complaint, 'COMPLAINT_DUPLICATE')
      return { event: complaintMarkedDuplicate, note: original.number }
    },
    { before: lockRepetitions },
  )

/** Ends a complaint that the customer took back. What repeats it is not taken back: the first of it is taken up again, and the rest repeats that one. */
export const withdrawComplaint = (ctx: Context, input: WithdrawComplaintInput) =>
  changeComplaint(
    ctx,
    input,
    async (complaint, tx) => {
      const note = checkedText('reason', input.reason)
      complaintWorkflow.move(complaint, 'WITHDRAWN')
      const [next, ...others] = await repetitionsOf(tx, complaint)
      if (next) {
        await takeUpAgain(tx, next)
        await publishStep(tx, next, { event: complaintReopened, note: complaint.number })
        for (const each of others) await follow(tx, each, next)
      }
      await tellOfEnd(tx, complaint, 'COMPLAINT_WITHDRAWN')
      return { event: complaintWithdrawn, note }
    },
    { before: lockRepetitions },
  )

/** A duplicate repeats another complaint from now on. Nothing was done about it, so it is no step: a history does not grow with those of others. */
const follow = async (tx: Transaction, duplicate: Complaint, original: Complaint) => {
  duplicate.duplicateOfId = original.id
  await publishChange(tx, duplicate, { event: complaintMarkedDuplicate })
}

/** Changes of what repeats what lock several complaints of a customer: one after the other, they never wait for each other in a circle. */
const lockRepetitions = async (tx: Transaction, id: string) => {
  if (!isId(id)) return
  await tx.em.execute(
    `select pg_advisory_xact_lock(hashtextextended('repetitions ' || current_tenant() || customer_id, 0)) from complaint where id = ?`,
    [id],
  )
}

const repetitionsOf = (tx: Transaction, { id }: Complaint) =>
  tx.em.find(
    Complaint,
    { duplicateOfId: id },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { receivedAt: 'asc', id: 'asc' } },
  )

/** What the complaint of this id repeats in the end: itself, unless it is a duplicate. */
const originalOf = async (tx: Transaction, complaint: Complaint, id: string) => {
  let original = await locked(tx, Complaint, id, complaintPolicy.handle)
  if (original.customerId !== complaint.customerId) {
    throw refused('complaint.other_customer', 'a complaint of the same customer')
  }
  while (original.duplicateOfId) {
    original = await locked(tx, Complaint, original.duplicateOfId, complaintPolicy.handle)
  }
  if (original === complaint)
    throw refused('complaint.duplicate_of_itself', 'another complaint, which does not repeat it')
  return original
}

const fault = (reason: PlainReason, message: string): ValidationIssue => ({
  path: 'input.duplicateOfId',
  reason,
  message,
})

const refused = (reason: PlainReason, message: string) =>
  new Invalid(`The input is not right: input.duplicateOfId: ${message}.`, { reason, fields: [fault(reason, message)] })
