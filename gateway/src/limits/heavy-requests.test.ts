import { vi } from 'vitest'
import { createHeavyRequests, heavyLimits } from './heavy-requests.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const limits = { ...heavyLimits, atOnceInQuiet: 1, plainBetween: 3, waitingOfOne: 2, waiting: 3 }
const start = () => {
  const take = createHeavyRequests(limits)
  const started: string[] = []
  const heavy = (caller: string, name = caller) => {
    const turn = take(caller)
    const refused = turn.heavy().then(
      () => void started.push(name),
      ({ reason }) => reason as string,
    )
    return { turn, refused }
  }
  const settle = () => vi.advanceTimersByTimeAsync(0)
  return { take, heavy, started, settle }
}

test('one runs at a time, and callers take turns however many each sends', async () => {
  const { heavy, started, settle } = start()
  const first = heavy('a', 'a1')
  await settle()
  await vi.advanceTimersByTimeAsync(limits.quietMs)
  const second = heavy('a', 'a2')
  heavy('a', 'a3')
  const other = heavy('b', 'b1')
  await vi.advanceTimersByTimeAsync(limits.quietMs)
  expect(started).toEqual(['a1'])
  for (const { turn } of [first, second, other]) {
    turn.end()
    await settle()
  }
  expect(started).toEqual(['a1', 'a2', 'b1', 'a3'])
})

test('plain requests never wait; for each that ran beside a heavy one, so many are answered before the next', async () => {
  const { take, heavy, started, settle } = start()
  const busy = take('p')
  const first = heavy('a')
  await settle()
  heavy('b')
  take('p').end()
  first.turn.end()
  for (let answered = 0; answered < limits.plainBetween; answered++) {
    expect(started).toEqual(['a'])
    take('p').end()
    await settle()
  }
  expect(started).toEqual(['a', 'b'])
  busy.end()
})

test('a gap between plain requests is enough, and so is a long wait', async () => {
  const { take, heavy, started } = start()
  const plain = take('p')
  const { turn } = heavy('a')
  await vi.advanceTimersByTimeAsync(0)
  plain.end()
  take('p')
  turn.end()
  heavy('b')
  await vi.advanceTimersByTimeAsync(limits.mostWaitMs - 1)
  expect(started).toEqual(['a'])
  await vi.advanceTimersByTimeAsync(1)
  expect(started).toEqual(['a', 'b'])

  const again = start()
  const short = again.take('p')
  const first = again.heavy('a')
  short.end()
  first.turn.end()
  again.heavy('b')
  await vi.advanceTimersByTimeAsync(limits.quietMs)
  expect(again.started).toEqual(['a', 'b'])
})

test('who has too many waiting is refused, and so are all where too many wait', async () => {
  const { take, heavy, settle } = start()
  take('p')
  heavy('first')
  await settle()
  for (const [caller, expected] of [
    ['a', undefined],
    ['a', undefined],
    ['a', 'rate.heavy_requests'],
    ['b', undefined],
    ['c', 'rate.heavy_requests'],
  ] as const) {
    const { refused, turn } = heavy(caller)
    let outcome: unknown
    refused.then((found) => (outcome = found))
    await settle()
    expect(outcome).toBe(expected)
    if (expected) turn.end()
  }
})

test('a request that is heavy already goes on, and one that ended is not counted twice', async () => {
  const { heavy, started, settle } = start()
  const { turn, refused } = heavy('a')
  await vi.advanceTimersByTimeAsync(limits.quietMs)
  await refused
  await turn.heavy()
  turn.end()
  turn.end()
  heavy('b')
  heavy('c')
  await vi.advanceTimersByTimeAsync(limits.quietMs)
  await settle()
  expect(started).toEqual(['a', 'b'])
})

test('where there are heavy requests only, several run at once and none waits for the clock', async () => {
  const take = createHeavyRequests({ ...limits, atOnceInQuiet: 2 })
  const started: string[] = []
  const turns = ['a', 'b', 'c'].map((name) => {
    const turn = take(name)
    void turn.heavy().then(() => started.push(name))
    return turn
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(started).toEqual(['a', 'b'])
  turns[0]!.end()
  await vi.advanceTimersByTimeAsync(0)
  expect(started).toEqual(['a', 'b', 'c'])
})
