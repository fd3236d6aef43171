import type { Comparison } from '../comparison/comparison.js'
import type { Options } from '../options.js'
import { startHandWritten, startHandWrittenApart } from './hand-written.js'
import { startInProcess, startOverHttp } from './platform.js'
import { startPostGraphile } from './postgraphile.js'
import type { Stage, Variant } from './variant.js'

/** Every variant that a comparison can have, and how it is started. The first says what is right. */
const starts = {
  'hand-written': startHandWritten,
  'hand-written-apart': startHandWrittenApart,
  'in-process': (stage) => startInProcess(stage, { name: 'in-process', reading: 'compiled', profile: stage.profile }),
  http: (stage) => startOverHttp(stage, { name: 'http', reading: 'compiled', profile: stage.profile }),
  stock: (stage) => startInProcess(stage, { name: 'stock', reading: 'stock' }),
  'stock-http': (stage) => startOverHttp(stage, { name: 'stock-http', reading: 'stock' }),
  traced: (stage) => startInProcess(stage, { name: 'traced', reading: 'compiled', collector: stage.collector }),
  postgraphile: startPostGraphile,
  before: (stage) => startInProcess(stage, { name: 'before', reading: 'compiled', checkout: stage.against }),
} satisfies Record<string, (stage: Stage) => Promise<Variant>>

export type VariantName = keyof typeof starts

const names = Object.keys(starts) as VariantName[]

/** Those that can be chosen by name; `before` takes part wherever there is a checkout of before, and `traced` where traces are asked for. */
export const choices: readonly VariantName[] = names.filter((name) => name !== 'before' && name !== 'traced')

/** Who takes part: all that the comparison has, or those of `only`; the hand-written one in any case. */
export const participants = (
  { statementsApart }: Comparison,
  { only, against, traces }: Pick<Options, 'only' | 'against' | 'traces'>,
): VariantName[] => {
  const asked = (name: VariantName) => !only || only.includes(name)
  const taking: Partial<Record<VariantName, boolean>> = {
    'hand-written': true,
    'hand-written-apart': statementsApart !== undefined && asked('hand-written-apart'),
    traced: traces === true,
    before: against !== undefined,
  }
  return names.filter((name) => taking[name] ?? asked(name))
}

export const startVariant = (name: VariantName, stage: Stage): Promise<Variant> => starts[name](stage)
