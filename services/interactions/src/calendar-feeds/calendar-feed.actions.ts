import { calendarFeedCreated, calendarFeedRemoved, calendarFeedReplaced, limits } from '@clientele/contracts'
import {
  type Context,
  checkText,
  createLinkToken,
  linkTokenHash,
  locked,
  removeRecord,
  type Transaction,
  unknownEntity,
  validationIssues,
} from '@clientele/kit'
import { CalendarFeed } from './calendar-feed.entity.js'
import type { CreateCalendarFeedInput, RemoveCalendarFeedInput } from './calendar-feed.input.js'
import { calendarFeedPolicy } from './calendar-feed.policy.js'

/**
 * Makes the actor's link, in place of any that they have; the answer is the only one that holds it. Throws UNAVAILABLE where no public routes
 * are served.
 */
export const createCalendarFeed = (ctx: Context, input: CreateCalendarFeedInput): Promise<CalendarFeed> =>
  ctx.transaction(
    async (tx) => {
      const { subject, roles, tenant } = tx.actor
      tx.allow(calendarFeedPolicy.create, { ownerId: subject })
      const token = createLinkToken(tenant)
      const url = tx.link(`/calendar/${token}.ics`)
      const given = { roles: [...roles], tokenHash: linkTokenHash(token) }
      // Those who make a link at once follow one another.
      await tx.em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
        `calendar_feed ${tenant} ${subject}`,
      ])
      const known = await ownFeed(tx, subject)
      const feed = known ?? tx.em.create(CalendarFeed, { subject, readAt: null, ...given })
      if (known) Object.assign(known, given)
      tx.emit(known ? calendarFeedReplaced : calendarFeedCreated, feed, { ownerId: subject })
      return Object.assign(feed, { url })
    },
    { key: input.idempotencyKey, operation: 'createCalendarFeed', input },
  )

/** Ends a link. Throws INVALID, NOT_FOUND `calendar_feed.unknown`, also for one that the actor may not end. */
export const removeCalendarFeed = (ctx: Context, input: RemoveCalendarFeedInput): Promise<CalendarFeed> =>
  ctx.transaction(async (tx) => {
    tx.allow(calendarFeedPolicy.remove)
    const issues = validationIssues()
    const subject = checkText(issues, 'subject', input.subject, limits.subject) ?? tx.actor.subject
    issues.refuse()
    const known = await ownFeed(tx, subject)
    if (!known) throw unknownEntity('CalendarFeed')
    const feed = await locked(tx, CalendarFeed, known.id, calendarFeedPolicy.remove)
    await removeRecord(tx, CalendarFeed, feed)
    tx.emit(calendarFeedRemoved, feed, { ownerId: subject })
    return feed
  })

const ownFeed = ({ em }: Pick<Transaction, 'em'>, subject: string) => em.findOne(CalendarFeed, { subject })
