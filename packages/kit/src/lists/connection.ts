import { limits } from '@clientele/contracts'
import type { EntityManager, EntityName, FilterQuery } from '@mikro-orm/postgresql'
import { ArgsType, type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql'
import { checkPageSize } from '../input/check-page-size.js'
import { rangeOf } from '../input/limit-sentence.js'
import { type Cursor, decodeCursor, encodeCursor, type Order, type Ordering } from './cursor.js'

@Directive('@shareable')
@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether entries follow this page.' })
  hasNextPage!: boolean
  @Field(() => Boolean, { description: 'Whether entries precede this page.' })
  hasPreviousPage!: boolean
  @Field(() => String, { nullable: true, description: 'Cursor of the first entry; null on an empty page.' })
  startCursor!: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last entry, to hand back as `after`; null on an empty page.',
  })
  endCursor!: string | null
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: `How many entries, ${rangeOf(limits.pageSize)}.` })
  first!: number
  @Field(() => String, { nullable: true, description: 'Continue after the entry with this cursor.' })
  after?: string | null
}

/** A page as resolvers return it; `totalCount` is a getter, so that it is computed only when it is asked for. */
export interface Page<T> {
  edges: { cursor: string; node: T }[]
  nodes: T[]
  pageInfo: PageInfo
  readonly totalCount: Promise<number>
}

/** Relay connection type of a node: `edges`, `nodes`, `pageInfo`, `totalCount`. Use it once per node type and keep it in a constant. */
export const connectionOf = <T extends object>(node: ClassType<T> | object, name: string): ClassType<Page<T>> => {
  @ObjectType(`${name}Edge`, { description: `An entry of a list of ${name}.` })
  class Edge {
    @Field(() => String, { description: 'Opaque position of this entry in its list.' })
    cursor!: string
    @Field(() => node as ClassType, { description: 'The entry itself.' })
    node!: T
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class Connection {
    @Field(() => [Edge], { description: 'The entries with their cursors.' })
    edges!: Edge[]
    @Field(() => [node as ClassType], { description: 'The entries themselves.' })
    nodes!: T[]
    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    pageInfo!: PageInfo
    @Field(() => Int, { description: 'How many entries the whole list has; computed only when asked for.' })
    readonly totalCount!: Promise<number>
  }
  return Connection as unknown as ClassType<Page<T>>
}

export interface PageRequest<T> {
  where?: FilterQuery<NoInfer<T>>
  /** Nullable properties cannot be part of an order. */
  orderBy: Order
  first: number
  after?: string | null
}

/** One keyset page of an entity. Throws INVALID for a page size out of range or a cursor of another list. */
export const paginate = async <T extends object>(
  em: EntityManager,
  entity: EntityName<T>,
  request: PageRequest<T>,
): Promise<Page<T>> => {
  const orderBy = completeOrder(request)
  const where = request.where ?? ({} as FilterQuery<T>)
  const ordering = { list: nameOf(em, entity), orderBy }
  const after = cursorOf(em, entity, ordering, request.after)
  const found = await em.find<T>(entity, (after ? { $and: [where, behind(orderBy, after)] } : where) as never, {
    orderBy: orderBy.map(([property, direction]) => ({ [property]: direction })) as never,
    limit: request.first + 1,
  })
  return pageOf(found as T[], { ...request, ...ordering }, () => em.count<T>(entity, where as never))
}

const nameOf = <T extends object>(em: EntityManager, entity: EntityName<T>): string =>
  em.getMetadata().get<T>(entity as never).className

/** The place that a page continues behind, if any. Throws INVALID `cursor.invalid`. */
export const cursorOf = <T extends object>(
  em: EntityManager,
  entity: EntityName<T>,
  ordering: Ordering,
  after: string | null | undefined,
): Cursor | undefined => {
  if (after == null) return undefined
  const { properties } = em.getMetadata().get<T>(entity as never)
  const columns = properties as unknown as Record<string, { columnTypes: string[] } | undefined>
  const types = ordering.orderBy.map(([property]) => columns[property]?.columnTypes[0])
  return decodeCursor(after, ordering, types)
}

/** The page of rows that were read in order, with one row more than `first` where there are more. */
export const pageOf = <T extends object>(
  rows: readonly T[],
  request: Ordering & Pick<PageRequest<T>, 'first' | 'after'>,
  count: () => Promise<number>,
): Page<T> => {
  const nodes = rows.slice(0, request.first)
  const edges = nodes.map((node) => ({ cursor: encodeCursor(node, request), node }))
  return {
    nodes,
    edges,
    pageInfo: {
      hasNextPage: rows.length > request.first,
      hasPreviousPage: request.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    get totalCount() {
      return count()
    },
  }
}

export const completeOrder = <T>({ orderBy, first }: PageRequest<T>): Order => {
  checkPageSize(first)
  if (orderBy.some(([property]) => property === 'id')) return orderBy
  return [...orderBy, ['id', orderBy.at(-1)?.[1] ?? 'asc']]
}

/**
 * Condition for the entries behind a cursor: on the first key that differs, the entry comes later.
 * The bound on the first key follows from the rest; it lets the database start in the index where the page starts.
 */
export const behind = (order: Order, cursor: Cursor): object => ({
  $and: [
    { [order[0]![0]]: beyond(order[0]![1], cursor[0], 'e') },
    {
      $or: order.map(([property, direction], depth) => ({
        ...Object.fromEntries(order.slice(0, depth).map(([equal], at) => [equal, cursor[at]])),
        [property]: beyond(direction, cursor[depth]),
      })),
    },
  ],
})

const beyond = (direction: 'asc' | 'desc', value: unknown, orEqual = '') => ({
  [`${direction === 'asc' ? '$gt' : '$lt'}${orEqual}`]: value,
})
