import fc from 'fast-check'
import { isolateFailures } from './isolate-failures.js'

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at)

/** Works through `count` numbers, of which `bad` fail. */
const run = async (count: number, bad: readonly number[]) => {
  const done: number[] = []
  let calls = 0
  const failed = await isolateFailures(numbers(count), async (part) => {
    calls++
    if (part.some((item) => bad.includes(item))) throw new Error(`bad: ${part.join()}`)
    done.push(...part)
  })
  return { done, failed, calls }
}

test('those that fail are found with their errors, the others are done once and in order, and each costs a handful of calls', () => {
  const cases = fc
    .integer({ min: 0, max: 300 })
    .chain((count) =>
      fc.tuple(fc.constant(count), fc.uniqueArray(fc.nat({ max: Math.max(0, count - 1) }), { maxLength: 100 })),
    )
    .map(([count, bad]) => ({ count, bad: bad.filter((item) => item < count).sort((a, b) => a - b) }))
  return fc.assert(
    fc.asyncProperty(cases, async ({ count, bad }) => {
      const { done, failed, calls } = await run(count, bad)
      expect([...failed]).toEqual(bad.map((item) => [item, new Error(`bad: ${item}`)]))
      expect(done).toEqual(numbers(count).filter((item) => !bad.includes(item)))
      expect(calls).toBeLessThanOrEqual(1 + bad.length * 2 * Math.ceil(Math.log2(count + 1)))
    }),
  )
})

test('when more fail than may, nothing is to blame for it', async () => {
  let calls = 0
  const fails = () => Promise.reject(new Error(`${++calls}`))
  await expect(isolateFailures(numbers(10_000), fails)).rejects.toThrow()
  expect(calls).toBeLessThan(300)
  expect((await isolateFailures(numbers(200), fails, { mostFailures: 200 })).size).toBe(200)
})

test('what lies with none of them is thrown at once', async () => {
  const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  await expect(isolateFailures(numbers(4), () => Promise.reject(away))).rejects.toBe(away)
  let calls = 0
  const refused = new Error('no')
  const work = () => Promise.reject(++calls && refused)
  await expect(isolateFailures(numbers(4), work, { mayBeItem: (error) => error !== refused })).rejects.toBe(refused)
  expect(calls).toBe(1)
})
