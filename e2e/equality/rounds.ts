import { createRandom, type Random } from '@clientele/query-compiler/equality'
import { parse } from 'graphql'
import { actors, type Tenant, tenants } from './actors.js'
import { type Coverage, createCoverage } from './coverage.js'
import { compare, differences } from './differences.js'
import { type Fault, failureNames } from './faults.js'
import { collect, type Known } from './known.js'
import { generateMutation } from './mutations.js'
import { type Generated, generateQuery } from './operations.js'
import { type Asked, reproduction, told } from './reproduction.js'
import type { Reply, Stack, Stacks } from './stacks.js'
import { createValues } from './values.js'

export interface Counts {
  requests: number
  equal: number
  'equal but for positions in lists': number
  'equal but for the order of fields': number
  'with errors': number
  'with data': number
  'with a fault': number
  'further pages': number
  'mutations done': number
  'mutations refused by both': number
  /** One stack waited too long for the machine, and said the same as the other when it was asked again. */
  stalled: number
}

const services = ['profiles', 'interactions', 'surveys', 'segmentation', 'integrations']
/** Most send none. */
const headersOfClients: readonly Record<string, string>[] = [
  {},
  {},
  {},
  { 'x-clientele-cost': '1' },
  { accept: 'application/graphql-response+json' },
  { 'accept-language': 'zh-CN' },
]
const lanes = 4

/** Asks both stacks the same, again and again, while data moves between rounds; throws with a small reproduction where they differ. */
export const askManyOfBoth = async (
  stacks: Stacks,
  known: Record<Tenant, Known>,
  { seed, requests, mostMs }: { seed: number; requests: number; mostMs: number },
): Promise<{ counts: Counts; coverage: Coverage }> => {
  const coverage = createCoverage(stacks.schema)
  const counts: Counts = {
    requests: 0,
    equal: 0,
    'equal but for positions in lists': 0,
    'equal but for the order of fields': 0,
    'with errors': 0,
    'with data': 0,
    'with a fault': 0,
    'further pages': 0,
    'mutations done': 0,
    'mutations refused by both': 0,
    stalled: 0,
  }
  const end = Date.now() + mostMs
  for (let round = 0; counts.requests < requests && Date.now() < end; round++) {
    await Promise.all(Array.from({ length: lanes }, (_, lane) => askRelated(seed * 1_000_003 + round * lanes + lane)))
    await move(createRandom(seed * 7_919 + round))
  }
  return { counts, coverage }

  /** One document as several actors with several values, and on to further pages. */
  async function askRelated(of: number) {
    const random = createRandom(of)
    const tenant = random.one(tenants)
    const foreign = anotherThan(tenant)
    const values = createValues(random, known[tenant], known[foreign])
    const generated = generateQuery(stacks.schema, random, values)
    coverage.add(parse(generated.query))
    for (let times = random.one([1, 2, 3]); times > 0; times--) {
      const stranger = random.chance(0.05)
      const actor = random.chance(0.02) ? undefined : random.one(actors[stranger ? foreign : tenant])
      const headers = random.one(headersOfClients)
      const fault = random.chance(0.12) ? faultOf(random) : undefined
      let variables: Generated['variables'] | undefined = generated.variables
      for (let pages = 0; variables && pages < 3; pages++) {
        const { plain } = await hold({ query: generated.query, variables, headers, actor, fault })
        if (pages) counts['further pages']++
        variables = nextPage(generated, variables, plain)
      }
    }
  }

  async function hold(asked: Asked) {
    let replies = await stacks.askBoth(asked.actor, asked, asked.fault)
    if (isStalled(replies)) {
      counts.stalled++
      replies = await stacks.askBoth(asked.actor, asked, asked.fault)
    }
    const { plain, ours } = replies
    counts.requests++
    if (plain.body.errors) counts['with errors']++
    if (plain.body.data) counts['with data']++
    if (asked.fault) counts['with a fault']++
    const how = compare(asked.query, plain, ours)
    if (how === 'different') throw await reproduction(stacks, asked, differences(plain, ours))
    counts[how]++
    return replies
  }

  /** Changes data through either stack. What is refused changed nothing, and has to be refused by the other as well. */
  async function move(random: Random) {
    const tenant = random.one(tenants)
    const values = createValues(random, known[tenant], known[anotherThan(tenant)])
    const [first, second]: Stack[] = random.chance(0.5) ? ['ours', 'plain'] : ['plain', 'ours']
    for (let times = random.below(4); times > 0; times--) {
      const mutation = generateMutation(stacks.schema, random, values)
      const actor = random.chance(0.5) ? { roles: ['admin'], tenant } : random.one(actors[tenant])
      const done = await stacks.ask(first!, actor, mutation)
      if (!done.body.errors) {
        collect(done.body.data, known[tenant])
        counts['mutations done']++
        continue
      }
      const again = await stacks.ask(second!, actor, mutation)
      if (isStalled({ plain: done, ours: again })) {
        counts.stalled++
        continue
      }
      const found = differences(withoutRequest(done), withoutRequest(again))
      if (found.length) throw new Error(told({ ...mutation, actor }, found))
      counts['mutations refused by both']++
    }
    if (random.chance(0.2)) await stacks.platform.settle()
  }
}

/** Whether one stack alone could not reach something: all have the same machine and the same faults, so it is the machine that made it wait. */
const isStalled = ({ plain, ours }: Record<Stack, Reply>) => unreached(plain) !== unreached(ours)

const unreached = ({ body: { errors = [] } }: Reply) =>
  errors.filter(({ extensions }) => extensions?.code === 'UNAVAILABLE').length

const anotherThan = (tenant: Tenant) => tenants.find((each) => each !== tenant)!

const faultOf = (random: Random): Fault => ({
  service: random.one(services),
  failure: random.one(failureNames),
  asked: random.one(['entities', 'root fields', 'anything']),
})

/** The variables with cursors of what was answered; undefined where there is no further page. */
const nextPage = ({ pages }: Generated, variables: Generated['variables'], { body }: Reply) => {
  const cursors = pages.flatMap(({ variable, key }) => {
    const info = firstAt(body.data, key)?.pageInfo as { hasNextPage?: boolean; endCursor?: string } | undefined
    return info?.hasNextPage && info.endCursor ? [[variable, info.endCursor] as const] : []
  })
  return cursors.length ? { ...variables, ...Object.fromEntries(cursors) } : undefined
}

const firstAt = (node: unknown, key: string): Record<string, unknown> | undefined => {
  if (!node || typeof node !== 'object') return undefined
  for (const [name, value] of Object.entries(node)) {
    const found = name === key ? value : firstAt(value, key)
    if (found) return found as Record<string, unknown>
  }
  return undefined
}

/** The answer without the id of its request, which errors tell. */
const withoutRequest = (reply: Reply): Reply => {
  const text = reply.text.replaceAll(/equality-\d+/g, 'equality')
  return { ...reply, text, body: JSON.parse(text) }
}
