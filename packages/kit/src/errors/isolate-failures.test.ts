import { Conflict, Forbidden, Unavailable } from './errors.js'
import { isolateFailures } from './isolate-failures.js'

const numbers = Array.from({ length: 200 }, (_, at) => at)

const run = async (isBad: (item: number) => boolean, fault: () => Error = () => new Error('bad')) => {
  const calls: (readonly number[])[] = []
  const results = await isolateFailures(
    numbers,
    async (part) => {
      calls.push(part)
      if (part.some(isBad)) throw fault()
      return part.map((item) => `${item} done`)
    },
    (item, error) => `${item} ${(error as Error).message}`,
  )
  return { calls, results }
}

test.each<[string, (item: number) => boolean]>([
  ['none', () => false],
  ['the first', (item) => item === 0],
  ['the last', (item) => item === 199],
  ['some', (item) => item % 17 === 3],
  ['all', () => true],
])('when %s fails, all others are done, in order', async (_, isBad) => {
  const { results } = await run(isBad)
  expect(results).toEqual(numbers.map((item) => (isBad(item) ? `${item} bad` : `${item} done`)))
})

test('one that fails costs a handful of calls', async () => {
  expect((await run(() => false)).calls).toHaveLength(1)
  expect((await run((item) => item === 77)).calls.length).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(200)))
})

test('a conflict may lie with an item', async () => {
  const { results } = await run(
    (item) => item === 5,
    () => new Conflict('taken'),
  )
  expect(results[5]).toBe('5 taken')
})

test.each([new Unavailable('away'), new Forbidden('no'), Object.assign(new Error(), { code: 'ECONNREFUSED' })])(
  'what lies with none of them is thrown at once: %s',
  async (fault) => {
    await expect(
      run(
        (item) => item === 5,
        () => fault,
      ),
    ).rejects.toBe(fault)
  },
)
