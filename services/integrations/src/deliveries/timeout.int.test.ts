import { startWebhookBench } from '../../fixture/webhook-bench.js'

// In a file of its own: on a busy machine whatever lives under so short a time-out may meet it.
const started = new Date()
const bench = await startWebhookBench({ now: () => started, settings: { WEBHOOK_TIMEOUT_MS: 100 } })
const { receiver, endpoint, happen, run, look, only } = bench

test('an endpoint that does not answer in time has failed', async () => {
  const hook = await endpoint()
  receiver.react(hook.path, () => {})
  await happen(hook.tenant)
  await run()
  const delivery = await only(hook)
  expect(delivery).toMatchObject({ status: 'PENDING', attemptCount: 1, deliveredAt: null, nextAt: expect.any(String) })
  expect(delivery.attempts.nodes).toMatchObject([{ statusCode: null, error: 'timeout' }])
  expect(await look(hook)).toMatchObject({ status: 'FAILING', failingSince: expect.any(String) })
})
