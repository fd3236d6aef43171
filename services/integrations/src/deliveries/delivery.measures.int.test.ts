import { startWebhookBench } from '../../fixture/webhook-bench.js'

const started = new Date()
const { svc, receiver, endpoint, happen, run } = await startWebhookBench({ now: () => started })

const measured = async () =>
  Object.fromEntries(
    [...(await svc.metrics.text()).matchAll(/^clientele_webhook_(\S+?)\{service="integrations",?(.*)\} (\S+)$/gm)].map(
      ([, name, labels, value]) => [`${name} ${labels}`.trim(), Number(value)],
    ),
  )

test('operators see what waits for endpoints that work, and what came of deliveries, by codes alone', async () => {
  const good = await endpoint()
  await happen(good.tenant)
  const queued = await measured()
  expect(queued).toMatchObject({
    'deliveries_of_last_hour outcome="PENDING",reason=""': 1,
    'endpoints status="ACTIVE"': 1,
  })
  expect(queued.oldest_due_age_seconds).toBeGreaterThan(0)
  await run()
  expect(await measured()).toMatchObject({
    'deliveries_of_last_hour outcome="DELIVERED",reason=""': 1,
    oldest_due_age_seconds: 0,
  })
  const bad = await endpoint()
  receiver.react(bad.path, (answer) => void answer.writeHead(500).end())
  await happen(bad.tenant)
  await run()
  const after = await measured()
  expect(after).toMatchObject({
    'deliveries_of_last_hour outcome="DELIVERED",reason=""': 1,
    'deliveries_of_last_hour outcome="PENDING",reason="http.status"': 1,
    'endpoints status="ACTIVE"': 1,
    'endpoints status="FAILING"': 1,
    // What an endpoint that fails has waiting is its partner's.
    oldest_due_age_seconds: 0,
  })
  expect(Object.keys(after).join()).not.toMatch(/http:|127\.0|[0-9a-f]{8}-/)
})
