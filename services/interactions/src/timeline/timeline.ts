import {
  type Actor,
  type Context,
  columnName,
  completeOrder,
  decodeCursor,
  idsParameter,
  type Ordering,
  type Page,
  pageOf,
  within,
} from '@clientele/kit'
import type { EntityClass } from '@mikro-orm/core'
import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql'
import { Complaint } from '../complaints/complaint.entity.js'
import { Contact } from '../contacts/contact.entity.js'
import { Visit } from '../visits/visit.entity.js'
import { type TimelineArgs, type TimelineEntry, TimelineKind } from './timeline.entity.js'
import { timelinePolicy } from './timeline.policy.js'
import type { TimelinePart, TimelineSource } from './timeline-part.js'

const entities: Record<TimelineKind, EntityClass<TimelineEntry>> = {
  [TimelineKind.VISIT]: Visit,
  [TimelineKind.COMPLAINT]: Complaint,
  [TimelineKind.CONTACT]: Contact,
}

const orderingOf = ({ direction }: TimelinePart): Ordering => ({
  list: 'TimelineEntry',
  orderBy: [
    ['occurredAt', direction],
    ['id', direction],
  ],
})

interface Place {
  kind: TimelineKind
  id: string
  occurredAt: Date
}

/**
 * A page of one part of what a customer and we had or will have to do with each other. All customers of a request share one statement for the
 * places in time and one per concrete type, the latter only if `rows`: where fields beside those of TimelineEntry are asked for.
 */
export const timelineOf = async (
  ctx: Pick<Context, 'actor' | 'loaders' | 'now'>,
  customerId: string,
  part: TimelinePart,
  { kinds, first, after }: TimelineArgs,
  { rows }: { rows: boolean },
): Promise<Page<TimelineEntry>> => {
  const { actor } = ctx
  const now = ctx.now()
  const ordering = orderingOf(part)
  completeOrder({ ...ordering, first })
  const cursor = after == null ? undefined : placeAt(after, ordering)
  const wanted = Object.values(TimelineKind).filter((kind) => kind in part.of && (kinds?.includes(kind) ?? true))
  const key = [part.direction, wanted]
  const places = wanted.length
    ? await ctx.loaders.batch(`timeline:${JSON.stringify([key, first, after])}`, customerId, (em, ids) =>
        placesOf({ em, actor, now, part, kinds: wanted }, ids, first + 1, cursor),
      )
    : []
  const load = ({ kind, id }: Place) => ctx.loaders.byId(entities[kind], id)
  const entries = rows
    ? (await Promise.all(places.map(load))).filter((entry) => entry !== null)
    : places.map(placeholder)
  return pageOf(entries, { ...ordering, first, after: after ?? null }, () =>
    ctx.loaders.batch(`timeline:${JSON.stringify(key)}:count`, customerId, (em, ids) =>
      countOf({ em, actor, now, part, kinds: wanted }, ids),
    ),
  )
}

const placeAt = (after: string, ordering: Ordering): readonly [occurredAt: string, id: string] => {
  const [occurredAt, id] = decodeCursor(after, ordering, ['timestamptz', 'uuid']) as [Date, string]
  return [occurredAt.toISOString(), id]
}

/** Whether a query for a timeline wants more of its entries than all of them have in common. */
export const wantsRows = ({ fieldNodes, fragments }: GraphQLResolveInfo): boolean => {
  const below = (set: SelectionSetNode | undefined): FieldNode[] =>
    (set?.selections ?? []).flatMap((selection) => {
      if (selection.kind === 'Field') return [selection]
      return below(
        selection.kind === 'InlineFragment' ? selection.selectionSet : fragments[selection.name.value]?.selectionSet,
      )
    })
  const named = (nodes: readonly FieldNode[], name: string) =>
    nodes.flatMap((node) => below(node.selectionSet)).filter((field) => field.name.value === name)
  const entries = [...named(fieldNodes, 'nodes'), ...named(named(fieldNodes, 'edges'), 'node')]
  return entries.flatMap((entry) => below(entry.selectionSet)).some(({ name }) => !common.has(name.value))
}

const common = new Set(['__typename', 'id', 'occurredAt'])

/** An entry of its type with nothing but what entries have in common. */
const placeholder = ({ kind, id, occurredAt }: Place): TimelineEntry =>
  Object.create(entities[kind].prototype, { id: { value: id }, occurredAt: { value: occurredAt } })

interface Reader {
  em: Context['em']
  actor: Actor
  now: Date
  part: TimelinePart
  kinds: readonly TimelineKind[]
}

/** The rows of one kind that stand in a part of the timeline of the customer `k.key`; the time is a parameter before those of the scope. */
const rowsOf = ({ part }: Reader, kind: TimelineKind, scope: string) => {
  const { type, at, where } = part.of[kind] as TimelineSource
  return `from ${columnName(type)} e where customer_id = k.key and ${part.when(`e.${at}`, '?::timestamptz')} ${where ? `and ${where('e')}` : ''} and ${scope}`
}

const placesOf = async (
  reader: Reader,
  customerIds: readonly string[],
  limit: number,
  cursor: readonly [occurredAt: string, id: string] | undefined,
): Promise<Place[][]> => {
  const { em, actor, now, part, kinds } = reader
  const { direction } = part
  const scope = inScopeOf(actor)
  const parts = kinds.map((kind) => {
    const { at } = part.of[kind] as TimelineSource
    return `(select '${kind}' as kind, id, ${at} as occurred_at ${rowsOf(reader, kind, scope.sql)}
      ${cursor ? `and (${at}, id) ${direction === 'desc' ? '<' : '>'} (?::timestamptz, ?::uuid)` : ''}
      order by ${at} ${direction}, id ${direction} limit ${limit})`
  })
  const rows = await em.execute<{ key: string; kind: TimelineKind; id: string; occurred_at: Date }[]>(
    `select k.key, e.* from unnest(?::uuid[]) as k(key) cross join lateral (
       select * from (${parts.join(' union all ')}) as entry order by occurred_at ${direction}, id ${direction} limit ${limit}
     ) as e`,
    [idsParameter(customerIds), ...kinds.flatMap(() => [now, ...scope.params, ...(cursor ?? [])])],
  )
  const byCustomer = Map.groupBy(rows, ({ key }) => key)
  return customerIds.map((id) =>
    (byCustomer.get(id.toLowerCase()) ?? []).map((row) => ({ ...row, occurredAt: new Date(row.occurred_at) })),
  )
}

const countOf = async (reader: Reader, customerIds: readonly string[]) => {
  const { em, actor, now, kinds } = reader
  const scope = inScopeOf(actor)
  const counts = kinds.map((kind) => `(select count(*) ${rowsOf(reader, kind, scope.sql)})`)
  const rows = await em.execute<{ key: string; total: string }[]>(
    `select k.key, ${counts.join(' + ') || 0} as total from unnest(?::uuid[]) as k(key)`,
    [...kinds.flatMap(() => [now, ...scope.params]), idsParameter(customerIds)],
  )
  const totals = new Map(rows.map(({ key, total }) => [key, Number(total)]))
  return customerIds.map((id) => totals.get(id.toLowerCase()) ?? 0)
}

/** The condition for the entries, called `e`, in the actor's access scope. */
const inScopeOf = (actor: Actor) => within(actor, timelinePolicy.read, 'e')
