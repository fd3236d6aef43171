import { createHash } from 'node:crypto'
import { type Context, linkHolder, linkTokenHash, type Route, tenantOfLinkToken, unknownEntity } from '@clientele/kit'
import { staff } from '../staff/staff.actions.js'
import { calendarDocument } from './calendar-document.js'
import { calendarEntriesOf } from './calendar-entries.js'
import { CalendarFeed } from './calendar-feed.entity.js'
import { customerNamesFor, seesTexts } from './calendar-names.js'

const notedMs = 5 * 60_000

/**
 * The calendar of whoever made the link: what they may see now, by the roles and territories that the directory tells; nothing once they have left.
 * Where it tells no roles, they are those with which they made the link.
 */
export const calendarRoute: Route = {
  method: 'GET',
  path: '/calendar/:token.ics',
  holder: async (nobody, token) => {
    const tenant = tenantOfLinkToken(token)
    if (!tenant) return undefined
    const { em } = nobody.as(linkHolder(tenant, 'calendar'))
    // Whoever holds the token reaches its feed: no role and no filter by roles says so.
    const feed = await em.findOne(CalendarFeed, { tokenHash: linkTokenHash(token) }, { filters: false })
    if (!feed) return undefined
    const known = (await staff.known({ em }, [feed.subject], 'sub'))[0]
    if (known && !known.active) return undefined
    const territories = (known?.territories ?? []).map((path) => (path === '*' ? '' : path))
    const roles = known?.roles ?? feed.roles
    return { subject: feed.subject, roles, tenant, territories, scopes: [], kind: 'person' }
  },
  answer: async (ctx, { headers }) => {
    const { em, actor } = ctx
    const feed = await em.findOne(CalendarFeed, { subject: actor.subject })
    if (!feed) throw unknownEntity('CalendarFeed')
    const { visits, tasks } = await calendarEntriesOf(ctx)
    const reader = seesTexts(actor)
    const concerned = [...new Set([...visits, ...tasks].flatMap(({ customerId }) => customerId ?? []))]
    const known = (await staff.known({ em }, [actor.subject], 'sub'))[0]
    const body = calendarDocument({
      ...{ tenant: actor.tenant, visits, tasks, withTexts: reader !== undefined },
      names: reader ? await customerNamesFor(ctx, reader, concerned) : new Map(),
      isChinese: known?.language?.startsWith('zh') === true,
    })
    await noteRead(ctx, feed)
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    const caching = { etag, 'cache-control': 'private, no-cache' }
    if (isKnown(headers['if-none-match'], etag)) return { status: 304, headers: caching }
    return {
      headers: {
        ...caching,
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'inline; filename="clientele.ics"',
      },
      body,
    }
  },
}

const isKnown = (header: string | undefined, etag: string) =>
  header?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag) === true

/** Not with every reading: programs come as often as they like. */
const noteRead = async (ctx: Context, { id, readAt }: CalendarFeed) => {
  const now = ctx.now()
  if (readAt && now.getTime() - readAt.getTime() < notedMs) return
  await ctx.transaction((tx) => tx.em.execute('update calendar_feed set read_at = ? where id = ?', [now, id]))
}
