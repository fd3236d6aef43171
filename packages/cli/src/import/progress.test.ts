import { newCounts, resultsText } from './counts.js'
import { createProgress } from './progress.js'
import { createReading } from './reading.js'

const watched = (isTTY: boolean) => {
  let text = ''
  const write = (piece: string) => {
    text += piece
    return true
  }
  return { stream: { isTTY, write } as never, text: () => text }
}

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

test('where there is no terminal, lines are whole and of one form, the last one too', () => {
  const { stream, text } = watched(false)
  const counts = newCounts()
  const reading = createReading(() => progress.update())
  const progress = createProgress(counts, () => resultsText(counts), reading.share, stream)
  const read = reading.add(1_000, 1)
  progress.note('a.csv: encoding utf-8')
  for (const _ of Array(4).keys()) {
    counts.rows += 100
    counts.created += 100
    vi.advanceTimersByTime(5_000)
    read(250)
  }
  progress.end(true)
  expect(text().split('\n')).toEqual([
    'a.csv: encoding utf-8',
    '50% · 200 rows (20/s) · 200 created, 0 updated, 0 unchanged, 0 rejected',
    '99% · 400 rows (20/s) · 400 created, 0 updated, 0 unchanged, 0 rejected',
    '100% · 400 rows (20/s) · 400 created, 0 updated, 0 unchanged, 0 rejected',
    '',
  ])
  expect(text()).not.toContain('\r')
})

test('what fails before any file is opened has no line of results', () => {
  const { stream, text } = watched(false)
  const counts = newCounts()
  createProgress(
    counts,
    () => resultsText(counts),
    () => undefined,
    stream,
  ).end(false)
  expect(text()).toBe('')
})

test('on a terminal one line is redrawn, and cleared at the end', () => {
  const { stream, text } = watched(true)
  const counts = { ...newCounts(), rows: 7 }
  const progress = createProgress(
    counts,
    () => resultsText(counts),
    () => 0.256,
    stream,
  )
  vi.advanceTimersByTime(1_000)
  progress.update()
  progress.update()
  progress.end(true)
  expect(text()).toBe('\r\x1b[2K25% · 7 rows (7/s) · 0 created, 0 updated, 0 unchanged, 0 rejected\r\x1b[2K')
})

test('an import that was stopped says how far it came', () => {
  const { stream, text } = watched(false)
  vi.advanceTimersByTime(1_000)
  createProgress(
    newCounts(),
    () => '',
    () => 1,
    stream,
  ).end(false)
  expect(text()).toMatch(/^99% · 0 rows/)
})

test('a file that is read twice is half read after the first time; of a pipe nothing is said', () => {
  const reading = createReading(() => {})
  const twice = reading.add(100, 2)
  twice(100)
  expect(reading.share()).toBe(0.5)
  const once = reading.add(200, 1)
  once(200)
  twice(150)
  expect(reading.share()).toBe(1)
  reading.add(0, 1)
  expect(reading.share()).toBeUndefined()
  const { stream, text } = watched(false)
  createProgress(newCounts(), () => '', reading.share, stream).end(true)
  expect(text()).toMatch(/^0 rows \(0\/s\)/)
})
