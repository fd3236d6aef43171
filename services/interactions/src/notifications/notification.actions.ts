import { limits, type NotificationKind, notificationCreated } from '@clientele/contracts'
import { type Context, checkId, checkList, idsParameter, type Transaction, validationIssues } from '@clientele/kit'
import type { Recipient } from '../staff/recipients.js'
import { type MarkedNotifications, Notification } from './notification.entity.js'
import type { MarkNotificationsReadInput } from './notification.input.js'

/** What somebody is told of. */
export interface Notice {
  kind: NotificationKind
  subject: { type: string; id: string }
  customerId: string | null
  /** What is told beside: what the author of an automation wrote, or how much work was handed over. */
  message?: string
}

/** What is told of something about a customer. */
export const noticeOf = (
  kind: NotificationKind,
  type: string,
  { id, customerId }: { id: string; customerId: string | null },
): Notice => ({ kind, subject: { type, id }, customerId })

/** Tells each of them once, with the commit; who stands in for somebody is told so. */
export const notify = (
  tx: Transaction,
  recipients: readonly Recipient[],
  { kind, subject, customerId, message }: Notice,
) => {
  for (const { subject: recipientId, standsInFor } of recipients) {
    const told = { kind, recipientId, standsInForId: standsInFor, customerId }
    const notification = tx.em.create(Notification, {
      ...told,
      subjectType: subject.type,
      subjectId: subject.id,
      message: message ?? null,
      readAt: null,
    })
    tx.emit(notificationCreated, notification, { ...told, about: subject })
  }
}

/** The same, without whoever caused it: nobody has to be told what they did themselves. */
export const notifyOthers = (tx: Transaction, recipients: readonly Recipient[], notice: Notice) =>
  notify(
    tx,
    recipients.filter(({ subject }) => subject !== tx.actor.subject),
    notice,
  )

/** Marks the viewer's own notifications as read; those that are so already, and those of others, stay as they are. Throws INVALID. */
export const markNotificationsRead = (
  ctx: Context,
  { ids, all }: MarkNotificationsReadInput,
): Promise<MarkedNotifications> =>
  ctx.transaction(async (tx) => {
    const issues = validationIssues()
    const given = checkList(issues, 'ids', ids ?? undefined, limits.notificationsMarked)
    issues.must(
      all !== (given !== undefined),
      'ids',
      'notification.ids_or_all',
      'the ids of notifications, or `all`, and not both',
    )
    for (const [at, id] of (given ?? []).entries()) checkId(issues, `ids.${at}`, id)
    issues.refuse()
    const marked = await tx.em.execute(
      `update notification set read_at = ?, version = version + 1, updated_at = ?, updated_by = ?
       where recipient_id = ? and read_at is null ${all ? '' : 'and id = any(?::uuid[])'} returning id`,
      [tx.now(), tx.now(), tx.actor.subject, tx.actor.subject, ...(given ? [idsParameter(given)] : [])],
    )
    return { marked: marked.length }
  })
