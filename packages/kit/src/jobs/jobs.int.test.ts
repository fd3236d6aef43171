import { createLog, defineService, type Job, run } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'

const done: string[] = []
let gate: Promise<void> = Promise.resolve()

const jobs = Array.from(
  { length: 8 },
  (_, number): Job => ({
    name: `example-job-${number}`,
    everyMs: 3_600_000,
    run: async ({ system }) => {
      await system.query('select 1')
      await gate
      await system.query('select 1')
      done.push(`job ${number}`)
      return 0
    },
  }),
)
const service = defineService({ ...example, consumers: [], jobs })
const svc = await startForTest(service)
const replica = () =>
  run(service, {
    database: svc.urls,
    natsUrl: svc.natsUrl,
    verifier: svc.verifier,
    masterKeys: svc.masterKeys,
    peers: { subgraph: () => undefined, token: svc.issuer.serviceToken },
    log: createLog({ name: 'replica', level: 'silent' }),
    migrate: false,
    background: false,
  })
const runAll = async ({ jobs: all }: Pick<typeof svc, 'jobs'>) => Promise.all(all.slice(0, -1).map((job) => job.run()))
const take = () => done.splice(0).toSorted()
const every = jobs.map((_, number) => `job ${number}`)

test('more jobs than the system pool has connections run at the same time', async () => {
  await runAll(svc)
  expect(take()).toEqual(every)
})

test('a round that still runs is not begun again, neither here nor by a replica; one that stops hands over', async () => {
  const other = await replica()
  const third = await replica()
  try {
    let open = () => {}
    gate = new Promise((resolve) => {
      open = resolve
    })
    const running = runAll(svc)
    await Promise.all([runAll(svc), runAll(other)])
    expect(take()).toEqual([])
    open()
    await running
    expect(take()).toEqual(every)
    await loseLeases()
    while (!take().length) await runAll(other)
    await runAll(svc)
    expect(take()).toEqual([])
    await other.stop()
    await runAll(third)
    expect(take()).toEqual(every)
  } finally {
    await other.stop()
    await third.stop()
  }
})

const loseLeases = () =>
  svc.database.system.query(`update lease set holder = gen_random_uuid(), fence = fence + 1, expires_at = '-infinity'`)
