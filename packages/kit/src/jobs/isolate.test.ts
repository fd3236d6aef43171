import { createLog } from '../config/log.js'
import { isolate } from './isolate.js'
import { createSetAside } from './set-aside.js'

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at)

test.each([
  [0, []],
  [1, []],
  [1, [0]],
  [1_000, []],
  [1_000, [0]],
  [1_000, [7, 8, 500, 999]],
])('of %i, those that fail are found, and the others are done once', async (count, bad) => {
  const done: number[] = []
  let calls = 0
  const failed = await isolate(numbers(count), async (some) => {
    calls++
    if (some.some((one) => bad.includes(one))) throw new Error('bad')
    done.push(...some)
  })
  expect([...failed.keys()]).toEqual(bad)
  expect(done).toEqual(numbers(count).filter((one) => !bad.includes(one)))
  expect(calls).toBeLessThanOrEqual(1 + bad.length * 2 * Math.ceil(Math.log2(count + 1)))
})

test('when the database is away, or everything fails, nothing is to blame for it', async () => {
  const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  await expect(isolate(numbers(4), () => Promise.reject(away))).rejects.toBe(away)
  let calls = 0
  const fails = () => Promise.reject(new Error(`${++calls}`))
  await expect(isolate(numbers(10_000), fails)).rejects.toThrow()
  expect(calls).toBeLessThan(300)
})

test('what was set aside is left out for a second, twice as long each time, at most an hour', () => {
  let now = 0
  const aside = createSetAside('job', createLog({ name: 'test', level: 'silent' }), () => new Date(now))
  for (let times = 1; times <= 15; times++) {
    aside.add('a', new Error('bad'), { customer: 'a' })
    const pause = Math.min(1_000 * 2 ** (times - 1), 3_600_000)
    expect(aside.ids()).toEqual(['a'])
    now += pause - 1
    expect(aside.ids()).toEqual(['a'])
    now += 1
    expect(aside.ids()).toEqual([])
  }
})

test('what has been free for long enough begins anew, and is not to blame while the database is away', () => {
  let now = 0
  const aside = createSetAside('job', createLog({ name: 'test', level: 'silent' }), () => new Date(now))
  const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  for (let hour = 0; hour < 20; hour++) {
    for (const error of [new Error('bad'), away, away]) {
      aside.add('a', error, {})
      expect(aside.ids()).toEqual(['a'])
      now += 1_000
      expect(aside.ids()).toEqual([])
    }
    now += 3_600_000
    expect(aside.ids()).toEqual([])
  }
})
