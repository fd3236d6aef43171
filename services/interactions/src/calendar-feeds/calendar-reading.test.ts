import { type CalendarText, readOnce } from './calendar-reading.js'

const text = (body: string) => ({ body, isComplete: true })
const open = () => new AbortController().signal
/** A reading that ends when it is told to, or when nobody waits any more. */
const slow = (body = 'a') => {
  const begun: AbortSignal[] = []
  let finish = () => {}
  const read = (signal: AbortSignal) => {
    begun.push(signal)
    return new Promise<Omit<CalendarText, 'validator'>>((resolve, reject) => {
      finish = () => resolve(text(body))
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  }
  return { read, begun, finish: () => finish() }
}
const rest = () => new Promise((resolve) => setTimeout(resolve, 5))

test('whoever asks for the same at once, or for what is kept, shares one reading', async () => {
  const { read, begun, finish } = slow()
  const all = [1, 2, 3].map(() => readOnce('shared', 'v1', open(), read))
  await rest()
  finish()
  expect((await Promise.all(all)).map(({ body }) => body)).toEqual(['a', 'a', 'a'])
  expect((await readOnce('shared', 'v1', open(), read)).body).toBe('a')
  expect(begun).toHaveLength(1)
})

test('another content of one feed is read after the first', async () => {
  const [first, second] = [slow('old'), slow('new')]
  const old = readOnce('changed', 'v1', open(), first.read)
  const fresh = readOnce('changed', 'v2', open(), second.read)
  await rest()
  expect(second.begun).toHaveLength(0)
  first.finish()
  expect((await old).body).toBe('old')
  await rest()
  second.finish()
  expect((await fresh).body).toBe('new')
})

test('a reading ends with the last who waits for it; whoever comes then has one of their own', async () => {
  const { read, begun, finish } = slow()
  const [one, other] = [new AbortController(), new AbortController()]
  const gone = [readOnce('left', 'v1', one.signal, read), readOnce('left', 'v1', other.signal, read)]
  one.abort()
  await expect(gone[0]).rejects.toThrow()
  expect(begun[0]!.aborted).toBe(false)
  other.abort()
  await expect(gone[1]).rejects.toThrow()
  expect(begun[0]!.aborted).toBe(true)
  const later = readOnce('left', 'v1', open(), read)
  await rest()
  finish()
  expect((await later).body).toBe('a')
  expect(begun).toHaveLength(2)
  await expect(readOnce('left', 'v2', AbortSignal.abort(), read)).rejects.toThrow()
})

test('a reading that fails fails for those who wait, and stands in nobody’s way', async () => {
  const fails = () => Promise.reject(new Error('away'))
  await expect(readOnce('failed', 'v1', open(), fails)).rejects.toThrow('away')
  expect((await readOnce('failed', 'v1', open(), async () => text('b'))).body).toBe('b')
})
