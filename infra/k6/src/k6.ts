import { sleep } from 'k6'
import exec from 'k6/execution'
import http from 'k6/http'
import { Counter, Rate, Trend } from 'k6/metrics'
import type { Options } from 'k6/options'
import {
  type Answer,
  boundsOf,
  documents,
  drawShare,
  draws,
  type Figures,
  failureOf,
  type Known,
  knownPages,
  learn,
  nothingKnown,
  type Operation,
  otherKind,
  type RunKind,
  scenarioNamed,
} from './index.js'

// What k6 brings and its types do not have.
declare global {
  interface ImportMeta {
    resolve(path: string): string
  }
}

const scenario = scenarioNamed(__ENV.SCENARIO ?? 'customer-360')
const url = `${__ENV.URL ?? 'http://127.0.0.1:4000'}/graphql`
const seconds = Number(__ENV.SECONDS ?? 60)
const clients = Number(__ENV.CLIENTS ?? 0)
const perSecond = Number(__ENV.RATE ?? scenario.perSecond)
const kind: RunKind = {
  scenario: scenario.name,
  model: clients ? { clients, thinkSeconds: scenario.thinkSeconds } : { perSecond },
  runner: 'k6',
}
const reference = __ENV.REFERENCE ? (JSON.parse(open(__ENV.REFERENCE)) as RunKind & { figures: Figures }) : undefined
const difference = reference && otherKind(reference, kind)
if (difference) throw new Error(difference)

const texts = Object.fromEntries(
  Object.entries(documents).map(([operation, file]) => [operation, open(import.meta.resolve(`../../../${file}`))]),
) as Record<Operation, string>

const duration = new Trend('clientele_request_duration', true)
const sent = new Counter('clientele_requests')
const failed = new Rate('clientele_failed')
const reasons = new Counter('clientele_failures')

const bounds = reference && boundsOf(scenario.limits, reference.figures)

export const options: Options = {
  scenarios: {
    [scenario.name]: clients
      ? { executor: 'constant-vus', vus: clients, duration: `${seconds}s` }
      : {
          executor: 'constant-arrival-rate',
          rate: perSecond,
          timeUnit: '1s',
          duration: `${seconds}s`,
          preAllocatedVUs: Math.max(10, perSecond),
          maxVUs: Math.max(100, perSecond * 10),
        },
  },
  thresholds: {
    clientele_failed: [`rate<=${scenario.limits.failures}`],
    ...(bounds && {
      clientele_request_duration: [`p(95)<=${bounds.p95}`],
      clientele_requests: [`count>=${bounds.requestsPerSecond * seconds}`],
    }),
  },
  summaryTrendStats: ['avg', 'med', 'p(95)', 'p(99)', 'max'],
}

let token: { text: string; until: number } | undefined

/** The token that is given, or that of a client, until half a minute before it expires. */
const currentToken = (): string => {
  if (__ENV.TOKEN) return __ENV.TOKEN
  if (token && token.until > Date.now()) return token.text
  const { TOKEN_URL, CLIENT_ID, CLIENT_SECRET } = __ENV
  if (!TOKEN_URL || !CLIENT_ID || !CLIENT_SECRET) {
    throw new Error('Say who asks: TOKEN, or TOKEN_URL with CLIENT_ID and CLIENT_SECRET.')
  }
  const form = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: CLIENT_SECRET }
  const given = http.post(TOKEN_URL, form).json() as { access_token: string; expires_in?: number }
  token = { text: given.access_token, until: Date.now() + ((given.expires_in ?? 60) - 30) * 1_000 }
  return token.text
}

const send = (operation: Operation, variables: object) =>
  http.post(url, JSON.stringify({ query: texts[operation], operationName: operation, variables }), {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${currentToken()}` },
    tags: { operation },
    timeout: '30s',
  })

const read = (body: unknown): Answer | undefined => {
  try {
    return JSON.parse(String(body)) as Answer
  } catch {
    return undefined
  }
}

export const setup = (): Known => {
  const known = nothingKnown()
  for (let page = 0; page < knownPages; page++) {
    const response = send('KnownCustomers', { after: known.cursors[known.cursors.length - 1] })
    const answer = read(response.body)
    const failure = failureOf(response.status, answer)
    if (failure || !answer) throw new Error(`The customers cannot be listed: ${failure}`)
    if (!learn(known, answer)) break
  }
  if (!known.customers.length) throw new Error('There are no customers to ask about.')
  return known
}

export default (known: Known): void => {
  const draw = draws(exec.scenario.iterationInTest)
  const { action } = drawShare(scenario, draw)
  const answers: Answer[] = []
  for (const { operation, variables } of action.steps) {
    const response = send(operation, variables({ draw, known, answers, now: new Date() }))
    const answer = read(response.body)
    const failure = failureOf(response.status, answer)
    sent.add(1)
    duration.add(response.timings.duration, { operation })
    failed.add(failure !== undefined)
    if (failure || !answer) {
      reasons.add(1, { reason: failure ?? 'no answer' })
      return
    }
    answers.push(answer)
  }
  if (clients && scenario.thinkSeconds) sleep(scenario.thinkSeconds)
}

interface Summary {
  metrics: Record<string, { values: Record<string, number> } | undefined>
}

/** The figures in the form that a reference has. */
export const handleSummary = ({ metrics }: Summary): Record<string, string> => {
  const times = metrics.clientele_request_duration?.values ?? {}
  const figures: Figures = {
    requestsPerSecond: (metrics.clientele_requests?.values.count ?? 0) / seconds,
    p50: times.med ?? 0,
    p95: times['p(95)'] ?? 0,
    p99: times['p(99)'] ?? 0,
    failures: metrics.clientele_failed?.values.rate ?? 0,
  }
  const report = `${JSON.stringify({ ...kind, seconds, figures }, null, 2)}\n`
  return { stdout: report, ...(__ENV.OUT && { [__ENV.OUT]: report }) }
}
