import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { UsageError, whole } from '../options.js'
import type { TokenSource } from './sender.js'

/** How a scenario is run. */
export interface LoadOptions {
  scenario: string
  seconds: number
  /** Actions begun a second; that of the scenario unless given. */
  rate?: number
  /** So many clients in the stead of a rate, and how long each waits between two actions. */
  clients?: number
  thinkSeconds?: number
  seed: number
  /** Whether to judge memory, connections and events over the run. */
  soak: boolean
  /** A platform that runs already, and who asks there; unless given, one is started. */
  elsewhere?: Elsewhere
  home: string
  customers: number
  fresh: boolean
  /** File of an earlier run's report. */
  reference?: string
  /** Files for the report: JSON, or a page where the name ends in .html. */
  out: readonly string[]
  json: boolean
}

export interface Elsewhere {
  url: string
  source: TokenSource
  metrics: readonly string[]
  database: string | undefined
}

export const usage = (scenarios: readonly { name: string; summary: string }[]) => `npm run load -- SCENARIO [options]

Scenarios:
${scenarios.map(({ name, summary }) => `  ${name.padEnd(22)} ${summary}`).join('\n')}

How much:
  --seconds N, --minutes N  length, default 60 s; of each part where there are two
  --rate N                  actions that begin in a second, default that of the scenario
  --clients N               clients that wait for their answers, in the stead of a rate
  --think S                 seconds that a client waits between two actions, default that of the scenario
  --seed N                  which actions and values are drawn, default 1
  --soak                    judge memory, handles, connections and events over the run

Where:
  --embedded                start a platform for the run: PostgreSQL, nats-server, issuer, clientele serve. So unless --url is given
  --customers N             customers to seed, default 20000
  --fresh                   seed anew although today's seed is there
  --home DIR                where the data is kept, default .clientele/load
  --url U                   a platform that runs: its gateway. It is written to!
  --token T                 an access token there, default CLIENTELE_TOKEN; or by client credentials:
  --issuer U --client-id ID the secret in CLIENT_SECRET
  --metrics URLS            where its processes serve metrics, with commas between them
  --database URL            a database of its server, for whoever sees all sessions

What comes of it:
  --reference FILE          hold the run against the report of an earlier one
  --out FILE                write the report: JSON, or a page with plots where FILE ends in .html; several with commas
  --json                    print the line of JSON only

Exit code: 0 all held, 1 a limit was missed or it failed, 2 used wrongly.`

const home = fileURLToPath(new URL('../../../.clientele/load', import.meta.url))

/** Reads the arguments behind `npm run load --`. Throws UsageError. */
export const readLoadArguments = (
  args: readonly string[],
  env: { CLIENTELE_TOKEN?: string | undefined; CLIENT_SECRET?: string | undefined } = {},
): LoadOptions | undefined => {
  const { values, positionals } = parse(args)
  const [scenario, ...more] = positionals
  if (values.help || scenario === undefined) return undefined
  if (more.length) throw new UsageError(`One scenario at a time: ${positionals.join(', ')}`)
  if (values.seconds && values.minutes) throw new UsageError('--seconds or --minutes, not both.')
  if (values.rate && values.clients) throw new UsageError('--rate or --clients, not both.')
  if (values.think && !values.clients) throw new UsageError('--think is for --clients.')
  if (values.url && values.embedded) throw new UsageError('--url or --embedded, not both.')
  const seconds = values.minutes
    ? 60 * whole('--minutes', values.minutes, 1, 10_000)
    : whole('--seconds', values.seconds, 60, 36_000)
  return {
    scenario,
    seconds,
    ...(values.rate && { rate: whole('--rate', values.rate, 1, 100_000) }),
    ...(values.clients && { clients: whole('--clients', values.clients, 1, 10_000) }),
    ...(values.think && { thinkSeconds: whole('--think', values.think, 0, 3_600, 0) }),
    seed: whole('--seed', values.seed, 1, 1_000_000),
    soak: values.soak,
    ...(values.url && { elsewhere: elsewhereOf(values.url, values, env) }),
    home: values.home ?? home,
    customers: whole('--customers', values.customers, 20_000, 10_000_000),
    fresh: values.fresh,
    ...(values.reference && { reference: values.reference }),
    out: values.out ? values.out.split(',') : [],
    json: values.json,
  }
}

interface Whereabouts {
  token?: string | undefined
  issuer?: string | undefined
  'client-id'?: string | undefined
  metrics?: string | undefined
  database?: string | undefined
}

const elsewhereOf = (
  url: string,
  values: Whereabouts,
  env: { CLIENTELE_TOKEN?: string | undefined; CLIENT_SECRET?: string | undefined },
): Elsewhere => {
  if (!URL.canParse(url)) throw new UsageError(`--url: "${url}" is not a URL.`)
  const { issuer, 'client-id': clientId } = values
  const token = values.token ?? env.CLIENTELE_TOKEN
  const where = {
    url: new URL(url).origin,
    metrics: values.metrics ? values.metrics.split(',') : [],
    database: values.database,
  }
  if (issuer && clientId) {
    if (!env.CLIENT_SECRET) throw new UsageError('The secret of --client-id is missing: CLIENT_SECRET.')
    return { ...where, source: { issuer, clientId, clientSecret: env.CLIENT_SECRET } }
  }
  if (!token) {
    throw new UsageError('Say who asks at --url: --token, CLIENTELE_TOKEN, or --issuer with --client-id.')
  }
  return { ...where, source: { token } }
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ help: { type: 'boolean', short: 'h', default: false }, json: { type: 'boolean', default: false } },
        ...{ soak: { type: 'boolean', default: false }, embedded: { type: 'boolean', default: false } },
        fresh: { type: 'boolean', default: false },
        ...{ seconds: { type: 'string' }, minutes: { type: 'string' }, rate: { type: 'string' } },
        ...{ clients: { type: 'string' }, think: { type: 'string' }, seed: { type: 'string' } },
        ...{ customers: { type: 'string' }, home: { type: 'string' }, url: { type: 'string' } },
        ...{ token: { type: 'string' }, issuer: { type: 'string' }, 'client-id': { type: 'string' } },
        ...{ metrics: { type: 'string' }, database: { type: 'string' } },
        ...{ reference: { type: 'string' }, out: { type: 'string' } },
      },
    })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
