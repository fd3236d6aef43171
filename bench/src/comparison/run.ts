import { type Progress, serviceClient } from '@clientele/embedded'
import { startLoad } from '../load/load.js'
import { type Options, UsageError } from '../options.js'
import type { Growth } from '../report/growth.js'
import { type Level, type Report, reportOf } from '../report/report.js'
import { ensureSeeded, type Seeded, seedNow, tenantCount } from '../seed/seed.js'
import { type Backing, startBacking } from '../surroundings/backing.js'
import { startCollector } from '../surroundings/collector.js'
import { services } from '../surroundings/services.js'
import { versions } from '../surroundings/versions.js'
import type { ServiceSurroundings } from '../variants/run-services.js'
import type { Variant } from '../variants/variant.js'
import { choices, participants, startVariant } from '../variants/variants.js'
import { checkAnswers } from './check-answers.js'
import type { Comparison } from './comparison.js'
import { measureGrowth } from './growth.js'
import { drawRequests } from './requests.js'
import { measureRounds, warmUp } from './rounds.js'

/**
 * Starts the variants on seeded data, checks that all answer the same as the hand-written SQL, and measures rounds, or with
 * `minutes` how memory grows. Rejects when any answer differs, then or later; with UsageError for a variant that there is not.
 */
export const runComparison = async (comparison: Comparison, options: Options, progress: Progress): Promise<Report> => {
  const unknown = options.only?.find((name) => !(choices as readonly string[]).includes(name))
  if (unknown !== undefined) throw new UsageError(`There is no variant "${unknown}". There is: ${choices.join(', ')}.`)
  const cleanups: (() => Promise<unknown>)[] = []
  const own = <T extends { stop(): Promise<unknown> }>(part: T): T => {
    cleanups.push(() => part.stop())
    return part
  }
  try {
    progress('starting PostgreSQL, nats-server and the issuer')
    const backing = own(await startBacking(options.home, progress))
    const seeded = await ensureSeeded(backing.postgres.url, { ...options, progress })
    const { copyUrl } = seeded
    const requests = await drawRequests(comparison, { copyUrl, issuer: backing.issuer, most: options.requests })
    const { against, profile } = options
    const collector = own(await startCollector()).url
    const surroundings = surroundingsOf(backing, seeded)
    const stage = { comparison, requests, surroundings, copyUrl, against, profile, collector }
    const variants: Variant[] = []
    for (const name of participants(comparison, options)) {
      variants.push(own(await startVariant(name, stage)))
      progress(`started: ${name}`)
    }
    const load = own(await startLoad())
    await checkAnswers(load, variants, requests.length, comparison)
    const compared = requests.length.toLocaleString('en')
    progress(`${compared} answers of each variant are the same as the hand-written ones`)
    const levels: Level[] = []
    const growth: Growth[] = []
    const { minutes, rounds, seconds } = options
    if (minutes === undefined) {
      progress('warming up')
      await warmUp(load, variants, { seconds, concurrency: options.concurrency[0] as number })
    }
    for (const concurrency of options.concurrency) {
      if (minutes === undefined) {
        const { pid } = backing.postgres
        levels.push(await measureRounds(load, variants, pid, { rounds, seconds, concurrency }, progress))
        continue
      }
      for (const variant of variants.slice(1)) {
        growth.push(await measureGrowth(load, variant, { minutes, concurrency }, progress))
      }
    }
    return reportOf({
      benchmark: comparison.name,
      variants: variants.map(({ name, label }) => ({ name, label })),
      levels,
      growth,
      goals: comparison.goals,
      seconds: options.seconds,
      seed: { customers: seeded.customers, tenants: tenantCount, rows: seeded.rows, requests: requests.length },
      versions: await versions(backing),
    })
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup()
  }
}

const surroundingsOf = (backing: Backing, { databases }: Seeded): ServiceSurroundings => ({
  databases,
  natsUrl: backing.nats.url,
  masterKeyFile: backing.masterKeyFile,
  issuer: backing.issuer.issuer,
  clientSecrets: Object.fromEntries(
    services.map(({ name }) => [name, backing.issuer.clientSecret(serviceClient(name))]),
  ),
  now: seedNow.toISOString(),
  reading: 'compiled',
})
