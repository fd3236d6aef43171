import type { Actor } from '@clientele/kit'
import { createRateLimiter, type RateLimits } from './rate-limits.js'
import { mostOf } from './role-table.js'

const limits: RateLimits = { default: 60, anonymous: 12, manager: 120, analyst: 30, 'client:erp': 600 }
const actor = (given: Partial<Actor> = {}): Actor =>
  ({ subject: 'a', roles: ['sales'], tenant: 'acme', territories: [], kind: 'person', name: 'web', ...given }) as Actor

function limiter(o: { buckets?: number } = {}) {
  let time = 1_000_000
  const rates = createRateLimiter(limits, { ...o, now: () => time })
  const passed = (who: Actor | string, tries = 1_000) => {
    let count = 0
    for (; count < tries; count++) {
      if (!(typeof who === 'string' ? rates.takeAt(who) : rates.takeFor(who)).passes) break
    }
    return count
  }
  const wait = (ms: number) => {
    time += ms
  }
  return { rates, passed, wait }
}

test.each<[string, Actor | string, number]>([
  ['anybody', actor(), 10],
  ['the better of their roles', actor({ roles: ['sales', 'manager'] }), 20],
  ['a client of its own rate', actor({ name: 'erp' }), 100],
  ['an address', '203.0.113.7', 2],
])('%s has ten seconds’ worth at once', (_, who, burst) => expect(limiter().passed(who)).toBe(burst))

test('a bucket fills with time, and never higher than its burst', () => {
  const { passed, wait } = limiter()
  expect(passed(actor())).toBe(10)
  wait(3_000)
  expect(passed(actor())).toBe(3)
  wait(3_600_000)
  expect(passed(actor())).toBe(10)
  wait(-60_000)
  expect(passed(actor())).toBe(0)
})

test('the refusal says when to come again, and coming then is right', () => {
  const { rates, passed, wait } = limiter()
  passed('203.0.113.7')
  const verdict = rates.takeAt('203.0.113.7')
  expect(verdict).toEqual({ passes: false, retryAfter: 5, perMinute: 12 })
  wait(4_000)
  expect(passed('203.0.113.7')).toBe(0)
  wait(1_000)
  expect(passed('203.0.113.7')).toBe(1)
})

test.each([{ subject: 'b' }, { tenant: 'globex' }, { name: 'mobile' }, { name: undefined }])(
  '%j has a bucket of its own',
  (other) => {
    const { passed } = limiter()
    passed(actor())
    expect(passed(actor(other as Partial<Actor>))).toBe(10)
  },
)

test('names that run together are not the same caller', () => {
  const { passed } = limiter()
  passed(actor({ tenant: 'a', subject: 'b","c' }))
  expect(passed(actor({ tenant: 'a","b', subject: 'c' }))).toBe(10)
})

test('a flood of callers pushes out whoever was quiet longest, not whoever keeps asking', () => {
  const { passed } = limiter({ buckets: 100 })
  expect(passed('busy')).toBe(2)
  for (let n = 0; n < 5_000; n++) {
    passed(`10.0.${n >> 8}.${n & 255}`, 1)
    expect(passed('busy', 1)).toBe(0)
  }
})

test('without limits everything passes', () => {
  const rates = createRateLimiter(undefined)
  for (let n = 0; n < 10_000; n++) expect(rates.takeAt('a').passes && rates.takeFor(actor()).passes).toBe(true)
})

test.each([
  [['sales'], 60],
  [['sales', 'manager'], 120],
  [['analyst'], 30],
  [['analyst', 'sales'], 60],
  [[], 60],
  [['anonymous'], 12],
  [['constructor', '__proto__'], 60],
])('%j may %i', (roles, most) => expect(mostOf(limits, roles)).toBe(most))
