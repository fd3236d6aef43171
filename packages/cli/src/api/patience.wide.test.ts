import { ApiError } from './api-error.js'
import { createPatience } from './patience.js'

const failing = (times: number, code: 'UNAVAILABLE' | 'RATE_LIMITED' | 'INVALID', reason = 'http.503') => {
  let left = times
  return async () => {
    if (left-- > 0) throw new ApiError([{ message: 'no', extensions: { code, reason } }])
    return 'done'
  }
}

const patience = (o: { outageMs?: number; signal?: AbortSignal; connectMs?: number } = {}) => {
  const waits: number[] = []
  const { signal = new AbortController().signal, outageMs = 10_000, ...others } = o
  return { ...others, waits, signal, outageMs, onWait: (_: Error, ms: number) => void waits.push(ms) }
}

test.each(['UNAVAILABLE', 'RATE_LIMITED'] as const)('%s is tried again, after growing pauses', async (code) => {
  const o = patience()
  expect(await createPatience(o)(failing(2, code))).toBe('done')
  expect(o.waits).toEqual([250, 500])
})

test('what will not pass is thrown at once', async () => {
  const o = patience()
  await expect(createPatience(o)(failing(1, 'INVALID'))).rejects.toMatchObject({ code: 'INVALID' })
  expect(o.waits).toEqual([])
})

test('an address that never answered is given up sooner; one that answers, with whatever error, is not', async () => {
  const o = patience({ connectMs: 600 })
  await expect(createPatience(o)(failing(9, 'UNAVAILABLE', 'network'))).rejects.toMatchObject({ reason: 'network' })
  expect(o.waits).toEqual([250])
  expect(await createPatience(patience({ connectMs: 1 }))(failing(2, 'UNAVAILABLE'))).toBe('done')
})

test('an address that never answered is tried often, since it may be there for a moment only', async () => {
  const o = patience({ connectMs: 6_000, outageMs: 20_000 })
  await expect(createPatience(o)(failing(9, 'UNAVAILABLE', 'network'))).rejects.toMatchObject({ reason: 'network' })
  expect(o.waits.slice(0, 4)).toEqual([250, 500, 1_000, 2_000])
  expect(Math.max(...o.waits)).toBe(2_000)
})

test('an address that has answered once is waited for like any other, however it goes away', async () => {
  const o = patience({ connectMs: 600, outageMs: 4_000 })
  const patiently = createPatience(o)
  await patiently(failing(0, 'UNAVAILABLE'))
  expect(await patiently(failing(3, 'UNAVAILABLE', 'network'))).toBe('done')
  expect(o.waits).toEqual([250, 500, 1_000])
})

test('an address that has answered once and cannot be reached now is tried often', async () => {
  const o = patience({ outageMs: 8_000 })
  const patiently = createPatience(o)
  await patiently(failing(0, 'UNAVAILABLE'))
  expect(await patiently(failing(5, 'UNAVAILABLE', 'network'))).toBe('done')
  expect(o.waits).toEqual([250, 500, 1_000, 2_000, 2_000])
})

test('an outage that lasts too long is told', async () => {
  await expect(createPatience(patience({ outageMs: 600 }))(failing(9, 'UNAVAILABLE'))).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  })
})

test('a stop ends the waiting', async () => {
  const stopping = new AbortController()
  const o = { ...patience({ signal: stopping.signal }), onWait: () => stopping.abort() }
  await expect(createPatience(o)(failing(9, 'UNAVAILABLE'))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})
