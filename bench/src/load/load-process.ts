import { isDeepStrictEqual } from 'node:util'
import { draws } from '@clientele/k6'
import { Pool } from 'undici'
import { quantileOf } from '../report/spread.js'
import { serveParent } from '../surroundings/child.js'
import { distinct } from './distinct.js'
import type { LoadMessage, Measured, RoundOptions, Target } from './load.js'

interface Opened extends Target {
  pool: Pool
  path: string
  accepted: string[]
  /** Requests in rounds that have queries of their own, and how many had one. */
  mixed: number
  distinct: number
}

const targets = new Map<string, Opened>()

const target = (name: string) => targets.get(name) as Opened

const open = (added: Target) => {
  const { origin, pathname } = new URL(added.url)
  targets.set(added.name, {
    ...added,
    pool: new Pool(origin, { connections: 256 }),
    path: pathname,
    accepted: [],
    mixed: 0,
    distinct: 0,
  })
}

const requestOf = ({ requests }: Opened, at: number) => requests[at] as Target['requests'][number]

const ask = async ({ name, pool, path }: Opened, request: Target['requests'][number]) => {
  const { statusCode, body } = await pool.request({ method: 'POST', path, ...request })
  const text = await body.text()
  if (statusCode !== 200) throw new Error(`${name} answered HTTP ${statusCode}: ${text.slice(0, 1_000)}`)
  return text
}

/** Asks in words of its own; gives the answer in the usual ones. */
const askDistinct = async (opened: Opened, at: number) => {
  const request = requestOf(opened, at)
  if (opened.aliased === undefined) return ask(opened, request)
  const { body, original } = distinct(request.body, opened.aliased, ++opened.distinct)
  return original(await ask(opened, { ...request, body }))
}

/** `count` loops at a time until `next` has nothing more to ask. */
const inParallel = (count: number, work: () => Promise<boolean>) =>
  Promise.all(
    Array.from({ length: count }, async () => {
      while (await work());
    }),
  )

const answers = async (name: string, concurrency: number, count: number) => {
  const opened = target(name)
  const bodies: string[] = []
  let next = 0
  await inParallel(concurrency, async () => {
    const at = next++
    if (at >= count) return false
    bodies[at] = await ask(opened, requestOf(opened, at))
    return true
  })
  opened.accepted = bodies
  return bodies
}

const round = async (options: RoundOptions): Promise<Measured> => {
  const opened = target(options.target)
  const times: number[] = []
  const draw = draws(options.round)
  const distinctBefore = opened.distinct
  const began = performance.now()
  const end = began + options.seconds * 1_000
  await inParallel(options.concurrency, async () => {
    const sent = performance.now()
    if (sent >= end) return false
    const at = draw(opened.requests.length)
    const isDistinct = options.distinctEvery !== undefined && ++opened.mixed % options.distinctEvery === 0
    const text = await (isDistinct ? askDistinct(opened, at) : ask(opened, requestOf(opened, at)))
    times.push(performance.now() - sent)
    if (text !== opened.accepted[at]) {
      // An operation that is new to a gateway, or was forgotten, may be answered with other white space.
      if (!isDeepStrictEqual(JSON.parse(text), JSON.parse(opened.accepted[at] as string))) {
        throw new Error(`${opened.name} answered differently than before:\n${text}\n${opened.accepted[at]}`)
      }
      opened.accepted[at] = text
    }
    return true
  })
  const seconds = (performance.now() - began) / 1_000
  const distinct = opened.distinct - distinctBefore
  return { requests: times.length, distinct, seconds, p50: quantileOf(times, 0.5), p95: quantileOf(times, 0.95) }
}

const handle = async (message: LoadMessage) => {
  if (message.kind === 'target') open(message.target)
  if (message.kind === 'answers') return answers(message.target, message.concurrency, message.count)
  if (message.kind === 'round') return round(message)
  return undefined
}

serveParent(handle, () => Promise.all([...targets.values()].map(({ pool }) => pool.destroy())))
