import { startWebhookBench } from '../../fixture/webhook-bench.js'

// The clock stands still, so that no retry comes due between two tests.
const started = new Date()
const settings = { WEBHOOK_TIMEOUT_MS: 400, WEBHOOK_CONCURRENCY: 3 }
const { receiver, endpoint, happen, run, look } = await startWebhookBench({ now: () => started, settings })

test('slow and dead endpoints do not hold up a healthy one', async () => {
  const slow = await endpoint()
  const healthy = await endpoint({}, slow.tenant)
  let answered = 0
  receiver.react(slow.path, () => {})
  receiver.react(healthy.path, (response) => {
    answered++
    response.writeHead(204).end()
  })
  for (let i = 0; i < 9; i++) await happen(slow.tenant)
  const running = run()
  await receiver.waitFor(healthy.path, 9)
  // While the first three of the slow endpoint are still under way, all nine of the other have arrived.
  expect(receiver.at(slow.path).length).toBeLessThanOrEqual(3)
  expect(answered).toBe(9)
  await running
  expect((await look(healthy)).deliveries.nodes.every(({ status }: { status: string }) => status === 'DELIVERED')).toBe(
    true,
  )
}, 30_000)

test('no more than the limit is under way to one endpoint at once', async () => {
  const hook = await endpoint()
  const open = new Set<object>()
  let most = 0
  receiver.react(hook.path, (response) => {
    open.add(response)
    most = Math.max(most, open.size)
    setImmediate(() => {
      open.delete(response)
      response.writeHead(204).end()
    })
  })
  for (let i = 0; i < 12; i++) await happen(hook.tenant)
  await run()
  expect(receiver.at(hook.path)).toHaveLength(12)
  expect(most).toBeGreaterThan(1)
  expect(most).toBeLessThanOrEqual(3)
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
  const hook = await endpoint()
  let open = 0
  let most = 0
  receiver.react(hook.path, (response) => {
    most = Math.max(most, ++open)
    setTimeout(() => {
      open--
      response.writeHead(500).end()
    }, 5)
  })
  await happen(hook.tenant)
  await run()
  expect(await look(hook)).toMatchObject({ status: 'FAILING' })
  for (let i = 0; i < 6; i++) await happen(hook.tenant)
  await run()
  expect(receiver.at(hook.path)).toHaveLength(7)
  expect(most).toBe(1)
})
