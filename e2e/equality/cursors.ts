import type { Random } from '@clientele/query-compiler/equality'
import { tenants } from './actors.js'
import { type OrderedList, orderedLists } from './connections.js'
import { differences } from './differences.js'
import { forgedFrom } from './forged-cursors.js'
import type { Known } from './known.js'
import type { Stacks } from './stacks.js'

const everything = ['admin', 'manager', 'privacy_officer']

/** A list with cursors of its own. */
interface Given {
  list: OrderedList
  cursors: readonly string[]
}

/**
 * Tries forged cursors, those of other lists and those of another tenant on every list of the supergraph, at most `perList` of each, in both
 * stacks. Resolves with what was not as it should be: an answer that is neither a page nor INVALID, or differs between the stacks.
 */
export const tryCursors = async (
  stacks: Stacks,
  known: Record<string, Known>,
  { random, perList }: { random: Random; perList: number },
) => {
  const [tenant, other] = tenants
  const actor = (of: string) => ({ roles: everything, tenant: of })
  const ask = async (of: string, list: OrderedList, first: number, after: string | null) => {
    const variables = { ...list.variables(known[of]!), first, after }
    const { plain, ours } = await stacks.askBoth(actor(of), { query: list.query, variables })
    const error = plain.body.errors?.[0]?.extensions
    const page = list.pageIn(plain.body.data)
    // Whoever asks for the audit log adds to it, and not in both stacks at one moment.
    const differ = list.name === 'Query.auditLog' && page ? [] : differences(plain, ours)
    return { page, error, differ }
  }

  const faults: unknown[] = []
  const given: Given[] = []
  for (const list of orderedLists(stacks.schema)) {
    const { page, error } = await ask(tenant, list, 3, null)
    const none = await ask(tenant, list, 0, null)
    const follows = page?.totalCount > 0
    if (error || none.differ.length || none.page?.pageInfo.hasNextPage !== follows)
      faults.push([list.name, error, none])
    given.push({ list, cursors: page?.edges.map(({ cursor }: { cursor: string }) => cursor) ?? [] })
  }

  let requests = 0
  const check = async (list: OrderedList, after: string, isOwn?: boolean) => {
    requests++
    const { page, error, differ } = await ask(tenant, list, 2, after)
    const isRefused = error?.code === 'INVALID' && error.reason === 'cursor.invalid'
    const isRight = isOwn === undefined ? (page && !error) || isRefused : isOwn ? page && !error : isRefused
    if (!isRight || differ.length) faults.push({ list: list.name, after, error, page, differ })
  }
  for (const { list, cursors } of given) {
    const [cursor] = cursors
    if (!cursor) continue
    for (const forged of picked(random, forgedFrom(cursor), perList)) await check(list, forged)
    const others = given.filter((one) => one.list.ordering !== list.ordering && one.cursors.length > 0)
    for (const one of picked(random, others, Math.ceil(perList / 4))) {
      if (startOf(one.cursors[0]!) !== startOf(cursor)) await check(list, one.cursors[0]!, false)
    }
    const foreign = await ask(other, list, 1, null)
    if (foreign.page?.edges[0]) await check(list, foreign.page.edges[0].cursor, true)
  }
  return { lists: given.length, tried: given.filter(({ cursors }) => cursors.length).length, requests, faults }
}

/** So many of them by chance, or all where there are no more. */
const picked = <T>(random: Random, from: readonly T[], most: number): readonly T[] =>
  from.length <= most ? from : Array.from({ length: most }, () => random.one(from))

const startOf = (cursor: string): unknown => JSON.parse(Buffer.from(cursor, 'base64url').toString())[0]
