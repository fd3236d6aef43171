import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** How a benchmark is run. */
export interface Options {
  /** Folder of the benchmark's PostgreSQL, nats-server and issuer. */
  home: string
  customers: number
  /** Timers that wait, of all tenants together. */
  timers: number
  /** How many different requests are made at most, all of them to every variant. */
  requests: number
  /** Length of one turn of one variant. */
  seconds: number
  rounds: number
  /** Requests under way at a time; the rounds are run at each of them. */
  concurrency: readonly number[]
  /** Whether to seed anew although the same seed is there. */
  fresh: boolean
  /** Names of the variants that take part, beside the hand-written one; all of them unless given. */
  only?: readonly string[]
  /** Folder of another, built checkout whose gateway and services take part as `before`. */
  against?: string
  /** For how long each variant is asked to see how its memory grows, in the stead of rounds. */
  minutes?: number
  /** Folder for CPU profiles of the processes of `in-process` and `http`. */
  profile?: string
  /** Whether `traced` takes part: `in-process` with one trace in a hundred recorded and sent. */
  traces?: boolean
}

/** A mistake on the command line; its message is for the person there. */
export class UsageError extends Error {}

export const defaults: Options = {
  home: fileURLToPath(new URL('../../.clientele/bench', import.meta.url)),
  customers: 200_000,
  timers: 1_000_000,
  requests: 4_000,
  seconds: 5,
  rounds: 5,
  concurrency: [16],
  fresh: false,
}

/** Reads the arguments behind `npm run bench --`. Throws UsageError. */
export const readArguments = (args: readonly string[]) => {
  const { values, positionals } = parse(args)
  const [benchmark, ...more] = positionals
  if (more.length) throw new UsageError(`One benchmark at a time: ${positionals.join(', ')}`)
  const options: Options = {
    home: values.home ?? defaults.home,
    fresh: values.fresh,
    customers: whole('--customers', values.customers, defaults.customers, 10_000_000),
    timers: whole('--timers', values.timers, defaults.timers, 10_000_000),
    requests: whole('--requests', values.requests, defaults.requests, 100_000),
    seconds: whole('--seconds', values.seconds, defaults.seconds, 3_600),
    rounds: whole('--rounds', values.rounds, defaults.rounds, 1_000),
    concurrency: values.concurrency
      ? words(values.concurrency).map((each) => whole('--concurrency', each, 1, 256))
      : defaults.concurrency,
    ...(values.only && { only: words(values.only) }),
    ...(values.against && { against: values.against }),
    ...(values.minutes && { minutes: whole('--minutes', values.minutes, 1, 10_000) }),
    ...(values.profile && { profile: values.profile }),
    ...(values.traces && { traces: true }),
  }
  return { benchmark, options, json: values.json, check: values.check, help: values.help }
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        fresh: { type: 'boolean', default: false },
        home: { type: 'string' },
        against: { type: 'string' },
        customers: { type: 'string' },
        timers: { type: 'string' },
        requests: { type: 'string' },
        seconds: { type: 'string' },
        rounds: { type: 'string' },
        concurrency: { type: 'string' },
        only: { type: 'string' },
        minutes: { type: 'string' },
        profile: { type: 'string' },
        traces: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

const words = (text: string) => text.split(',').map((word) => word.trim())

/** A whole number of an argument. Throws UsageError. */
export const whole = (name: string, text: string | undefined, fallback: number, most: number, least = 1): number => {
  if (text === undefined) return fallback
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  throw new UsageError(`${name} must be a whole number from ${least} to ${most}, not "${text}".`)
}
