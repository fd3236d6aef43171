import { createLog, run, type Service, type Surroundings } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { watchHandles } from '@clientele/testkit/leaks'

const svc = await startForTest(example)
const start = (service: Service, around: Partial<Surroundings> = {}) =>
  run(service, {
    database: svc.urls,
    natsUrl: svc.natsUrl,
    verifier: svc.verifier,
    masterKeys: svc.masterKeys,
    peers: { subgraph: () => undefined, token: svc.issuer.serviceToken },
    log: createLog({ name: 'failed', level: 'silent' }),
    migrate: false,
    ...around,
  })
const refuse = () => {
  throw new Error('not like this')
}

test.each(['entities', 'consumers', 'timers', 'jobs', 'queryCompiler', 'publicFields'] as const)(
  'a start that fails at the %s of the service leaves no connection open',
  async (part) => {
    const checkHandles = watchHandles()
    const service = Object.defineProperty({ ...example }, part, { get: refuse })
    await expect(start(service)).rejects.toThrow('not like this')
    await checkHandles()
  },
)

test('what a start waits for is told by its address', async () => {
  const told: unknown[] = []
  const starting = start(example, {
    natsUrl: 'nats://somebody:secret@127.0.0.1:9',
    patience: 1_000,
    onWait: (what) => told.push(what),
  })
  await expect(starting).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'start' })
  expect(told).toEqual(expect.arrayContaining(['NATS at 127.0.0.1:9']))
  expect(told.filter((what) => what !== undefined && what !== 'NATS at 127.0.0.1:9')).toEqual([])
})

test('a service that has started closes all that it has opened, also where it is told twice', async () => {
  const checkHandles = watchHandles()
  const running = await start(example)
  await Promise.all([running.stop(), running.stop()])
  await checkHandles()
})
