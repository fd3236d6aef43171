import type { Benchmark } from '../benchmark.js'
import { aligned } from '../report/aligned.js'
import { type Machine, machineLine, machineNow } from '../report/machine.js'
import { type Spread, spreadOf } from '../report/spread.js'
import { conditionCount, disagreements, measure } from './measure.js'

const figure = `µs for ${conditionCount} conditions on an event`
const atMost = 100

export interface ConditionsReport {
  benchmark: 'conditions'
  /** Microseconds for all conditions on one event. */
  microseconds: { conditions: Spread; handWritten: Spread }
  /** From the rounds' own ratios. */
  ratio: Spread
  goals: { figure: string; atMost: number; measured: number; met: boolean }[]
  machine: Machine
}

/** Conditions evaluated on an object, in parts of the same comparisons written by hand in the same run. */
export const conditions: Benchmark = {
  name: 'conditions',
  summary: `${conditionCount} conditions evaluated on an event, against the same comparisons written by hand`,
  run: async ({ rounds, seconds }, progress) => {
    const wrong = disagreements()
    if (wrong.length) throw new Error(`Not the same as what is written by hand: ${wrong.join(', ')}`)
    const turnMs = (seconds * 1_000) / 2
    const measured: { conditions: number; byHand: number }[] = []
    // The first round warms up and does not count.
    for (let round = 0; round <= rounds; round++) {
      const turn = { conditions: measure('conditions', turnMs), byHand: measure('hand-written', turnMs) }
      if (round) measured.push(turn)
      progress(`round ${round} of ${rounds}: ${turn.conditions.toFixed(1)} µs`)
    }
    const report = reportOf(measured)
    return { report, table: tableOf(report), goals: report.goals }
  },
}

const reportOf = (rounds: readonly { conditions: number; byHand: number }[]): ConditionsReport => {
  const own = spreadOf(
    rounds.map((round) => round.conditions),
    1,
  )
  return {
    benchmark: 'conditions',
    microseconds: {
      conditions: own,
      handWritten: spreadOf(
        rounds.map(({ byHand }) => byHand),
        1,
      ),
    },
    ratio: spreadOf(
      rounds.map((round) => round.conditions / round.byHand),
      3,
    ),
    goals: [{ figure, atMost, measured: own.median, met: own.median <= atMost }],
    machine: machineNow(),
  }
}

const tableOf = ({ microseconds, ratio, goals, machine }: ConditionsReport): string => {
  const cells = ({ median, min, max }: Spread, digits: number) =>
    [median, min, max].map((value) => value.toFixed(digits))
  return [
    'conditions',
    machineLine(machine),
    '',
    ...aligned([
      [figure, 'median', 'min', 'max'],
      ['conditions', ...cells(microseconds.conditions, 1)],
      ['hand-written', ...cells(microseconds.handWritten, 1)],
      ['conditions ÷ hand-written', ...cells(ratio, 2)],
    ]),
    '',
    ...goals.map(({ measured, met }) => `goal: ${figure} at most ${atMost}; ${measured}, ${met ? 'met' : 'missed'}`),
  ].join('\n')
}
