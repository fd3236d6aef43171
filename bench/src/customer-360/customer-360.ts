import { type Progress, serviceClient } from '@clientele/embedded'
import { type Backing, startBacking } from '../backing.js'
import { cpuSeconds, familyCpuSeconds } from '../cpu.js'
import { type Load, startLoad } from '../load.js'
import type { Options } from '../options.js'
import { withClient } from '../postgres.js'
import { type Report, type Round, reportOf } from '../report.js'
import { ensureSeeded, type Seeded, seedNow, tenantCount } from '../seed/seed.js'
import { services } from '../services.js'
import { type Answer, assertFilled, assertSame } from './answer.js'
import { startPostGraphile } from './postgraphile.js'
import { type Question, startHandWritten, startInProcess, startOverHttp, type Variant } from './variants.js'
import { versions } from './versions.js'

const mostQuestions = 4_000

const ratios = [
  ['in-process', 'hand-written'],
  ['http', 'hand-written'],
  ['postgraphile', 'hand-written'],
  ['in-process', 'postgraphile'],
  ['http', 'postgraphile'],
] as const

const beforeRatio = ['in-process', 'before'] as const

/**
 * Measures the query Customer360 through the gateway, in process and over HTTP, against one hand-written SQL statement
 * and PostGraphile on the same data. Rejects when any answer differs from the hand-written one's.
 */
export const customer360 = async (options: Options, progress: Progress): Promise<Report> => {
  const cleanups: (() => Promise<unknown>)[] = []
  try {
    progress('starting PostgreSQL, nats-server and the issuer')
    const backing = await startBacking(options.home, progress)
    cleanups.push(backing.stop)
    const seeded = await ensureSeeded(backing.postgres.url, { ...options, progress })
    const takingPart = await versions(backing)
    const questions = await drawQuestions(backing, seeded)
    const variants = await startVariants(backing, seeded, questions, options, progress, cleanups)
    const load = await startLoad()
    cleanups.push(load.stop)
    await checkAnswers(load, variants, questions.length, options, progress)
    const rounds = await measure(load, variants, backing, options, progress)
    const labels = variants.map(({ name, label }) => ({ name, label }))
    const seed = { customers: seeded.customers, tenants: tenantCount, rows: seeded.rows, questions: questions.length }
    return reportOf('customer-360', {
      options,
      seed,
      labels,
      ratios: options.against ? [...ratios, beforeRatio] : ratios,
      rounds,
      versions: takingPart,
    })
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup()
  }
}

/** Customers of all tenants in no order that the data knows, the same in every run. */
const drawQuestions = async ({ issuer }: Backing, { copyUrl }: Seeded): Promise<Question[]> => {
  const rows = await withClient(copyUrl, async (client) => {
    const sql = 'select tenant, id from profiles.customer order by md5(id::text) limit $1'
    return (await client.query<{ tenant: string; id: string }>(sql, [mostQuestions])).rows
  })
  const tokens = new Map<string, string>()
  for (const tenant of new Set(rows.map((row) => row.tenant))) {
    tokens.set(tenant, await issuer.token({ as: 'admin', tenant, expiresIn: '12h' }))
  }
  return rows.map((row) => ({ ...row, token: tokens.get(row.tenant) as string }))
}

const startVariants = async (
  backing: Backing,
  seeded: Seeded,
  questions: readonly Question[],
  { against }: Options,
  progress: Progress,
  cleanups: (() => Promise<unknown>)[],
): Promise<Variant[]> => {
  const world = {
    databases: seeded.databases,
    natsUrl: backing.nats.url,
    masterKeyFile: backing.masterKeyFile,
    issuer: backing.issuer.issuer,
    clientSecrets: Object.fromEntries(
      services.map(({ name }) => [name, backing.issuer.clientSecret(serviceClient(name))]),
    ),
    now: seedNow.toISOString(),
  }
  const starts = [
    () => startHandWritten(seeded.copyUrl, questions),
    () => startInProcess(world, questions),
    () => startOverHttp(world, questions),
    () => startPostGraphile(seeded.copyUrl, questions),
    ...(against ? [() => startInProcess(world, questions, against)] : []),
  ]
  const variants: Variant[] = []
  for (const start of starts) {
    const variant = await start()
    cleanups.push(variant.stop)
    progress(`started: ${variant.name}`)
    variants.push(variant)
  }
  return variants
}

/** Asks every variant every question once. From then on the load generator accepts only the bodies that were found right. */
const checkAnswers = async (
  load: Load,
  variants: readonly Variant[],
  questions: number,
  { concurrency }: Options,
  progress: Progress,
) => {
  for (const { target } of variants) await load.add(target)
  const [handWritten, ...others] = variants as [Variant, ...Variant[]]
  // A few first: what answers wrongly does so soon, and can fill a screen with it.
  for (const count of [1, questions]) {
    const expected = (await load.answers(handWritten.name, concurrency, count)).map(handWritten.read)
    if (count === questions) assertFilled(expected)
    for (const variant of others) {
      const answers = (await load.answers(variant.name, concurrency, count)).map(variant.read)
      answers.forEach((answer, question) => {
        assertSame(variant.name, answer, expected[question] as Answer)
      })
    }
  }
  progress(`${questions.toLocaleString('en')} answers of each variant are the same as the hand-written ones`)
}

/** One round of warm-up, then rounds in which every variant has its turn, each time in another order. */
const measure = async (
  load: Load,
  variants: readonly Variant[],
  backing: Backing,
  { rounds, seconds, concurrency }: Options,
  progress: Progress,
): Promise<Round[]> => {
  const results: Round[] = []
  for (let round = 0; round <= rounds; round++) {
    const shift = round % variants.length
    const order = [...variants.slice(shift), ...variants.slice(0, shift)]
    progress(round === 0 ? 'warming up' : `round ${round} of ${rounds}`)
    const result: Round = {}
    for (const variant of order) {
      // Code that was idle is cold again: V8 forgets it.
      await load.round({ target: variant.name, seconds: Math.ceil(seconds / 2), concurrency, round })
      const spent = () => [cpuSeconds(variant.pids), familyCpuSeconds(backing.postgres.pid)]
      const before = spent()
      const measured = await load.round({ target: variant.name, seconds, concurrency, round })
      const after = spent()
      const [server, database] = after.map((now, at) => perRequest(before[at], now, measured.requests))
      result[variant.name] = { ...measured, server, database }
    }
    if (round > 0) results.push(result)
  }
  return results
}

/** In microseconds. */
const perRequest = (before: number | undefined, after: number | undefined, requests: number) =>
  before === undefined || after === undefined ? undefined : ((after - before) * 1e6) / requests
