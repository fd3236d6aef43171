import { readRecords } from './csv-records.js'

async function* inChunks(text: string, size = 65_536) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

/** Milliseconds of processor time that reading takes, the least of three, and of more where it is too much: the machine may be busy. */
const costOf = async (text: string, most = Number.POSITIVE_INFINITY) => {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < 3 || (least >= most && run < 15); run++) {
    const before = process.cpuUsage()
    for await (const _ of readRecords(() => inChunks(text), ',')) {
      // Only read.
    }
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

// Eight times the size is 8 times the work where the cost is linear, and 64 times where it is quadratic.
const long = 4 * 1024 * 1024
const short = 64 * 1024
test.each<[string, number, (size: number) => string]>([
  ['one line', long, (size) => 'x'.repeat(size)],
  ['one quoted cell', long, (size) => `"${'x'.repeat(size)}"`],
  ['quotes in one line', long, (size) => '"'.repeat(size)],
  ['cells', long, (size) => ','.repeat(size)],
  ['blank lines', short, (size) => '\n'.repeat(size)],
  ['blank lines within a quote', short, (size) => `"${'\n'.repeat(size)}"`],
  ['stray quotes, one in each line', short, (size) => 'a"b\n'.repeat(size / 4)],
  ['stray quotes apart', short, (size) => `"${'ab\n'.repeat(3_000)}`.repeat(size / 8_192)],
])('the cost of %s is linear', async (_, size, build) => {
  const most = 20 * Math.max(await costOf(build(size)), 5)
  expect(await costOf(build(8 * size), most)).toBeLessThan(most)
})
