import { benchmarks } from './benchmarks.js'
import { defaults, readArguments, UsageError } from './options.js'
import { isPassed } from './report/goals.js'

const usage = `npm run bench -- NAME [options]

Benchmarks:
${benchmarks.map(({ name, summary }) => `  ${name.padEnd(16)} ${summary}`).join('\n')}

Options:
  --customers N     customers to seed, default ${defaults.customers}
  --timers N        timers that wait, default ${defaults.timers}
  --requests N      different requests at most, default ${defaults.requests}
  --rounds N        measured rounds, default ${defaults.rounds}; every variant has one turn in each
  --seconds N       length of a turn, default ${defaults.seconds}
  --concurrency N   requests under way at a time, default ${defaults.concurrency}; several with commas are measured one after another
  --only NAMES      variants that take part, with commas between them; the hand-written one does in any case
  --fresh           seed anew although the same seed is there
  --home DIR        where the data is kept, default .clientele/bench
  --against DIR     another, built checkout whose gateway and services take part as "before"
  --minutes N       in the stead of rounds: how memory grows in so many minutes
  --profile DIR     write CPU profiles of the processes of "in-process" and "http" there
  --traces          "traced" takes part: "in-process" with one trace in a hundred recorded and sent
  --check           exit with 1 when a goal is missed, or none was measured
  --json            print the JSON line only`

const main = async (): Promise<number> => {
  const { benchmark: name, options, json, check, help } = readArguments(process.argv.slice(2))
  if (help || name === undefined) {
    console.log(usage)
    return 0
  }
  const benchmark = benchmarks.find((each) => each.name === name)
  if (!benchmark) {
    throw new UsageError(
      `There is no benchmark "${name}". There is: ${benchmarks.map((each) => each.name).join(', ')}.`,
    )
  }
  const { report, table, goals } = await benchmark.run(options, (line) => console.error(`… ${line}`))
  if (!json) console.log(`\n${table}\n`)
  console.log(JSON.stringify(report))
  return check && !isPassed(goals) ? 1 : 0
}

// An exit that is asked for ends PostgreSQL and nats-server too; our own processes end when this one does.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${usage}` : (error as Error).stack)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
