import {
  type Actor,
  type Context,
  completeOrder,
  decodeCursor,
  isId,
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

const sources: Record<TimelineKind, { entity: EntityClass<TimelineEntry>; table: string; time: string }> = {
  [TimelineKind.VISIT]: { entity: Visit, table: 'visit', time: 'occurred_at' },
  [TimelineKind.COMPLAINT]: { entity: Complaint, table: 'complaint', time: 'received_at' },
  [TimelineKind.CONTACT]: { entity: Contact, table: 'contact', time: 'occurred_at' },
}

const newestFirst: Ordering = {
  list: 'TimelineEntry',
  orderBy: [
    ['occurredAt', 'desc'],
    ['id', 'desc'],
  ],
}

interface Place {
  kind: TimelineKind
  id: string
  occurredAt: Date
}

/**
 * A page of what a customer and we had to do with each other, newest first. All customers of a request share one statement for the
 * places in time and one per concrete type, the latter only if `rows`: where fields beside those of TimelineEntry are asked for.
 */
export const timelineOf = async (
  ctx: Pick<Context, 'actor' | 'loaders'>,
  customerId: string,
  { kinds, first, after }: TimelineArgs,
  { rows }: { rows: boolean },
): Promise<Page<TimelineEntry>> => {
  const { actor } = ctx
  completeOrder({ ...newestFirst, first })
  const cursor = after == null ? undefined : placeAt(after)
  const wanted = Object.values(TimelineKind).filter((kind) => kinds?.includes(kind) ?? true)
  const places = wanted.length
    ? await ctx.loaders.batch(`timeline:${JSON.stringify([wanted, first, after])}`, customerId, (em, ids) =>
        placesOf({ em, actor }, ids, wanted, first + 1, cursor),
      )
    : []
  const load = ({ kind, id }: Place) => ctx.loaders.byId(sources[kind].entity, id)
  const entries = rows
    ? (await Promise.all(places.map(load))).filter((entry) => entry !== null)
    : places.map(placeholder)
  return pageOf(entries, { ...newestFirst, first, after: after ?? null }, () =>
    ctx.loaders.batch(`timeline:${wanted}:count`, customerId, (em, ids) => countOf({ em, actor }, ids, wanted)),
  )
}

const placeAt = (after: string): readonly [occurredAt: string, id: string] => {
  const [occurredAt, id] = decodeCursor(after, newestFirst, ['timestamptz', 'uuid']) as [Date, string]
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
  Object.create(sources[kind].entity.prototype, { id: { value: id }, occurredAt: { value: occurredAt } })

type Reader = Pick<Context, 'em' | 'actor'>

const placesOf = async (
  { em, actor }: Reader,
  customerIds: readonly string[],
  kinds: readonly TimelineKind[],
  limit: number,
  cursor: readonly [occurredAt: string, id: string] | undefined,
): Promise<Place[][]> => {
  const scope = inScopeOf(actor)
  const parts = kinds.map((kind) => {
    const { table, time } = sources[kind]
    return `(select '${kind}' as kind, id, ${time} as occurred_at from ${table} e where customer_id = k.key and ${scope.sql}
      ${cursor ? `and (${time}, id) < (?::timestamptz, ?::uuid)` : ''} order by ${time} desc, id desc limit ${limit})`
  })
  const rows = await em.execute<{ key: string; kind: TimelineKind; id: string; occurred_at: Date }[]>(
    `select k.key, e.* from unnest(?::uuid[]) as k(key) cross join lateral (
       select * from (${parts.join(' union all ')}) as entry order by occurred_at desc, id desc limit ${limit}
     ) as e`,
    [idList(customerIds), ...kinds.flatMap(() => [...scope.params, ...(cursor ?? [])])],
  )
  const byCustomer = Map.groupBy(rows, ({ key }) => key)
  return customerIds.map((id) =>
    (byCustomer.get(id.toLowerCase()) ?? []).map((row) => ({ ...row, occurredAt: new Date(row.occurred_at) })),
  )
}

const countOf = async ({ em, actor }: Reader, customerIds: readonly string[], kinds: readonly TimelineKind[]) => {
  const scope = inScopeOf(actor)
  const counts = kinds.map(
    (kind) => `(select count(*) from ${sources[kind].table} e where customer_id = k.key and ${scope.sql})`,
  )
  const rows = await em.execute<{ key: string; total: string }[]>(
    `select k.key, ${counts.join(' + ') || 0} as total from unnest(?::uuid[]) as k(key)`,
    [...kinds.flatMap(() => scope.params), idList(customerIds)],
  )
  const totals = new Map(rows.map(({ key, total }) => [key, Number(total)]))
  return customerIds.map((id) => totals.get(id.toLowerCase()) ?? 0)
}

/** The condition under which an actor reaches an entry, called `e`. */
const inScopeOf = (actor: Actor) => within(actor, timelinePolicy.read, 'e') ?? { sql: 'true', params: [] }

const idList = (ids: readonly string[]) => `{${ids.filter(isId).join(',')}}`
