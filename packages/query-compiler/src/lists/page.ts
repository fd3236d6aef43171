import { isPageSize } from '@clientele/kit'
import type { FieldNode, GraphQLObjectType } from 'graphql'
import { type Compilation, objectOf, objectTypeOf } from '../compile/compilation.js'
import { literal } from '../compile/leaf.js'
import { NotMappable } from '../compile/not-mappable.js'
import type { RequestedField } from '../reads/read.js'

/** The list that a page is cut out of. */
export interface List {
  /** Its rows in order, behind the cursor, at most so many. */
  select(limit: string): string
  /** The object of an entry, from the row of this name. */
  node(nodes: readonly FieldNode[], alias: string): string
  cursor(alias: string): string
  /** How many entries the whole list has. */
  count(): string
}

/** Fields of a type that are asked for. */
type Asking = readonly [GraphQLObjectType, readonly FieldNode[]]

const pageSize = (given: unknown): number => {
  if (isPageSize(given)) return given
  throw new NotMappable('a page size out of range')
}

/** A connection object: `nodes`, `edges`, `pageInfo`, `totalCount`, as far as they are asked for. */
export const pageSql = ({ field, nodes, args }: RequestedField, list: List, c: Compilation): string => {
  const page = c.alias()
  const { first, after } = args
  c.check(first, pageSize)
  const size = once(() => c.argument(first, 'int', pageSize))
  const type = objectTypeOf(field)
  const askedFor = (name: string, [of, asked]: Asking): Asking[] =>
    [...c.asked(of, asked).values()]
      .filter(([node]) => node!.name.value === name)
      .map((inner) => [objectTypeOf(of.getFields()[name]!), inner])
  // To know whether entries follow takes one more than the page has.
  const isMore = askedFor('pageInfo', [type, nodes]).some((info) => askedFor('hasNextPage', info).length > 0)
  const inPage = () => (isMore ? `filter (where ${page}.place_in_list <= ${size()})` : '')
  const cursors = () => `array_agg(${list.cursor(page)}) ${inPage()}`
  let needsRows = false
  const ofRows = (sql: string) => {
    needsRows = true
    return sql
  }
  const listed = (each: string) => ofRows(`coalesce(json_agg(${each}) ${inPage()}, '[]')`)

  const info: Record<string, () => string> = {
    hasNextPage: () => ofRows(`count(${page}.id) > ${size()}`),
    hasPreviousPage: () => (after == null ? 'false' : 'true'),
    startCursor: () => ofRows(`(${cursors()})[1]`),
    endCursor: () => ofRows(`(${cursors()})[least(count(${page}.id), ${size()})]`),
  }
  const members: Record<string, (asked: readonly FieldNode[], type: GraphQLObjectType) => string> = {
    nodes: (asked) => listed(list.node(asked, page)),
    edges: (asked, type) =>
      listed(object(type, asked, { node: (inner) => list.node(inner, page), cursor: () => list.cursor(page) })),
    pageInfo: (asked, type) => object(type, asked, info),
    totalCount: () => list.count(),
  }
  /** An object of one of the connection's own types. */
  const object = (type: GraphQLObjectType, asked: readonly FieldNode[], known: typeof members): string =>
    objectOf(
      new Map(
        [...c.asked(type, asked)].map(([key, inner]) => {
          const name = inner[0]!.name.value
          if (name === '__typename') return [key, literal(type.name)]
          return [key, known[name]!(inner, objectTypeOf(type.getFields()[name]!))]
        }),
      ),
    )

  const whole = object(type, nodes, members)
  if (!needsRows) return whole
  const limit = isMore ? c.argument(first, 'int', (given) => pageSize(given) + 1) : size()
  const place = isMore ? ', row_number() over () as place_in_list' : ''
  const rows = `select ${page}_rows.*${place} from (${list.select(limit)}) as ${page}_rows`
  return `(select ${whole} from (${rows}) as ${page})`
}

const once = <T>(make: () => T) => {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
