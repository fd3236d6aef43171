import { actors, type Tenant, tenants } from './actors.js'
import type { Known } from './known.js'
import type { Operation, Reply, Stacks } from './stacks.js'

/**
 * A few documents that everybody asks with values of their own, so that all that is cached by document or by authorization profile
 * is shared.
 */
const documents: readonly [query: string, variables: (known: Known, at: number) => Record<string, unknown>][] = [
  [
    `query One($id: ID!, $first: Int!, $with: Boolean!) { customer(id: $id) { id number displayName ownerId territory
      visits(first: $first) { totalCount nodes { id purpose } } timeline(first: $first) { nodes { __typename id } }
      complaints(first: $first) @include(if: $with) { nodes { id number } } rfm { r f m } externalRefs { externalId } satisfaction { nps } } }`,
    (known, at) => ({ id: pick(known.Customer, at), first: 1 + (at % 4), with: at % 3 > 0 }),
  ],
  [
    `query Listed($first: Int!, $status: VisitStatus!) { visits(first: $first, filter: { status: { eq: $status } }) {
      totalCount nodes { id purpose assigneeId customer { id displayName segments { key } } } } }`,
    (_, at) => ({ first: 1 + (at % 7), status: at % 2 ? 'PLANNED' : 'CONFIRMED' }),
  ],
  [
    `query Some($ids: [ID!]!) { customersById(ids: $ids) { id displayName tags { key } surveyResponses(first: 2) { nodes { id nps } } } }`,
    (known, at) => ({ ids: [pick(known.Customer, at), pick(known.Customer, at * 3), pick(known.Customer, at * 5)] }),
  ],
  [
    `query All($first: Int!) { customers(first: $first) { totalCount nodes { id displayName complaints(first: 2) { nodes { id description } } } } }`,
    (_, at) => ({ first: 1 + (at % 5) }),
  ],
]

const pick = (from: readonly unknown[] | undefined, at: number) => from?.[at % from.length]

/** Asks as many tenants, roles and territories at once, after each was asked alone; tells of every answer that became another. */
export const hotStorm = async ({ ask }: Stacks, known: Record<Tenant, Known>, rounds: number, atOnce = 32) => {
  const asked = tenants.flatMap((tenant) =>
    actors[tenant].flatMap((actor, who) =>
      documents.map(([query, variablesOf], document) => {
        const operation: Operation = { query, variables: variablesOf(known[tenant], who * 5 + document) }
        return { actor, operation }
      }),
    ),
  )
  const alone: string[] = []
  for (const { actor, operation } of asked) alone.push(await textOf(ask('plain', actor, operation)))

  const faults: string[] = []
  let requests = 0
  // Strides that have no factor in common with the number of requests bring each of them beside ever other ones.
  const order = Array.from(
    { length: asked.length * rounds },
    (_, at) => (at * 37 + Math.floor(at / asked.length)) % asked.length,
  )
  const lane = async () => {
    for (let at = order.pop(); at !== undefined; at = order.pop()) {
      const { actor, operation } = asked[at]!
      const text = await textOf(ask('ours', actor, operation))
      requests++
      if (text !== alone[at]) faults.push(`${JSON.stringify({ actor, operation })}: ${alone[at]} became ${text}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return { requests, faults: faults.slice(0, 5) }
}

const textOf = async (reply: Promise<Reply>) => {
  const { body } = await reply
  if (!('data' in body)) throw new Error(JSON.stringify(body.errors))
  const errors = body.errors?.map(({ path, message }) => JSON.stringify([path, message])).toSorted()
  return JSON.stringify([body.data, errors])
}
