import { Unavailable } from '../errors/errors.js'
import { health } from './health.js'

const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' })

test.each<[string, () => Promise<void>, string]>([
  ['works', async () => {}, 'ok'],
  ['fails with a code', () => Promise.reject(refused), 'ECONNREFUSED'],
  [
    'fails with an error of ours',
    () => Promise.reject(new Unavailable('NATS is not connected.')),
    'NATS is not connected.',
  ],
  ['fails with anything else', () => Promise.reject(new Error('password of app is wrong')), 'failed'],
  [
    'throws at once',
    () => {
      throw undefined
    },
    'failed',
  ],
  ['never ends', () => new Promise(() => {}), 'no answer within 20 ms'],
])('a check that %s', async (_, check, reason) => {
  const ok = reason === 'ok'
  expect(await health({ checks: { database: check, nats: async () => {} }, timeoutMs: 20 }).ready()).toEqual({
    status: ok ? 200 : 503,
    body: { status: ok ? 'ok' : 'unavailable', checks: { database: reason, nats: 'ok' } },
  })
})

test('what a check has to tell all the same is told, and keeps nobody from work', async () => {
  const account = async () => 'The issuer cannot be reached.'
  expect(await health({ checks: { account, nats: async () => {} } }).ready()).toEqual({
    status: 200,
    body: { status: 'ok', checks: { account: 'The issuer cannot be reached.', nats: 'ok' } },
  })
})

test('checks run side by side, and one that still runs is not started again', async () => {
  let started = 0
  const first = Promise.withResolvers<void>()
  const a = () => {
    started += 1
    return first.promise
  }
  const checks = { a, b: async () => first.resolve() }
  const probe = health({ checks })
  const [one, two] = await Promise.all([probe.ready(), probe.ready()])
  expect([one.status, two.status, started]).toEqual([200, 200, 1])
  await probe.ready()
  expect(started).toBe(2)
})

test('while draining it lives but is not ready, and checks nothing', async () => {
  const checked: string[] = []
  const probe = health({ checks: { a: async () => void checked.push('a') } })
  probe.drain()
  expect(await probe.ready()).toEqual({ status: 503, body: { status: 'draining' } })
  expect(probe.live()).toEqual({ status: 200, body: { status: 'ok' } })
  expect(checked).toEqual([])
})
