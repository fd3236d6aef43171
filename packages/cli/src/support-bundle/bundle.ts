import { availableParallelism, release, totalmem } from 'node:os'
import { type Environment, inTime, knownSurroundings, metricsPortSettings, rightSettings, saidBy } from '@clientele/kit'
import { diagnose } from '../doctor/diagnose.js'
import type { Part } from '../doctor/part.js'
import { version } from '../version.js'
import { databaseState } from './database-state.js'
import { logExcerpt } from './log-excerpt.js'
import { streamState } from './stream-state.js'
import { toldSettings } from './told-settings.js'
import { withhold } from './withhold.js'

interface Options {
  logs: { files: readonly string[]; lines: number }
  metrics: string | undefined
  now: Date
}

const patience = 15_000

/** The texts of a support bundle by their names. What cannot be had says so in its place. */
export const bundleOf = async (part: Part, env: Environment, o: Options): Promise<ReadonlyMap<string, string>> => {
  const known = part.services.map((service) => knownSurroundings(service, env))
  const sections: (readonly [name: string, make: () => Promise<unknown>])[] = [
    ['about.json', () => about(part, o.now)],
    ['settings.json', async () => toldSettings(part, env)],
    ['doctor.json', () => diagnose(part, env)],
    ...known.map((each) => [`databases/${each.service.name}.json`, () => databaseState(each)] as const),
    ['stream.json', () => streamState(known)],
    ['metrics.txt', () => metricsAt(o.metrics ?? ownMetrics(env))],
    ...o.logs.files.map((file, at) => [`logs/${at + 1}.jsonl`, () => logExcerpt(file, o.logs.lines)] as const),
  ]
  const texts = await Promise.all(
    sections.map(async ([name, make]) => {
      const made = await inTime(patience, make).catch((error: unknown) => ({ failed: saidBy(error) }))
      return [name, typeof made === 'string' ? made : `${JSON.stringify(made, null, 2)}\n`] as const
    }),
  )
  const clean = withhold(env)
  return new Map([['README.txt', readme] as const, ...texts].map(([name, text]) => [name, clean(text)]))
}

const readme = `What clientele support-bundle has put together. It has no row of a customer, no secret and no text of an event.

about.json      versions and machine
settings.json   which settings are set; values only of those that are known to be no secret
doctor.json     what clientele doctor finds
databases/      of each service: migrations, settings of the server, sizes of tables, what waits
stream.json     the event stream and its consumers, in numbers
metrics.txt     the metrics of one process
logs/           the end of log files, redacted; lines that are not of our log are left out

A section that could not be made has "failed" and why.
`

const about = async (part: Part, now: Date) => ({
  madeAt: now.toISOString(),
  clientele: await version(),
  part: part.name,
  node: process.versions.node,
  openssl: process.versions.openssl,
  icu: process.versions.icu,
  system: `${process.platform} ${process.arch} ${release()}`,
  processors: availableParallelism(),
  memory: totalmem(),
  memoryOfContainer: process.constrainedMemory(),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
})

const ownMetrics = (env: Environment) => {
  const { METRICS_PORT: port } = rightSettings(metricsPortSettings, env)
  return port ? `http://127.0.0.1:${port}/metrics` : undefined
}

/** Labels of metrics have values of the code alone; names of others' metrics are not known to. */
const metricsAt = async (url: string | undefined) => {
  if (url === undefined) return '# METRICS_PORT is not set here, and no --metrics was given.\n'
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
  if (!response.ok) throw new Error(`the metrics answer ${response.status}`)
  const lines = (await response.text()).split('\n')
  return `${lines.filter((line) => /^(# (HELP|TYPE) )?(clientele|process|nodejs)_/.test(line)).join('\n')}\n`
}
