import {
  type Context,
  languageOf,
  linkHolder,
  linkTokenHash,
  type Route,
  tenantOfLinkToken,
  unknownEntity,
} from '@clientele/kit'
import { staff } from '../staff/staff.actions.js'
import { calendarDocument } from './calendar-document.js'
import { type CalendarStates, calendarEntriesOf, calendarStatesOf } from './calendar-entries.js'
import { CalendarFeed } from './calendar-feed.entity.js'
import { customerNamesFor, seesTexts } from './calendar-names.js'
import { readOnce } from './calendar-reading.js'
import { concernedBy, validatorOf } from './calendar-validator.js'

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
  answer: async (ctx, { headers, signal }) => {
    const { em, actor } = ctx
    const feed = await em.findOne(CalendarFeed, { subject: actor.subject })
    if (!feed) throw unknownEntity('CalendarFeed')
    const language = (await staff.known({ em }, [actor.subject], 'sub'))[0]?.language
    const states = await calendarStatesOf(ctx)
    const validator = await validatorOf(ctx, feed, states, language)
    await noteRead(ctx, feed)
    const known = knownBy(headers['if-none-match'])
    const caching = { 'cache-control': 'private, no-cache' }
    const unchanged = (etag: string) => ({ status: 304, headers: { ...caching, etag } })
    const complete = `"${validator}"`
    if (known(complete)) return unchanged(complete)
    const isChinese = languageOf(language ?? '') === 'zh'
    const { body, isComplete } = await readOnce(`${actor.tenant} ${feed.id}`, validator, signal, (reading) =>
      textOf(ctx, states, isChinese, reading),
    )
    const etag = isComplete ? complete : `"${validator}-nameless"`
    if (known(etag)) return unchanged(etag)
    return {
      headers: {
        ...caching,
        etag,
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'inline; filename="clientele.ics"',
      },
      body,
    }
  },
}

const textOf = async (ctx: Context, states: CalendarStates, isChinese: boolean, signal: AbortSignal) => {
  const reader = seesTexts(ctx.actor)
  const { visits, tasks } = await calendarEntriesOf(ctx, states, signal)
  const names = reader ? await customerNamesFor(ctx, reader, concernedBy(states), signal) : new Map<string, string>()
  const { tenant } = ctx.actor
  const shown = { tenant, visits, tasks, withTexts: reader !== undefined, isChinese, names: names ?? new Map() }
  return { body: await calendarDocument(shown, signal), isComplete: names !== undefined }
}

/** Whether a program has the content of an ETag. */
const knownBy = (header: string | undefined) => {
  const etags = (header ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return (etag: string) => etags.includes(etag)
}

/** Not with every reading: programs come as often as they like. */
const noteRead = async (ctx: Context, { id, readAt }: CalendarFeed) => {
  const now = ctx.now()
  if (readAt && now.getTime() - readAt.getTime() < notedMs) return
  await ctx.transaction((tx) => tx.em.execute('update calendar_feed set read_at = ? where id = ?', [now, id]))
}
