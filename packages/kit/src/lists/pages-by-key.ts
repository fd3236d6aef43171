import { type EntityManager, type EntityName, type FilterQuery, RawQueryFragment, raw } from '@mikro-orm/postgresql'
import { isId } from '../input/id.js'
import { idsParameter } from '../postgres/statements/array-parameter.js'
import type { Context } from '../service/context.js'
import { behind, completeOrder, cursorOf, type Page, type PageRequest, pageOf } from './connection.js'

interface PagesByKey<T> extends PageRequest<T> {
  /** The property that holds the parent's id, such as `customerId`. */
  by: string
  key: string
}

/**
 * A page of the entities that belong to one parent. All parents that one request asks with the same arguments
 * share one statement, which walks the index (tenant, parent, order) once per parent.
 */
export const pageByKey = async <T extends object>(
  ctx: Pick<Context, 'loaders'>,
  entity: EntityName<T>,
  { by, key, ...page }: PagesByKey<T>,
): Promise<Page<T>> => {
  const request = page as PageRequest<T>
  const orderBy = completeOrder(request)
  const where = request.where ?? ({} as FilterQuery<T>)
  const ordering = { list: nameOf(entity), orderBy }
  const list = `${ordering.list}.${by}:${textOf(where)}`
  const asked = JSON.stringify([orderBy, request.first, request.after])
  const rows = await ctx.loaders.batch(`${list}:${asked}`, key, (em, keys) => {
    const after = cursorOf(em, entity, ordering, request.after)
    return lateral(em, entity, by, keys, {
      where: (after ? { $and: [where, behind(orderBy, after)] } : where) as FilterQuery<T>,
      orderBy,
      first: request.first,
    })
  })
  return pageOf(rows, { ...request, ...ordering }, () =>
    ctx.loaders.batch(`${list}:count`, key, (em, keys) => countByKey(em, entity, by, keys, where)),
  )
}

const lateral = async <T extends object>(
  em: EntityManager,
  entity: EntityName<T>,
  by: string,
  keys: readonly string[],
  request: Omit<PageRequest<T>, 'where'> & { where: FilterQuery<T> },
): Promise<T[][]> => {
  const query = em
    .createQueryBuilder(entity, 'e')
    .select('*' as never)
    .where({ $and: [request.where, { [by]: raw('k.key') }] } as never)
    .orderBy(Object.fromEntries(request.orderBy) as never)
    .limit(request.first + 1)
  await query.applyFilters()
  const own = query.toQuery()
  const rows = await em.execute<{ key: string }[]>(
    `select k.key, p.* from unnest(?::uuid[]) as k(key) cross join lateral (${own.sql}) p`,
    [idsParameter(keys), ...own.params],
  )
  const byKey = Map.groupBy(rows, (row) => row.key)
  return keys.map((key) =>
    (byKey.get(key.toLowerCase()) ?? []).map(({ key: _, ...row }) => em.map(entity, row as never) as T),
  )
}

const countByKey = async <T extends object>(
  em: EntityManager,
  entity: EntityName<T>,
  by: string,
  keys: readonly string[],
  where: FilterQuery<T>,
): Promise<number[]> => {
  const query = em
    .createQueryBuilder(entity, 'e')
    .select([by, raw('count(*) as counted_entries')] as never)
    .where({ $and: [where, { [by]: { $in: keys.filter(isId) } }] } as never)
    .groupBy(by as never)
  await query.applyFilters()
  const rows = (await query.execute('all')) as Record<string, unknown>[]
  const totals = new Map(rows.map((row) => [row[by], Number(row.counted_entries)]))
  return keys.map((key) => totals.get(key.toLowerCase()) ?? 0)
}

const nameOf = (entity: unknown) => (typeof entity === 'string' ? entity : String((entity as { name?: string }).name))

// Conditions may hold pieces of SQL, also as keys, of which JSON alone would lose the parameters or everything.
const textOf = (where: unknown): string =>
  JSON.stringify(where, function (this: Record<string, unknown>, name, value) {
    const given = this[name]
    if (given instanceof RawQueryFragment) return [given.sql, given.params]
    if (!given || typeof given !== 'object') return value
    const pieces = Object.getOwnPropertySymbols(given) as (keyof typeof given)[]
    if (!pieces.length) return value
    return [Object.entries(given), pieces.map((key) => [RawQueryFragment.getKnownFragment(key), given[key]])]
  })
