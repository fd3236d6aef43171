import { endedComplaintStatuses } from '@clientele/contracts'
import {
  arrayParameter,
  type Context,
  columnName,
  completeOrder,
  decodeCursor,
  type Ordering,
  type Page,
  pageOf,
} from '@clientele/kit'
import type { EntityClass } from '@mikro-orm/core'
import { Complaint } from '../complaints/complaint.entity.js'
import { standingInFor } from '../staff/recipients.js'
import { Task } from '../tasks/task.entity.js'
import { Visit } from '../visits/visit.entity.js'
import { openVisitStatuses } from '../visits/visit.workflow.js'
import type { AgendaArgs, AgendaEntry } from './agenda.entity.js'
import type { AgendaItem } from './agenda-item.js'

/** What of a type stands in an agenda, as SQL over its row `e`, `me` (`subject`, `whom` they do it for, `teams`) and `now`. */
interface AgendaSource {
  at: string
  /** When it is late. */
  lateFrom: string
  /** Whose it is, where it is one person's. */
  whose: string
  where: string
}

const codes = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ')

const sources: Readonly<Record<string, AgendaSource>> = {
  Task: {
    at: 'e.due_at',
    lateFrom: 'e.due_at',
    whose: 'e.assignee_id',
    where: `e.status = 'OPEN' and (e.assignee_id = any(me.whom) or e.team_key = any(me.teams))`,
  },
  Visit: {
    at: 'e.planned_start',
    lateFrom: 'e.planned_end',
    whose: 'e.assignee_id',
    where: `e.status in (${codes(openVisitStatuses)}) and e.assignee_id = any(me.whom)`,
  },
  Complaint: {
    at: 'e.overdue_from',
    lateFrom: 'e.overdue_from',
    whose: 'case when e.assignee_id = any(me.whom) then e.assignee_id end',
    where: `e.overdue_from is not null and e.communicated_at is null and e.status not in (${codes(endedComplaintStatuses)})
      and (e.assignee_id = any(me.whom) or e.assignee_id is null and e.owner_team = any(me.teams)
        or exists (select from customer where customer.id = e.customer_id and customer.owner_id = me.subject))`,
  },
}

const entities: Readonly<Record<string, EntityClass<AgendaItem>>> = { Task, Visit, Complaint }

const ordering: Ordering = {
  list: 'AgendaEntry',
  orderBy: [
    ['at', 'asc'],
    ['id', 'asc'],
  ],
}

/** The task, visit or complaint of an entry; null where the viewer does not see it. */
export const itemOf = (ctx: Context, { type, id }: AgendaEntry): Promise<AgendaItem | null> =>
  ctx.loaders.byId(entities[type] as EntityClass<AgendaItem>, id)

/** A page of what the viewer has to do, their own and of those whom they stand in for at this moment, in one statement. */
export const agendaOf = async (ctx: Context, { from, to, first, after }: AgendaArgs): Promise<Page<AgendaEntry>> => {
  completeOrder({ ...ordering, first })
  const cursor = after == null ? undefined : (decodeCursor(after, ordering, ['timestamptz', 'uuid']) as [Date, string])
  const { subject } = ctx.actor
  const now = ctx.now()
  const { whom, teams } = await standingInFor(ctx, subject, now)
  const me = [subject, arrayParameter(whom), arrayParameter(teams), now]
  const bounds = [...(from ? [{ sql: '>=', value: from }] : []), ...(to ? [{ sql: '<', value: to }] : [])]
  const listed = (columns: (source: AgendaSource, type: string) => string, rest: (source: AgendaSource) => string) =>
    Object.entries(sources).map(([type, source]) => {
      const within = bounds.map(({ sql }) => `and ${source.at} ${sql} ?::timestamptz`).join(' ')
      return `(select ${columns(source, type)} from ${columnName(type)} e, me where ${source.where} ${within} ${rest(source)})`
    })
  const withMe = 'with me as (select ? as subject, ?::text[] as whom, ?::text[] as teams, ?::timestamptz as now)'
  const within = bounds.map(({ value }) => value)
  const behind = cursor ? [cursor[0], cursor[1]] : []
  const limit = first + 1
  const parts = listed(
    ({ at, lateFrom, whose }, type) =>
      `'${type}' as type, e.id, ${at} as at, ${lateFrom} < me.now as overdue, nullif(${whose}, me.subject) as "standsInForId"`,
    ({ at }) => `${cursor ? `and (${at}, e.id) > (?::timestamptz, ?::uuid)` : ''} order by ${at}, e.id limit ${limit}`,
  )
  const rows = await ctx.em.execute<AgendaEntry[]>(
    `${withMe} select * from (${parts.join(' union all ')}) entry order by at, id limit ${limit}`,
    [...me, ...parts.flatMap(() => [...within, ...behind])],
  )
  const entries = rows.map((row) => ({ ...row, at: new Date(row.at) }))
  return pageOf(entries, { ...ordering, first, after: after ?? null }, async () => {
    const counts = listed(
      () => 'count(*)',
      () => '',
    )
    const [row] = await ctx.em.execute<{ total: string }[]>(`${withMe} select ${counts.join(' + ')} as total`, [
      ...me,
      ...counts.flatMap(() => within),
    ])
    return Number(row?.total)
  })
}
