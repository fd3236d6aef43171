/** Prints the ten files that took longest, and the most memory that a worker's heap reached. */
export default class Slowest {
  onTestRunEnd(modules) {
    const files = modules.map((module) => ({
      file: module.relativeModuleId ?? module.moduleId,
      ms: module.diagnostic().collectDuration + module.diagnostic().duration,
      heap: module.diagnostic().heap ?? 0,
    }))
    if (files.length < 10) return
    const slowest = files.toSorted((a, b) => b.ms - a.ms).slice(0, 10)
    const seconds = (ms) => `${(ms / 1000).toFixed(1).padStart(7)} s`
    console.log(`\nThe slowest files:\n${slowest.map(({ file, ms }) => `${seconds(ms)}  ${file}`).join('\n')}`)
    const heap = Math.max(...files.map((each) => each.heap))
    console.log(`Largest heap of a worker: ${Math.round(heap / 2 ** 20)} MiB`)
  }
}
