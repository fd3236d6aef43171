import type { ServerResponse } from 'node:http'
import { startWebhookBench } from '../../fixture/webhook-bench.js'

// The clock stands still, so that no retry comes due between two tests; nothing times out, however busy the machine is.
const started = new Date()
const settings = { WEBHOOK_TIMEOUT_MS: 60_000, WEBHOOK_CONCURRENCY: 3 }
const { receiver, endpoint, happen, run, look } = await startWebhookBench({ now: () => started, settings })

/** Keeps the requests to a path open, until each is answered by `release`, the oldest first. */
const hold = (path: string) => {
  const open: ServerResponse[] = []
  let most = 0
  receiver.react(path, (response) => {
    most = Math.max(most, open.push(response))
  })
  return { release: (status = 204) => void open.shift()!.writeHead(status).end(), most: () => most }
}

test('slow and dead endpoints do not hold up a healthy one', async () => {
  const slow = await endpoint()
  const healthy = await endpoint({}, slow.tenant)
  const { release, most } = hold(slow.path)
  for (let i = 0; i < 9; i++) await happen(slow.tenant)
  const running = run()
  // While the first three of the slow endpoint are still under way, all nine of the other have arrived.
  await Promise.all([receiver.waitFor(slow.path, 3), receiver.waitFor(healthy.path, 9)])
  expect(most()).toBe(3)
  for (let i = 1; i <= 9; i++) {
    await receiver.waitFor(slow.path, i)
    release()
  }
  await running
  expect((await look(healthy)).deliveries.nodes.every(({ status }: { status: string }) => status === 'DELIVERED')).toBe(
    true,
  )
})

test('no more than the limit is under way to one endpoint at once', async () => {
  const hook = await endpoint()
  const { release, most } = hold(hook.path)
  for (let i = 0; i < 12; i++) await happen(hook.tenant)
  const running = run()
  for (let i = 1; i <= 12; i++) {
    await receiver.waitFor(hook.path, Math.min(i + 2, 12))
    release()
  }
  await running
  expect(receiver.at(hook.path)).toHaveLength(12)
  expect(most()).toBe(3)
})

test("an endpoint PER_CUSTOMER gets each customer's events in order, whatever takes how long", async () => {
  const hook = await endpoint({ ordering: 'PER_CUSTOMER' })
  const customers = Array.from({ length: 3 }, () => crypto.randomUUID())
  receiver.react(hook.path, (response, _, nth) =>
    nth % 2 ? setTimeout(() => response.writeHead(204).end(), 20) : void response.writeHead(204).end(),
  )
  for (const version of [1, 2, 3, 4]) for (const id of customers) await happen(hook.tenant, { id, version })
  await run()
  for (const id of customers) {
    const order = receiver
      .at(hook.path)
      .map(({ body }) => JSON.parse(body))
      .filter(({ data }) => data.id === id)
    expect(order.map(({ data }) => data.version)).toEqual([1, 2, 3, 4])
  }
})

test('an endpoint that fails gets one delivery at a time, until it works again', async () => {
  const failing = await endpoint()
  receiver.react(failing.path, (response) => void response.writeHead(500).end())
  await happen(failing.tenant)
  await run()
  expect(await look(failing)).toMatchObject({ status: 'FAILING' })
  const healthy = await endpoint({}, failing.tenant)
  const { release, most } = hold(failing.path)
  for (let i = 0; i < 6; i++) await happen(failing.tenant)
  const running = run()
  // A second one could have come by now.
  await receiver.waitFor(healthy.path, 6)
  for (let i = 1; i <= 6; i++) {
    await receiver.waitFor(failing.path, 1 + i)
    release(500)
  }
  await running
  expect(receiver.at(failing.path)).toHaveLength(7)
  expect(most()).toBe(1)
})
