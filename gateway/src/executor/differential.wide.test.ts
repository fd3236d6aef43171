import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { differences, tellOtherFaults, withoutPositions } from '../../fixture/executor/differences.js'
import { generateOperation } from '../../fixture/executor/operations.js'
import { type Random, randomOf } from '../../fixture/executor/random.js'
import { startRivals } from '../../fixture/executor/rivals.js'
import type { Scenario } from '../../fixture/executor/scenario.js'
import { schemas } from '../../fixture/executor/schemas.js'

// More, and others: EXECUTOR_OPERATIONS=5000 EXECUTOR_SEED=7 npx vitest run gateway/src/executor/differential
const operations = Number(process.env.EXECUTOR_OPERATIONS ?? 60)
const seed = process.env.EXECUTOR_SEED ?? 'usual'

const services = fileURLToPath(new URL('../../../services', import.meta.url))
const ours = readdirSync(services).map((name) => ({
  name,
  sdl: readFileSync(join(services, name, 'schema.graphql'), 'utf8'),
}))

/** Ways for a scenario to be. Nulls are in all of them. */
const scenarios: Record<string, (random: Random, schemas: readonly { name: string }[]) => Partial<Scenario>> = {
  calm: () => ({}),
  'with texts, other ids and late answers': () => ({ texts: 70, unanswered: 30, redirected: 40, late: 30, missing: 5 }),
  'with a subgraph down': (random, schemas) => ({
    down: { [random.oneOf(schemas).name]: random.oneOf(['refuses', 'throws', 'silent', 'odd']) },
    missing: 10,
    texts: 70,
  }),
  'with fields that fail': () => ({ throwing: 10, missing: 10, texts: 70, redirected: 20 }),
  'with values that break the schema': () => ({ broken: 5, missing: 10 }),
}

test.each([
  ['what federation has', schemas, operations],
  ['our services', ours, Math.ceil(operations / 6)],
])(
  `generated operations over %s, each in ${Object.keys(scenarios).length} scenarios, are answered as by the stock executor`,
  async (_, schemas, operations) => {
    const rivals = await startRivals(schemas)
    // What is not equal is explained, and shown, in `deviations.test.ts`.
    const counts = {
      equal: 0,
      'equal but for positions in lists': 0,
      'equal but for which faults are told': 0,
      'with texts': 0,
      'with errors': 0,
      'without data': 0,
    }
    for (let index = 0; index < operations; index++) {
      const { query, variables } = generateOperation(rivals.schema, `${seed} ${index}`)
      for (const [name, make] of Object.entries(scenarios)) {
        const random = randomOf(`${seed} ${index} ${name}`)
        const scenario: Partial<Scenario> = { seed: random.below(1_000_000), ...make(random, schemas) }
        const stock = await rivals.ask('stock', query, variables, scenario)
        const mine = await rivals.ask('compiled', query, variables, scenario)
        if (stock.reply.errors) counts['with errors']++
        if (!stock.reply.data) counts['without data']++
        if (mine.subgraphs.texts > 0) counts['with texts']++
        const different = differences(stock, mine)
        if (different.length === 0) {
          counts.equal++
          continue
        }
        const onlyErrors = different.every((difference) => difference.startsWith('errors'))
        const loose = differences(withoutPositions(stock), withoutPositions(mine))
        if (onlyErrors && scenario.broken && tellOtherFaults(stock, mine))
          counts['equal but for which faults are told']++
        else if (loose.length === 0) counts['equal but for positions in lists']++
        else
          throw new Error([name, JSON.stringify(scenario), query, JSON.stringify(variables), ...different].join('\n'))
      }
    }
    await rivals.close()
    console.info(counts)
    expect(counts.equal).toBeGreaterThan(operations * 4.6)
    expect(counts['with errors']).toBeGreaterThan(operations)
    expect(counts['with texts']).toBeGreaterThan(operations)
    expect(counts['without data']).toBeLessThan(operations * 2)
  },
  60_000 + operations * 1_000,
)
