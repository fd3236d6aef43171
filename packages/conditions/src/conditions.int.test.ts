import { foldText } from '@clientele/contracts'
import { backing } from '@clientele/testkit'
import fc from 'fast-check'
import pg from 'pg'
import { anyCondition, anyVisitor, now, type Visitor, visitors } from '../fixture/visitor.ts'
import { type Condition, evaluator, predicateOf } from './index.js'

const client = new pg.Client({ connectionString: backing().adminUrl })
beforeAll(() => client.connect())
afterAll(() => client.end())

const store = async (population: readonly Visitor[]) => {
  await client.query(
    `create temporary table visitor as
     select id, kind, place, tags, "isMember" as is_member, note_folded, count, "lastSeenAt" as last_seen_at, totals,
       "clicksAt" as clicks_at, (scores ->> 'r')::int as r, (scores ->> 'f')::int as f
     from jsonb_to_recordset($1::jsonb) as row (id int, kind text, place text, tags text[], "isMember" boolean, note_folded text,
       count int, "lastSeenAt" timestamptz, totals jsonb, "clicksAt" timestamptz[], scores jsonb)`,
    [JSON.stringify(population.map((one) => ({ ...one, note_folded: one.note === null ? null : foldText(one.note) })))],
  )
}

/** Which of the conditions hold, for each visitor in order, by one statement. */
const heldInSql = async (conditions: readonly Condition[]) => {
  const predicates = conditions.map((condition) => predicateOf(visitors, condition, now))
  let parameter = 0
  const columns = predicates.map(({ sql }) => sql.replace(/\?/g, () => `$${++parameter}`))
  const { rows } = await client.query<{ held: boolean[] }>(
    `select array[${columns.join(', ')}] as held from visitor v order by id`,
    predicates.flatMap(({ params }) => params),
  )
  return rows.map(({ held }) => held)
}

test('SQL and evaluation agree in 100,000 cases, with what is not known among them', async () => {
  const population = fc.sample(anyVisitor, { numRuns: 250, seed: 7 }).map((one, id) => ({ ...one, id }))
  await store(population)
  let [held, failed] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.array(anyCondition, { minLength: 20, maxLength: 20 }), async (conditions) => {
      const inSql = await heldInSql(conditions)
      for (const [at, condition] of conditions.entries()) {
        const holds = evaluator(visitors, condition)
        for (const [index, visitor] of population.entries()) {
          const expected = holds(visitor, now)
          if (expected) held++
          else failed++
          if (inSql[index]?.[at] !== expected) expect({ condition, visitor, inSql: !expected }).toBe('the same in SQL')
        }
      }
    }),
    { numRuns: 20 },
  )
  expect(held + failed).toBeGreaterThanOrEqual(100_000)
  expect(Math.min(held, failed)).toBeGreaterThan(10_000)
})
