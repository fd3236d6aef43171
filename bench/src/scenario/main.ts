import { readFile, writeFile } from 'node:fs/promises'
import { otherKind, type Scenario, scenarioNamed, scenarios } from '@clientele/k6'
import { environment } from '@clientele/kit'
import { UsageError } from '../options.js'
import type { Model } from './arrivals.js'
import { startEmbedded } from './embedded.js'
import { type LoadOptions, readLoadArguments, usage } from './options.js'
import { pageOf } from './page/page.js'
import { isMet, type LoadReport } from './report.js'
import { runScenario } from './run.js'
import type { Subject } from './subject.js'
import { tableOf } from './table.js'

const main = async (): Promise<number> => {
  const options = readLoadArguments(process.argv.slice(2), environment())
  if (!options) {
    console.log(usage(scenarios))
    return 0
  }
  const scenario = found(options.scenario)
  const model = modelOf(options, scenario)
  const reference = options.reference ? await readReference(options.reference, { scenario, model }) : undefined
  const progress = (line: string) => console.error(`… ${line}`)
  const subject = options.elsewhere ? subjectAt(options) : await startEmbedded(options, progress)
  try {
    const { seconds, seed, soak } = options
    const customers = options.elsewhere ? undefined : options.customers
    const run = { scenario, subject, model, seconds, seed, soak, customers, reference: reference?.figures }
    const report = await runScenario(run, progress)
    for (const file of options.out) {
      await writeFile(file, file.endsWith('.html') ? pageOf(report) : `${JSON.stringify(report, null, 2)}\n`)
    }
    if (!options.json) console.log(`\n${tableOf(report)}\n`)
    const { timeline: _, held: __, ...line } = report
    console.log(JSON.stringify(line))
    return isMet(report) ? 0 : 1
  } finally {
    await subject.stop()
  }
}

const found = (name: string): Scenario => {
  try {
    return scenarioNamed(name)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

const modelOf = ({ clients, thinkSeconds, rate }: LoadOptions, scenario: Scenario): Model =>
  clients === undefined
    ? { perSecond: rate ?? scenario.perSecond }
    : { clients, thinkSeconds: thinkSeconds ?? scenario.thinkSeconds }

const readReference = async (file: string, { scenario, model }: { scenario: Scenario; model: Model }) => {
  const earlier = JSON.parse(await readFile(file, 'utf8')) as LoadReport
  const difference = otherKind(earlier, { scenario: scenario.name, model, runner: 'clientele' })
  if (difference) throw new UsageError(`--reference: ${file}: ${difference}`)
  return earlier
}

const subjectAt = ({ elsewhere }: LoadOptions): Subject => {
  const { url, source, metrics, database } = elsewhere as NonNullable<LoadOptions['elsewhere']>
  return {
    ...{ url, metrics, database, people: [{ role: undefined, source }], postgresPid: undefined },
    importer: async () => {
      if ('token' in source) return source.token
      throw new UsageError('An import takes a token of somebody who may import: --token.')
    },
    stop: async () => {},
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage(scenarios)}` : (error as Error).stack)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
