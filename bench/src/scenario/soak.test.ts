import { delivery, flatness } from './soak.js'
import type { Held } from './watch.js'

const seconds = 1_800

/** Half an hour, looked at every five seconds: `grown` comes to the heap an hour, beside a saw-tooth of garbage. */
const halfAnHour = (grown: number, more: (at: number) => Partial<Held> = () => ({})): Held[] =>
  Array.from({ length: seconds / 5 }, (_, index) => {
    const at = index * 5
    const garbage = (index % 7) * 4e6
    const heap = 100e6 + (grown * at) / 3_600 + garbage
    return { at, rss: heap + 150e6, heap, files: 60 + (index % 3), handles: 30, connections: 40, ...more(at) }
  })

const missed = (held: readonly Held[]) =>
  flatness(held, seconds)
    .filter(({ met }) => !met)
    .map(({ name }) => name)

test('a saw-tooth of garbage is flat', () => {
  expect(missed(halfAnHour(0))).toEqual([])
})

test('what grows during the warm-up only is flat', () => {
  const warmingUp = halfAnHour(0, (at) => (at < 500 ? { heap: 20e6 + at * 1e5, connections: at / 20 } : {}))
  expect(missed(warmingUp)).toEqual([])
})

test('a heap that grows by a tenth in the time is a leak', () => {
  expect(missed(halfAnHour(30e6))).toEqual(['JavaScript heap in use'])
  const [, heap] = flatness(halfAnHour(30e6), seconds)
  expect(heap!.measured).toBe('9 MB in 18.1 min at 109.8 MB (30 MB an hour)')
})

test('connections and handles that are not given back are told', () => {
  expect(
    missed(halfAnHour(0, (at) => ({ connections: 40 + Math.floor(at / 120), handles: 30 + Math.floor(at / 100) }))),
  ).toEqual(['handles of the event loop', 'connections to PostgreSQL'])
})

test('what nobody tells is not flat', () => {
  const nothing = Array.from({ length: 360 }, (_, index) => ({ at: index * 5 }))
  expect(missed(nothing)).toHaveLength(5)
})

test('events that still wait, and those that were given up, are told', () => {
  const before = { at: 0, outbox: 0, pending: 0, deadLetters: 2 }
  expect(delivery(before, { ...before, at: 10 }, 1.25).map(({ met }) => met)).toEqual([true, true])
  const [waits, givenUp] = delivery(before, { at: 10, outbox: 3, pending: 40, deadLetters: 5 }, undefined)
  expect(waits).toMatchObject({ met: false, measured: '3 not in the stream, 40 not handled' })
  expect(givenUp).toMatchObject({ met: false, measured: '3' })
})
