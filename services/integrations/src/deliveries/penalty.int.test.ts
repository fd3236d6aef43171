import { randomUUID } from 'node:crypto'
import { startWebhookBench, type TestEndpoint } from '../../fixture/webhook-bench.js'

const clock = { now: new Date('2026-03-01T12:00:00Z') }
const bench = await startWebhookBench({ now: () => clock.now })
const { receiver, admin, endpoint, happen, run, look } = bench
const refuse = (path: string) =>
  receiver.react(path, (response) => void response.writeHead(429, { 'retry-after': '86400' }).end())
const heal = (path: string) => receiver.react(path, (response) => void response.writeHead(204).end())

const change = (name: string, { id, tenant }: TestEndpoint, fields: object = {}) =>
  admin(tenant).mutate(
    `mutation ($input: ${inputs[name] ?? 'ChangeWebhookEndpoint'}Input!) { ${name}(input: $input) { id } }`,
    {
      input: { [name === 'sendTestEvent' ? 'endpointId' : 'id']: id, ...fields },
    },
  )
const inputs: Record<string, string> = {
  updateWebhookEndpoint: 'UpdateWebhookEndpoint',
  sendTestEvent: 'SendTestEvent',
}

/** An endpoint that has answered an event with 429 and wants to be left alone for a day. */
const paused = async () => {
  const hook = await endpoint()
  refuse(hook.path)
  await happen(hook.tenant)
  await run()
  expect(await look(hook)).toMatchObject({ status: 'FAILING', pausedUntil: expect.any(String) })
  return hook
}

test('what the old URL asked for does not hold up the new one, which gets what waits at once and on a fresh schedule', async () => {
  const hook = await paused()
  const path = `/${randomUUID()}`
  await change('updateWebhookEndpoint', hook, { url: receiver.url(path) })
  expect(await look(hook)).toMatchObject({ status: 'ACTIVE', failingSince: null, pausedUntil: null })
  await run()
  expect(receiver.at(path)).toHaveLength(1)
  expect((await look(hook)).deliveries.nodes).toMatchObject([{ status: 'DELIVERED' }])
})

test('another change, or the same URL again, leaves the pause as it is', async () => {
  const hook = await paused()
  await change('updateWebhookEndpoint', hook, { url: receiver.url(hook.path), description: 'x' })
  expect(await look(hook)).toMatchObject({ status: 'FAILING', pausedUntil: expect.any(String) })
})

test('an answer of the old URL that comes after the change says nothing of the new one', async () => {
  const hook = await endpoint()
  const path = `/${randomUUID()}`
  receiver.react(hook.path, (response) => {
    void change('updateWebhookEndpoint', hook, { url: receiver.url(path) }).then(() =>
      response.writeHead(429, { 'retry-after': '86400' }).end(),
    )
  })
  await happen(hook.tenant)
  await run()
  await run()
  expect(receiver.at(path)).toHaveLength(1)
  expect(await look(hook)).toMatchObject({ status: 'ACTIVE', failingSince: null, pausedUntil: null })
})

test('enableWebhookEndpoint ends the pause of an endpoint that fails, and of one that works', async () => {
  const hook = await paused()
  heal(hook.path)
  await change('enableWebhookEndpoint', hook)
  expect(await look(hook)).toMatchObject({ status: 'ACTIVE', failingSince: null, pausedUntil: null })
  await run()
  expect(receiver.at(hook.path)).toHaveLength(2)
  refuse(hook.path)
  const [delivered] = (await look(hook)).deliveries.nodes
  await admin(hook.tenant).mutate('mutation ($id: ID!) { replayDelivery(input: { id: $id }) { id } }', delivered)
  await run()
  expect(await look(hook)).toMatchObject({ status: 'ACTIVE', pausedUntil: expect.any(String) })
  heal(hook.path)
  await change('enableWebhookEndpoint', hook)
  await run()
  expect(receiver.at(hook.path)).toHaveLength(4)
  await expect(change('enableWebhookEndpoint', hook)).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('a test that is asked to wait waits alone', async () => {
  const hook = await endpoint()
  refuse(hook.path)
  await change('sendTestEvent', hook)
  await run()
  expect(await look(hook)).toMatchObject({ status: 'ACTIVE', pausedUntil: null })
  heal(hook.path)
  await happen(hook.tenant)
  await run()
  const nodes = (await look(hook)).deliveries.nodes as { cause: string; status: string }[]
  expect(Object.fromEntries(nodes.map(({ cause, status }) => [cause, status]))).toEqual({
    TEST: 'PENDING',
    EVENT: 'DELIVERED',
  })
})
