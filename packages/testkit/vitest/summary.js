/** Prints each test that passed only at its second try, the ten files that took longest, and the most memory that a worker's heap reached. */
export default class Summary {
  onTestRunEnd(modules) {
    for (const module of modules) for (const test of module.children.allTests()) printFlaky(module, test)
    if (modules.length >= 10) printSlowest(modules)
  }
}

const fileOf = (module) => module.relativeModuleId ?? module.moduleId

const printFlaky = (module, test) => {
  if (!test.diagnostic()?.flaky) return
  const [why = ''] = (test.result().errors?.[0]?.message ?? '').split('\n')
  console.log(`\nPassed only the second time: ${fileOf(module)} > ${test.fullName}: ${why}`)
}

const printSlowest = (modules) => {
  const files = modules.map((module) => ({
    file: fileOf(module),
    ms: module.diagnostic().collectDuration + module.diagnostic().duration,
    heap: module.diagnostic().heap ?? 0,
  }))
  const slowest = files.toSorted((a, b) => b.ms - a.ms).slice(0, 10)
  const seconds = (ms) => `${(ms / 1000).toFixed(1).padStart(7)} s`
  console.log(`\nThe slowest files:\n${slowest.map(({ file, ms }) => `${seconds(ms)}  ${file}`).join('\n')}`)
  const heap = Math.max(...files.map((each) => each.heap))
  console.log(`Largest heap of a worker: ${Math.round(heap / 2 ** 20)} MiB`)
}
