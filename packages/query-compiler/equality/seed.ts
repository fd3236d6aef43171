import { randomUUID } from 'node:crypto'
import type { Actor } from '@clientele/kit'
import type { TestService } from '@clientele/testkit'
import type { Random } from './random.js'

type Row = Record<string, unknown>

/** Writes rows of a tenant as they stand; columns are those of the first. */
export const insert = (svc: TestService, tenant: string, table: string, rows: readonly Row[]) => {
  const writer: Actor = { subject: 'seed', roles: [], tenant, territories: [], kind: 'person' }
  const columns = Object.keys(rows[0]!).join(', ')
  return svc.database
    .fork(writer, new Date())
    .transactional((em) =>
      em.execute(
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, ?::jsonb)`,
        [JSON.stringify(rows)],
      ),
    )
}

export const subjects = ['ann', 'bob', '王小明']
export const territories = [null, 'emea', 'emea/de', 'emea/de/bayern', 'emea/dee', '华东/上海']
const texts = ['', 'plain', `it's "quoted" \\ and \\u0000`, '季度回访 🤝 مراجعة', 'line\nbreak\ttab\u0001', '100 %_']

/** Values that are easily told wrong. */
export const awkward = (random: Random) => ({
  text: () => random.one(texts),
  maybe: <T>(value: T): T | null => (random.chance(0.3) ? null : value),
  /** With microseconds, now and then the same for several rows. */
  time: () =>
    `2026-0${1 + random.below(6)}-0${1 + random.below(3)}T0${random.below(4)}:00:00.${random.one(['', '000', '6489', '999999', '12'])}0Z`,
  isoTime: () => new Date(1_770_000_000_000 + random.below(1e9)).toISOString(),
  record: () => {
    const at = `2026-01-0${1 + random.below(5)}T08:00:00.123999Z`
    return {
      id: randomUUID(),
      version: 1 + random.below(5),
      created_at: at,
      created_by: random.one(subjects),
      updated_at: at,
      updated_by: 'seed',
    }
  },
})
export type Awkward = ReturnType<typeof awkward>

/** What a service that keeps copies of customers knows of some of them. */
export const knownCustomers = (random: Random) => {
  const a = awkward(random)
  return Array.from({ length: 16 }, () => ({
    id: a.record().id,
    version: 1,
    kind: 'PERSON',
    status: 'ACTIVE',
    owner_id: a.maybe(random.one(subjects)),
    territory: random.one(territories),
  }))
}
