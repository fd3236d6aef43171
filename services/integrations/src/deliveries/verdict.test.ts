import { config } from '../config.js'
import { type Outcome, retryAtOf, verdictOn } from './verdict.js'

const now = new Date('2026-03-01T12:00:00Z')
const retrySeconds = config.parse({}).WEBHOOK_RETRY_SECONDS
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const outcome = (fields: Partial<Outcome>): Outcome => ({
  statusCode: 500,
  error: 'http.status',
  retryAt: null,
  snippet: null,
  durationMs: 1,
  ...fields,
})
const judge = (fields: Partial<Outcome>, attempt = 1, random = 0.5) =>
  verdictOn(outcome(fields), { attempt, retrySeconds, now, random })

test('the schedule is the one of Standard Webhooks, and then the delivery has failed', () => {
  const pauses = retrySeconds.map((_, at) => (judge({}, at + 1).nextAt!.getTime() - now.getTime()) / 1000)
  expect(pauses).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400])
  expect(judge({}, 10)).toEqual({ status: 'FAILED', nextAt: null, pausedUntil: null, gone: false })
})

test.each([
  [0, 80],
  [0.25, 90],
  [0.5, 100],
  [0.999999, 120],
])('with chance %p the pause is %p %', (random, percent) => {
  expect(judge({}, 2, random).nextAt).toEqual(after(3 * percent))
})

test.each([
  [
    { statusCode: 200, error: null },
    { status: 'DELIVERED', nextAt: null, gone: false },
  ],
  [{ statusCode: 410 }, { status: 'FAILED', nextAt: null, gone: true }],
  [{ statusCode: 404 }, { status: 'PENDING', nextAt: after(5), gone: false }],
  [
    { statusCode: 301, error: 'http.redirect' },
    { status: 'PENDING', nextAt: after(5), gone: false },
  ],
  [
    { statusCode: null, error: 'timeout' },
    { status: 'PENDING', nextAt: after(5), gone: false },
  ],
  [
    { statusCode: 429, retryAt: after(60) },
    { status: 'PENDING', nextAt: after(60), pausedUntil: after(60) },
  ],
  [
    { statusCode: 503, retryAt: after(60) },
    { status: 'PENDING', nextAt: after(60), pausedUntil: after(60) },
  ],
  [
    { statusCode: 429, retryAt: after(1) },
    { status: 'PENDING', nextAt: after(5), pausedUntil: after(1) },
  ],
  [
    { statusCode: 503, retryAt: after(-1) },
    { status: 'PENDING', nextAt: after(5), pausedUntil: null },
  ],
  [
    { statusCode: 500, retryAt: after(60) },
    { status: 'PENDING', nextAt: after(5), pausedUntil: null },
  ],
  [
    { statusCode: 429, retryAt: after(1e6) },
    { status: 'PENDING', nextAt: after(86_400), pausedUntil: after(86_400) },
  ],
] as const)('%j leads to %j', (fields, expected) => {
  expect(judge(fields)).toMatchObject(expected)
})

test.each([
  ['120', after(120)],
  [' 0 ', after(0)],
  ['Sun, 01 Mar 2026 12:01:00 GMT', after(60)],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['2026-03-01', null],
  ['Someday, never', null],
  ['', null],
  [undefined, null],
])('Retry-After: %s', (header, expected) => {
  expect(retryAtOf(header, now)).toEqual(expected)
})
