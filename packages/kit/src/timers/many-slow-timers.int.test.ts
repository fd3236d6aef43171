import { randomUUID } from 'node:crypto'
import { type Actor, defineService, setTimers, slowTimer } from '@clientele/kit'
import { goOff, startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'

const finished: string[] = []
const quick = slowTimer('quick', async (_, id) => async () => void finished.push(id))
const others = Array.from({ length: 24 }, (_, at) => slowTimer(`other-${at}`, async () => undefined))
const now = new Date('2026-03-01T12:00:00.000Z')
const svc = await startForTest(defineService({ ...example, consumers: [], timers: [quick, ...others] }), {
  now: () => now,
})

test('work that ends while others are looked for counts, so that the next follows at once', async () => {
  const actor: Actor = { subject: 'anna', roles: [], tenant: 'acme', territories: [], kind: 'person' }
  const ids = Array.from({ length: 6 }, (): string => randomUUID())
  const due = ids.map((entityId) => ({ entityId, at: now }))
  await svc.context(actor).transaction((tx) => setTimers(tx, quick, due))
  await goOff(svc)
  expect(finished.toSorted()).toEqual(ids.toSorted())
})
