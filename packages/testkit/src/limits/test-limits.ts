import { type ListLimit, limits, type NumberLimit, type TextLimit } from '@clientele/contracts'
import type { Service } from '@clientele/kit'
import type { TestService } from '../service.js'
import { databaseBounds } from './database-bounds.js'
import { driveLimits, type LimitOptions, type LimitScenario, undriven } from './drive-limits.js'
import { limitsByHand, unlimited } from './limited-fields.js'

/** What the CHECKs of every service's database bound. */
const ofEvery = {
  'audit_entry.purpose': `length ..${limits.purpose.most}`,
}

/** A bound as `databaseBounds` tells it. */
export const bound = {
  characters: ({ most }: TextLimit) => `length 1..${most}`,
  entries: ({ least, most }: ListLimit) => `entries ${least}..${most}`,
  value: ({ least, most }: NumberLimit) => `value ${least}..${most}`,
}

interface Limits extends LimitOptions {
  scenarios: readonly LimitScenario[]
  /** Fields that need no limit, and inputs that are checked as a whole. */
  without?: readonly string[]
  /** What the CHECKs of the service's own tables bound, by `table.column`. */
  bounds: Record<string, string>
}

/**
 * Tests that each text, number, time and list of a service's inputs has a limit, that what is at it is written, published and read, that one
 * beyond is INVALID with path and reason, and that the database's CHECKs say the same.
 */
export const testLimits = (service: Service, svc: TestService, o: Limits) => {
  const without = new Set(o.without)
  const driven = new Set<string>()

  test('each text, number, time and list of an input has a limit, which its description says once, made from it', () => {
    expect(unlimited(service, without)).toEqual([])
    expect(limitsByHand(service)).toEqual([])
  })

  test.each(o.scenarios)('$mutation takes what is at its limits and refuses what is one beyond', async (scenario) => {
    const result = await driveLimits(service, scenario, o)
    for (const name of result.driven) driven.add(name)
    expect(result.wrong).toEqual([])
  })

  test('every limit was driven, and all events that came of it are on the stream', async () => {
    expect(undriven(service, without, driven)).toEqual([])
    await svc.relay()
    const left = await svc.database.system.query('select type from outbox where stream_seq is null')
    expect(left.rows).toEqual([])
  })

  test('the CHECKs of the database are the limits', async () => {
    expect(await databaseBounds(svc)).toEqual({ ...ofEvery, ...o.bounds })
  })
}
