import { readFile } from 'node:fs/promises'
import type { Case, Expected, Kind } from './audit.js'
import { type AuditedGateways, openGateways, type Told } from './audited-gateways.js'
import { kinds } from './kinds.js'
import { tableOf } from './table.js'
import type { Runner } from './witness.js'

const cases = (kind: Kind) => kind.cases.map((each): [string, Case] => [each.asks, each])
const runs: Record<Runner, number> = { compiled: 0, stock: 0, nobody: 0 }
let texts = 0
let speculative = 0

describe.each(kinds.map((kind): [string, Kind] => [kind.name, kind]))('%s', (_, kind) => {
  let gateways: AuditedGateways
  beforeAll(async () => {
    gateways = await openGateways(kind)
  })
  afterAll(() => gateways?.close())

  test.each(cases(kind))('%s', async (_, request) => {
    const wanted = request.both ?? request
    const ours = await gateways.ask('compiled', request)
    expectAnswer(ours, wanted)
    expectOrder(ours, wanted)
    if (request.fetches) expect(ours.asked.fetches).toEqual(request.fetches)

    for (let time = 0; time < 2; time++) {
      const hot = await gateways.ask('hot', request)
      expectAnswer(hot, wanted)
      expectOrder(hot, wanted)
      texts += hot.asked.texts
      speculative += hot.asked.speculative
    }

    expectAnswer(await gateways.ask('stock', request), request.stock ?? wanted)

    const runner = await gateways.runnerOf(request)
    runs[runner]++
    expect(runner === 'stock' ? 'left' : 'ours').toBe(request.left ? 'left' : 'ours')
  })
})

function expectAnswer({ data, errors }: Told, wanted: Expected): void {
  expect({ data, errors }).toEqual({ data: wanted.data, errors: [...(wanted.errors ?? [])].sort() })
}

/** The specification has an order for fields, which `toEqual` does not look at. */
function expectOrder({ data }: Told, wanted: Expected): void {
  expect(JSON.stringify(data)).toBe(JSON.stringify(wanted.data))
}

test('subgraphs have answered with text, and speculatively', () => {
  expect(texts).toBeGreaterThan(300)
  expect(speculative).toBeGreaterThan(20)
})

test('the README counts what is audited', async () => {
  const readme = await readFile(new URL('./README.md', import.meta.url), 'utf8')
  const counts = `${tableOf(kinds)}

Run compiled: ${runs.compiled}. Left to the stock executor: ${runs.stock}. Refused before: ${runs.nobody}.`
  if (!readme.includes(counts)) process.stdout.write(`For the README:\n\n${counts}\n`)
  expect(readme).toContain(counts)
})

test('where an answer is not the one of the specification, and what is left to the stock executor, has its reason', () => {
  const all = kinds.flatMap((kind) => kind.cases)
  for (const { stock, both, left, data } of all) {
    for (const other of [stock, both]) expect(other?.because ?? 'none').not.toBe('')
    expect(left ?? 'none').not.toBe('')
    expect(data).toBeDefined()
  }
  const names = kinds.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})
