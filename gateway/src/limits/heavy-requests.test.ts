import fc from 'fast-check'
import { vi } from 'vitest'
import { createHeavyRequests, heavyLimits, type Turn } from './heavy-requests.js'
import { plainWeight } from './weight.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const limits = {
  ...heavyLimits,
  budget: 10_000,
  budgetInQuiet: 10_000,
  plainBetween: 3,
  waitingOfCaller: 2,
  waitingOfTenant: 3,
  waiting: 4,
}
/** Fills the budget alone. */
const whole = limits.budget
const settle = () => vi.advanceTimersByTimeAsync(0)
const start = (given: Partial<typeof limits> = {}) => {
  const told: string[] = []
  const metrics = { waits: () => {}, waited: (outcome: string) => void told.push(outcome) }
  const takeTurn = createHeavyRequests({ ...limits, ...given }, metrics)
  const take = (tenant: string, caller: string, gone?: AbortSignal) => takeTurn({ tenant, caller }, gone)
  const started: string[] = []
  const heavy = (
    name: string,
    { tenant = 't', caller = name[0]!, weight = whole, gone = undefined as AbortSignal | undefined } = {},
  ) => {
    const turn = take(tenant, caller, gone)
    const refused = turn.weigh(weight).then(
      () => void started.push(name),
      ({ reason }) => reason as string,
    )
    return { turn, refused }
  }
  return { take, heavy, started, told }
}
const end = async (...turns: { turn: Turn }[]) => {
  for (const { turn } of turns) {
    turn.end()
    await settle()
  }
}

test('tenants take turns, and callers of each, however many each sends', async () => {
  const { heavy, started } = start({ waitingOfCaller: 9, waitingOfTenant: 9, waiting: 9 })
  const first = heavy('a0')
  await settle()
  const all = ['a1', 'a2', 'a3', 'b1'].map((name) => heavy(name, { tenant: 'x' }))
  all.push(heavy('c1', { tenant: 'y' }), heavy('c2', { tenant: 'y' }))
  await end(first)
  for (let ended = 0; ended < all.length; ended++) {
    const running = started.at(-1)!
    await end(all[['a1', 'a2', 'a3', 'b1', 'c1', 'c2'].indexOf(running)]!)
  }
  expect(started).toEqual(['a0', 'a1', 'c1', 'b1', 'c2', 'a2', 'a3'])
})

test('so many run at once as their weight together allows, and none passes one that is too heavy for now', async () => {
  const { heavy, started } = start()
  const small = heavy('a1', { weight: 4_000 })
  const other = heavy('b1', { weight: 4_000 })
  const large = heavy('c1', { weight: 90_000 })
  heavy('d1', { weight: plainWeight + 1 })
  await settle()
  expect(started).toEqual(['a1', 'b1'])
  await end(small)
  expect(started).toEqual(['a1', 'b1'])
  await end(other)
  expect(started).toEqual(['a1', 'b1', 'c1'])
  await end(large)
  expect(started).toEqual(['a1', 'b1', 'c1', 'd1'])
})

test('what is plain never waits', async () => {
  const { heavy, started } = start()
  heavy('a1')
  heavy('b1')
  heavy('c1', { weight: plainWeight })
  await settle()
  expect(started.toSorted()).toEqual(['a1', 'c1'])
})

test('who is found to be heavier waits for all of it, without what it had', async () => {
  const { heavy, take, started } = start()
  const first = heavy('a1', { weight: 6_000 })
  const second = heavy('b1', { weight: 4_000 })
  await settle()
  const again = first.turn.weigh(8_000).then(() => started.push('a1 again'))
  const other = second.turn.weigh(9_000).then(() => started.push('b1 again'))
  await again
  expect(started).toEqual(['a1', 'b1', 'a1 again'])
  await end(first)
  await other
  await second.turn.weigh(5_000)
  await end(second)
  expect(started).toEqual(['a1', 'b1', 'a1 again', 'b1 again'])
  const last = take('t', 'c')
  await last.weigh(whole)
})

test('for each plain request that ran beside a heavy one, so many are answered before the next', async () => {
  const { take, heavy, started } = start()
  const busy = take('t', 'p')
  const first = heavy('a1')
  await settle()
  heavy('b1')
  take('t', 'p').end()
  first.turn.end()
  for (let answered = 0; answered < limits.plainBetween; answered++) {
    expect(started).toEqual(['a1'])
    take('t', 'p').end()
    await settle()
  }
  expect(started).toEqual(['a1', 'b1'])
  busy.end()
})

test('a gap between plain requests is enough, and so is half of the longest wait', async () => {
  const { take, heavy, started } = start()
  const plain = take('t', 'p')
  const { turn } = heavy('a1')
  await settle()
  plain.end()
  take('t', 'p')
  turn.end()
  heavy('b1')
  await vi.advanceTimersByTimeAsync(limits.waitMs / 2 - 1)
  expect(started).toEqual(['a1'])
  await vi.advanceTimersByTimeAsync(1)
  expect(started).toEqual(['a1', 'b1'])

  const again = start()
  const short = again.take('t', 'p')
  const first = again.heavy('a1')
  short.end()
  first.turn.end()
  again.heavy('b1')
  await vi.advanceTimersByTimeAsync(limits.quietMs)
  expect(again.started).toEqual(['a1', 'b1'])
})

test('where plain requests never end, each of many waits for half of the longest wait, and not one after the other', async () => {
  const { take, heavy, started, told } = start({ waitingOfCaller: 9, waitingOfTenant: 9, waiting: 9 })
  take('t', 'p')
  const first = heavy('a1')
  await settle()
  const all = ['b1', 'c1', 'b2', 'c2'].map((name) => heavy(name))
  await vi.advanceTimersByTimeAsync(100)
  // Young, and of a tenant whose turn comes soon: it holds up none of those that have waited.
  all.splice(1, 0, heavy('d1', { tenant: 'other' }))
  take('t', 'p').end()
  await end(first)
  await vi.advanceTimersByTimeAsync(limits.waitMs / 2 - 101)
  expect(started).toEqual(['a1'])
  await vi.advanceTimersByTimeAsync(1)
  for (const [at, one] of all.entries()) {
    expect(started).toHaveLength(at + 2)
    take('t', 'p').end()
    await end(one)
  }
  expect(started).toEqual(['a1', 'b1', 'd1', 'c1', 'b2', 'c2'])
  expect(told).not.toContain('waited_too_long')
})

test('while the process is busy there is no gap: who would ask could not be heard', async () => {
  const { take, heavy, started } = start()
  const plain = take('t', 'p')
  const first = heavy('a1')
  await settle()
  plain.end()
  const second = heavy('b1')
  await end(first)
  const step = limits.quietMs / 5
  const late = vi.spyOn(performance, 'now')
  let now = 0
  late.mockImplementation(() => (now += 3 * step))
  await vi.advanceTimersByTimeAsync(3 * limits.quietMs)
  expect(started).toEqual(['a1'])
  late.mockRestore()
  await vi.advanceTimersByTimeAsync(limits.quietMs + step)
  expect(started).toEqual(['a1', 'b1'])
  await end(second)
})

test('who has waited for the longest time is told so, and the place is free', async () => {
  const { heavy, started, told } = start()
  const first = heavy('a1')
  const second = heavy('b1')
  await vi.advanceTimersByTimeAsync(limits.waitMs - 1)
  const third = heavy('c1')
  await vi.advanceTimersByTimeAsync(1)
  expect(await second.refused).toBe('request.waited_too_long')
  await end(first, second, third)
  expect(started).toEqual(['a1', 'c1'])
  expect(told).toEqual(['begun', 'waited_too_long', 'begun'])
})

test('who has too many waiting is refused, and so is a tenant, and so are all', async () => {
  const { heavy } = start()
  heavy('first', { tenant: 'z' })
  await settle()
  for (const [tenant, caller, expected] of [
    ['x', 'a', undefined],
    ['x', 'a', undefined],
    ['x', 'a', 'rate.heavy_requests'],
    ['x', 'b', undefined],
    ['x', 'c', 'rate.heavy_requests'],
    ['y', 'c', undefined],
    ['z', 'd', 'rate.heavy_requests'],
  ] as const) {
    const { refused, turn } = heavy(caller, { tenant })
    let outcome: unknown
    refused.then((found) => (outcome = found))
    await settle()
    expect(outcome).toBe(expected)
    if (expected) turn.end()
  }
})

test('who leaves while waiting is passed over, and the place is free', async () => {
  const { heavy, started } = start()
  const client = new AbortController()
  const first = heavy('a1')
  await settle()
  const left = heavy('a2', { gone: client.signal })
  const third = heavy('a3')
  const fourth = heavy('a4')
  expect(await fourth.refused).toBe('rate.heavy_requests')
  await end(fourth)
  client.abort()
  expect(await left.refused).toBe('request.abandoned')
  const fifth = heavy('a5')
  await end(left, first, third, fifth)
  expect(started).toEqual(['a1', 'a3', 'a5'])
  expect(await heavy('a6', { gone: client.signal }).refused).toBe('request.abandoned')
})

test('who has begun is not stopped here when the client leaves', async () => {
  const { heavy, started } = start()
  const client = new AbortController()
  const first = heavy('a1', { gone: client.signal })
  await settle()
  client.abort()
  heavy('b1')
  await end(first)
  expect(started).toEqual(['a1', 'b1'])
})

test('whatever comes, leaves and ends: the weight under way is within the budget or of one alone, and all who stay have their turn', async () => {
  const request = fc.record({
    tenant: fc.constantFrom('x', 'y'),
    caller: fc.constantFrom('a', 'b'),
    weights: fc.array(fc.integer({ min: 0, max: 25_000 }), { minLength: 1, maxLength: 3 }),
    leaves: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 30 }), async (requests) => {
      let waiting = 0
      const metrics = { waits: () => void waiting++, waited: () => void waiting-- }
      const roomy = { ...limits, waitingOfCaller: 99, waitingOfTenant: 99, waiting: 99 }
      const takeTurn = createHeavyRequests(roomy, metrics)
      const running = new Map<number, number>()
      const outcomes = requests.map(async ({ tenant, caller, weights, leaves }, at) => {
        const client = new AbortController()
        const turn = takeTurn({ tenant, caller }, client.signal)
        try {
          for (const weight of weights) {
            const own = running.get(at) ?? 0
            const isHeavier = weight > Math.max(plainWeight, own)
            if (isHeavier) running.delete(at)
            const waited = turn.weigh(weight)
            if (leaves) client.abort()
            await waited
            if (isHeavier) running.set(at, weight)
            const sum = [...running.values()].reduce((all, each) => all + each, 0)
            if (running.size > 1) expect(sum).toBeLessThanOrEqual(limits.budget)
          }
          return 'done'
        } catch (error) {
          return (error as { reason?: string }).reason
        } finally {
          running.delete(at)
          turn.end()
        }
      })
      await vi.advanceTimersByTimeAsync(limits.quietMs)
      const reasons = await Promise.all(outcomes)
      expect(waiting).toBe(0)
      for (const [at, reason] of reasons.entries()) {
        expect(['done', ...(requests[at]!.leaves ? ['request.abandoned'] : [])]).toContain(reason)
      }
    }),
    { numRuns: 200 },
  )
})
