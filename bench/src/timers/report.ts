import { aligned } from '../report/aligned.js'
import { type Machine, machineLine, machineNow, versionsLine } from '../report/machine.js'
import { quantileOf, rounded, type Spread, spreadOf } from '../report/spread.js'

const goal = { figure: 'p95 of the lateness, ms', atMost: 1_000 } as const

export interface TimersReport {
  benchmark: 'timers'
  waiting: number
  /** By how many milliseconds timers were late, so many a second being due. */
  lateness: { perSecond: number; timers: number; p50: number; p95: number; max: number }
  /** Timers a second, of those that were due together. */
  throughput: { ours: Spread; handWritten: Spread; ratio: Spread }
  goals: { figure: string; atMost: number; measured: number; met: boolean }[]
  versions: Record<string, string>
  machine: Machine
}

interface Findings {
  waiting: number
  perSecond: number
  lateness: readonly number[]
  throughput: readonly { ours: number; byHand: number }[]
  versions: Record<string, string>
}

export const reportOf = ({ waiting, perSecond, lateness, throughput, versions }: Findings): TimersReport => {
  const p95 = quantileOf(lateness, 0.95)
  return {
    benchmark: 'timers',
    waiting,
    lateness: { perSecond, timers: lateness.length, p50: quantileOf(lateness, 0.5), p95, max: quantileOf(lateness, 1) },
    throughput: {
      ours: spreadOf(
        throughput.map(({ ours }) => ours),
        0,
      ),
      handWritten: spreadOf(
        throughput.map(({ byHand }) => byHand),
        0,
      ),
      ratio: spreadOf(
        throughput.map(({ ours, byHand }) => ours / byHand),
        3,
      ),
    },
    goals: [{ ...goal, measured: rounded(p95, 0), met: p95 <= goal.atMost }],
    versions,
    machine: machineNow(),
  }
}

/** The report as a person reads it. */
export const tableOf = ({ waiting, lateness, throughput, goals, versions, machine }: TimersReport): string => {
  const { perSecond, timers, p50, p95, max } = lateness
  const cells = ({ median, min, max }: Spread, digits: number) =>
    [median, min, max].map((value) => value.toFixed(digits))
  return [
    `timers: ${waiting.toLocaleString('en')} that wait`,
    machineLine(machine),
    versionsLine(versions),
    '',
    ...aligned([
      [`late, ${perSecond} a second due`, 'timers', 'p50 ms', 'p95 ms', 'max ms'],
      ['', ...[timers, p50, p95, max].map((value) => value.toFixed(0))],
    ]),
    '',
    ...aligned([
      ['taken a second, all being due', 'median', 'min', 'max'],
      ['service', ...cells(throughput.ours, 0)],
      ['hand-written', ...cells(throughput.handWritten, 0)],
      ['service ÷ hand-written', ...cells(throughput.ratio, 3)],
    ]),
    '',
    ...goals.map(
      ({ figure, atMost, measured, met }) =>
        `goal: ${figure} at most ${atMost}; ${measured}, ${met ? 'met' : 'missed'}`,
    ),
  ].join('\n')
}
