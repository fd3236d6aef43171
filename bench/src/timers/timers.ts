import { randomBytes } from 'node:crypto'
import {
  createLog,
  createVerifier,
  databaseUrls,
  defineService,
  masterKeyFile,
  provisionDatabase,
  provisionRoles,
  run,
  timer,
} from '@clientele/kit'
import { surveys } from '@clientele/surveys'
import type { Benchmark } from '../benchmark.js'
import { audience, type Backing, startBacking } from '../surroundings/backing.js'
import { onDatabase, withClient } from '../surroundings/postgres.js'
import { versions } from '../surroundings/versions.js'
import { takeByHand } from './hand-written.js'
import { reportOf, tableOf } from './report.js'
import { addDue, addWaiting } from './seed.js'

const database = 'bench_timers'
const perSecond = 500
/** How many are due together where throughput is measured. */
const together = 10_000

/**
 * Timers of one service: how late they go off while many others wait, and how many a second are taken of those that are due, in parts of
 * what a hand-written loop takes from the same table in the same run.
 */
export const timers: Benchmark = {
  name: 'timers',
  summary: `how late timers go off, ${perSecond} a second beside those that wait, and how fast due ones are taken`,
  run: async ({ home, timers: waiting, rounds, seconds }, progress) => {
    progress('starting PostgreSQL, nats-server and the issuer')
    const backing = await startBacking(home, progress)
    const { ran, service, url } = await startService(backing)
    try {
      progress(`setting ${waiting.toLocaleString('en')} timers that wait`)
      await withClient(url, (client) => addWaiting(client, waiting))
      const throughput: { ours: number; byHand: number }[] = []
      for (let round = 1; round <= rounds; round++) {
        const ours = await measured(url, async () => {
          ran.length = 0
          while (ran.length < together) await service.job.run()
        })
        throughput.push({ ours, byHand: await measured(url, () => takeByHand(url)) })
        progress(`round ${round} of ${rounds}: ${throughput.at(-1)?.ours.toFixed(0)} a second`)
      }
      ran.length = 0
      const count = perSecond * seconds * rounds
      const begin = new Date(Date.now() + 3_000)
      await withClient(url, (client) => addDue(client, { count, begin, everyMs: 1_000 / perSecond }))
      service.job.start()
      progress(`${perSecond} a second are due, ${seconds * rounds} s long`)
      while (ran.length < count) await new Promise((resume) => setTimeout(resume, 100))
      const report = reportOf({ waiting, perSecond, lateness: ran, throughput, versions: await versions(backing) })
      return { report, table: tableOf(report), goals: report.goals }
    } finally {
      await service.stop()
      await backing.stop()
    }
  },
}

/** How many a second were taken of those that were made due together. */
const measured = async (url: string, take: () => Promise<unknown>) => {
  await withClient(url, (client) =>
    addDue(client, { count: together, begin: new Date(Date.now() - 60_000), everyMs: 0 }),
  )
  const begun = performance.now()
  await take()
  return together / ((performance.now() - begun) / 1_000)
}

/** A service with a timer that does nothing, on a database of its own; `ran` has by how many milliseconds each was late. */
const startService = async ({ postgres, nats, issuer, masterKeyFile: keys }: Backing) => {
  const ran: number[] = []
  const tick = timer('tick', async (_, due) => {
    const now = Date.now()
    for (const { dueAt } of due) ran.push(now - dueAt.getTime())
  })
  const log = createLog({ name: 'bench', level: 'error' })
  const password = randomBytes(16).toString('hex')
  await provisionRoles(postgres.url, [surveys.name], password)
  await withClient(postgres.url, (client) => client.query(`drop database if exists ${database} with (force)`))
  await provisionDatabase(postgres.url, surveys.name, database)
  const service = await run(defineService({ ...surveys, consumers: [], jobs: [], timers: [tick] }), {
    database: databaseUrls(postgres.url, surveys.name, password, database),
    natsUrl: nats.url,
    verifier: createVerifier({ issuer: issuer.issuer, audience, log }),
    masterKeys: masterKeyFile(keys, { strict: false }),
    peers: { subgraph: () => undefined, token: async () => '' },
    log,
    background: false,
  })
  const job = service.jobs.find(({ name }) => name === `${surveys.name}-timers`)!
  return { ran, service: { job, stop: service.stop }, url: onDatabase(postgres.url, database) }
}
