import { createCompiled } from '../../../fixture/executor/compiled.js'
import { generateOperation } from '../../../fixture/executor/operations.js'
import { type Random, randomOf } from '../../../fixture/executor/random.js'
import type { Scenario } from '../../../fixture/executor/scenario.js'
import { schemas } from '../../../fixture/executor/schemas.js'
import { bothWays } from '../../../fixture/executor/two-ways.js'

// More, and others: EXECUTOR_OPERATIONS=5000 EXECUTOR_SEED=7 npx vitest run gateway/src/executor/text
const operations = Number(process.env.EXECUTOR_OPERATIONS ?? 60)
const seed = process.env.EXECUTOR_SEED ?? 'usual'

const scenarios: Record<string, (random: Random) => Partial<Scenario>> = {
  'all text': () => ({ texts: 100 }),
  'part text, other ids, late': () => ({ texts: 60, unanswered: 30, redirected: 50, late: 30, missing: 5 }),
  'with fields that fail': () => ({ texts: 80, throwing: 8, redirected: 20, late: 30 }),
  'with a subgraph down': (random) => ({
    texts: 80,
    down: { [random.oneOf(schemas).name]: random.oneOf(['refuses', 'throws', 'silent', 'odd']) },
  }),
}

test(
  'an answer of texts is, letter by letter, the answer of objects',
  async () => {
    const compiled = createCompiled()
    const counts = { compared: 0, 'as text': 0, 'with texts of subgraphs': 0, 'with errors': 0 }
    for (let index = 0; index < operations; index++) {
      const { query, variables } = generateOperation(compiled.schema, `${seed} text ${index}`)
      for (const [name, make] of Object.entries(scenarios)) {
        const random = randomOf(`${seed} ${index} ${name}`)
        const scenario = { seed: random.below(1_000_000), ...make(random) }
        const both = await bothWays(compiled, query, variables, scenario)
        if (!both) continue
        const { objects, text } = both
        counts.compared++
        if (text.isText) counts['as text']++
        else if (text.json.includes('"errors"')) counts['with errors']++
        if (text.subgraphs.texts > 0) counts['with texts of subgraphs']++
        if (text.json !== objects.json || text.subgraphs.asked.join() !== objects.subgraphs.asked.join())
          throw new Error(
            [name, JSON.stringify(scenario), query, JSON.stringify(variables), objects.json, text.json].join('\n'),
          )
      }
    }
    console.info(counts)
    expect(counts['with texts of subgraphs']).toBeGreaterThan(operations)
    expect(counts['as text']).toBeGreaterThan(operations)
    expect(counts['with errors']).toBeGreaterThan(operations / 5)
  },
  60_000 + operations * 200,
)
