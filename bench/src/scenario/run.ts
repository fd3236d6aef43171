import { setTimeout as pause } from 'node:timers/promises'
import type { Progress } from '@clientele/embedded'
import { type Figures, type LimitVerdict, limitsOf, type Scenario } from '@clientele/k6'
import { machineNow } from '../report/machine.js'
import type { Model } from './arrivals.js'
import { type Imported, startImport } from './importing.js'
import type { Measured } from './measured.js'
import { type LoadReport, spentBetween } from './report.js'
import { type Sender, startSender } from './sender.js'
import { catchUpSeconds, delivery, flatness } from './soak.js'
import type { Subject } from './subject.js'
import { type Held, watch } from './watch.js'

export interface Run {
  scenario: Scenario
  subject: Subject
  model: Model
  seconds: number
  seed: number
  soak: boolean
  /** Figures of an earlier run. */
  reference: Figures | undefined
  customers: number | undefined
}

type Watched = Awaited<ReturnType<typeof watch>>

/** Puts a platform under the load of a scenario, and looks at it meanwhile. Rejects where there is nothing to ask about. */
export const runScenario = async (run: Run, progress: Progress): Promise<LoadReport> => {
  const { scenario, subject, model, seconds, seed, reference } = run
  progress('reading what can be asked about')
  const sender = await startSender({ scenario: scenario.name, url: subject.url, people: subject.people })
  try {
    await warmUp(sender, run, progress)
    const watched = await watch(subject)
    try {
      const before = await watched.look()
      progress(`${scenario.name}, ${seconds} s`)
      const first = await sender.run({ model, seconds, seed })
      const middle = await watched.look()
      const second = scenario.beside && (await besideImport(run, sender, progress))
      const soak = run.soak ? await judge(run, watched, before, progress) : []
      return {
        ...{ scenario: scenario.name, summary: scenario.summary, runner: 'clientele', model, seconds },
        ...{ at: new Date().toISOString(), machine: machineNow(), customers: run.customers },
        ...{ requests: first.requests, notBegun: first.notBegun, figures: first.figures },
        ...{
          operations: first.operations,
          reasons: second ? sumOf(first.reasons, second.measured.reasons) : first.reasons,
        },
        spent: spentBetween(before, middle, first),
        beside: second && { alone: first.figures, beside: second.measured.figures, imported: second.imported },
        limits: [
          ...limitsOf(first.figures, scenario.limits, reference),
          begunLimit(first.notBegun + (second?.measured.notBegun ?? 0)),
          ...(second ? besideLimits(scenario, first, second.measured) : []),
        ],
        soak,
        timeline: second ? [...first.timeline, ...later(second.measured, seconds)] : first.timeline,
        held: [...watched.held],
      }
    } finally {
      await watched.stop()
    }
  } finally {
    await sender.stop()
  }
}

/** Code, plans and pools are cold before. */
const warmUp = async (sender: Sender, { model, seconds, seed }: Run, progress: Progress) => {
  progress('warming up')
  await sender.run({ model, seconds: Math.min(10, Math.max(1, seconds / 4)), seed: seed + 1_000_000 })
}

const besideImport = async (
  { subject, model, seconds, seed }: Run,
  sender: Sender,
  progress: Progress,
): Promise<{ measured: Measured; imported: Imported }> => {
  progress(`the same beside an import, ${seconds} s`)
  const importing = await startImport({ url: subject.url, token: await subject.importer(), seconds })
  try {
    const measured = await sender.run({ model, seconds, seed: seed + 1 })
    return { measured, imported: await importing.stop() }
  } catch (error) {
    await importing.stop().catch(() => {})
    throw error
  }
}

const sumOf = (one: Measured['reasons'], other: Measured['reasons']) => {
  const sum = { ...one }
  for (const [reason, times] of Object.entries(other)) sum[reason] = (sum[reason] ?? 0) + times
  return sum
}

/** What is not begun is in no other figure. */
const begunLimit = (notBegun: number): LimitVerdict => ({
  ...{ name: 'actions not begun, as too many were under way', limit: 'at most 0' },
  ...{ measured: notBegun, met: notBegun === 0 },
})

const besideLimits = ({ beside, limits }: Scenario, alone: Measured, during: Measured): LimitVerdict[] => {
  const ratio = during.figures.p95 / alone.figures.p95
  const most = beside?.p95 ?? Number.POSITIVE_INFINITY
  const { failures } = during.figures
  return [
    { name: 'p95 beside an import ÷ alone', limit: `at most ${most}`, measured: ratio, met: ratio <= most },
    {
      ...{ name: 'failed requests beside an import', limit: `at most ${limits.failures}` },
      ...{ measured: failures, met: failures <= limits.failures },
    },
  ]
}

const later = ({ timeline }: Measured, seconds: number) =>
  timeline.map((stretch) => ({ ...stretch, at: stretch.at + seconds }))

const judge = async ({ seconds }: Run, watched: Watched, before: Held, progress: Progress) => {
  const flat = flatness(watched.held, seconds)
  progress('waiting until events have come through')
  const since = performance.now()
  const passed = () => (performance.now() - since) / 1_000
  let after = await watched.look()
  const waits = ({ outbox, pending }: Held) => outbox !== 0 || pending !== 0
  while (waits(after) && passed() < catchUpSeconds) {
    await pause(250)
    after = await watched.look()
  }
  return [...flat, ...delivery(before, after, waits(after) ? undefined : passed())]
}
