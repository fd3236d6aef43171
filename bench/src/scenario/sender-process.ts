import { readFile } from 'node:fs/promises'
import {
  type Answer,
  documents,
  drawShare,
  draws,
  failureOf,
  type Known,
  knownPages,
  learn,
  nothingKnown,
  type Operation,
  pick,
  type Role,
  type Scenario,
  scenarioNamed,
} from '@clientele/k6'
import { clientCredentials } from '@clientele/kit'
import { Pool } from 'undici'
import { serveParent } from '../surroundings/child.js'
import { arrive } from './arrivals.js'
import { createTally } from './measured.js'
import type { Person, Sending, TokenSource, Turn } from './sender.js'

/** An answer that takes longer is none. */
const patienceMs = 30_000

interface Ready {
  role: Role | undefined
  token(): Promise<string>
  known: Known
}

interface Opened {
  scenario: Scenario
  pool: Pool
  people: Ready[]
}

let opened: Opened | undefined
const texts = new Map<Operation, string>()

const tokenOf = (source: TokenSource): (() => Promise<string>) =>
  'token' in source ? async () => source.token : clientCredentials(source).token

const send = async (pool: Pool, token: string, operation: Operation, variables: object) => {
  try {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: texts.get(operation), operationName: operation, variables }),
      headersTimeout: patienceMs,
      bodyTimeout: patienceMs,
    })
    const text = await body.text()
    return { status: statusCode, answer: read(text) }
  } catch {
    return { status: 0, answer: undefined }
  }
}

const read = (text: string): Answer | undefined => {
  try {
    return JSON.parse(text) as Answer
  } catch {
    return undefined
  }
}

const acquaint = async (pool: Pool, { role, source }: Person): Promise<Ready> => {
  const token = tokenOf(source)
  const known = nothingKnown()
  for (let page = 0; page < knownPages; page++) {
    const { status, answer } = await send(pool, await token(), 'KnownCustomers', { after: known.cursors.at(-1) })
    const failure = failureOf(status, answer)
    if (failure || !answer) throw new Error(`The customers cannot be listed${role ? ` as ${role}` : ''}: ${failure}`)
    if (!learn(known, answer)) break
  }
  if (!known.customers.length) throw new Error(`There are no customers${role ? ` for ${role}` : ''} to ask about.`)
  return { role, token, known }
}

const open = async ({ scenario: name, url, people }: Sending) => {
  for (const [operation, file] of Object.entries(documents) as [Operation, string][]) {
    texts.set(operation, await readFile(new URL(`../../../${file}`, import.meta.url), 'utf8'))
  }
  const scenario = scenarioNamed(name)
  const takesPart = new Set(scenario.shares.map(({ role }) => role))
  const pool = new Pool(url, { connections: 256 })
  const ready: Ready[] = []
  for (const person of people.filter(({ role }) => !role || takesPart.has(role))) {
    ready.push(await acquaint(pool, person))
  }
  opened = { scenario, pool, people: ready }
}

const run = async ({ model, seconds, seed }: Turn) => {
  const { scenario, pool, people } = opened as Opened
  const peopleOf = new Map(
    scenario.shares.map(({ role }) => [role, people.filter((each) => each.role === undefined || each.role === role)]),
  )
  const tally = createTally(seconds)
  const began = performance.now()
  let actions = 0
  const act = async (dueAt: number) => {
    const draw = draws(seed * 1_000_003 + actions++)
    const { role, action } = drawShare(scenario, draw)
    const { token, known } = pick(draw, peopleOf.get(role) as Ready[])
    const answers: Answer[] = []
    let since = dueAt
    for (const { operation, variables } of action.steps) {
      const given = variables({ draw, known, answers, now: new Date() })
      const { status, answer } = await send(pool, await token(), operation, given)
      const now = performance.now()
      const failure = failureOf(status, answer)
      tally.add(operation, (now - began) / 1_000, now - since, failure)
      if (failure || !answer) return
      answers.push(answer)
      since = performance.now()
    }
  }
  const notBegun = await arrive(model, seconds, act)
  return tally.measured((performance.now() - began) / 1_000, notBegun)
}

serveParent<Sending | Turn>(
  async (message) => ('url' in message ? open(message) : run(message)),
  async () => opened?.pool.destroy(),
)
