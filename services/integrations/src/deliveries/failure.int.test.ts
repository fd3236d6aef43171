import { type AddressInfo, createServer } from 'node:net'
import { customerCreated } from '@clientele/contracts'
import { startWebhookBench, type TestEndpoint } from '../../fixture/webhook-bench.js'

// The clock stands still, so that no retry comes due between two tests.
const started = new Date()
const bench = await startWebhookBench({ now: () => started })
const { receiver, endpoint, happen, run, look, only } = bench

const failsWith = async (hook: TestEndpoint, expected: object) => {
  await happen(hook.tenant)
  await run()
  const delivery = await only(hook)
  expect(delivery).toMatchObject({ status: 'PENDING', attemptCount: 1, deliveredAt: null, nextAt: expect.any(String) })
  expect(delivery.attempts.nodes[0]).toMatchObject(expected)
  expect(await look(hook)).toMatchObject({ status: 'FAILING', failingSince: expect.any(String) })
}

test.each([400, 401, 404, 500, 502])(
  'an answer of HTTP %i makes the delivery fail, and the endpoint failing',
  async (status) => {
    const hook = await endpoint()
    receiver.react(hook.path, (response) => void response.writeHead(status).end('no'))
    await failsWith(hook, { statusCode: status, error: 'http.status', responseSnippet: 'no' })
  },
)

test.each([301, 302, 303, 307, 308])(
  'a redirect of HTTP %i makes the delivery fail, and its target is never asked',
  async (status) => {
    const hook = await endpoint()
    const target = `${hook.path}-target`
    receiver.react(hook.path, (response) => void response.writeHead(status, { location: receiver.url(target) }).end())
    await failsWith(hook, { statusCode: status, error: 'http.redirect' })
    expect(receiver.at(target)).toEqual([])
  },
)

test('a cut connection is a failure', async () => {
  const hook = await endpoint()
  receiver.react(hook.path, (response) => void response.socket?.destroy())
  await failsWith(hook, { statusCode: null, error: 'connection.failed' })
})

test('a refused connection is a failure', async () => {
  const closed = createServer()
  await new Promise<void>((ready) => closed.listen(0, '127.0.0.1', ready))
  const { port } = closed.address() as AddressInfo
  await new Promise((done) => closed.close(done))
  await failsWith(await endpoint({ url: `http://127.0.0.1:${port}/` }), {
    statusCode: null,
    error: 'connection.refused',
  })
})

test('of an endless answer only the first kilobyte is read, and a 2xx counts all the same', async () => {
  const hook = await endpoint()
  let closed: Promise<unknown> | undefined
  receiver.react(hook.path, (response) => {
    closed = new Promise((resolve) => response.once('close', resolve))
    response.writeHead(200)
    const more = () => {
      if (!response.destroyed && response.write(`${'\0你'.repeat(1000)}`)) setImmediate(more)
    }
    response.on('drain', more)
    more()
  })
  await happen(hook.tenant)
  await run()
  await closed
  const delivery = await only(hook)
  expect(delivery).toMatchObject({ status: 'DELIVERED', lastStatusCode: 200 })
  const snippet: string = delivery.attempts.nodes[0].responseSnippet
  expect(snippet.startsWith('\uFFFD你\uFFFD你')).toBe(true)
  expect(snippet.length).toBeLessThanOrEqual(1024)
})

test('410 disables the endpoint at once and cancels what waits for it', async () => {
  const hook = await endpoint({ ordering: 'PER_CUSTOMER' })
  const id = customerCreated.example.id
  receiver.react(hook.path, (response) => void response.writeHead(410).end())
  await happen(hook.tenant, { id })
  await happen(hook.tenant, { id, version: 2 })
  await run()
  expect(receiver.at(hook.path)).toHaveLength(1)
  const after = await look(hook)
  expect(after).toMatchObject({ status: 'DISABLED', disabledReason: 'GONE' })
  expect(after.deliveries.nodes).toMatchObject([
    { status: 'CANCELLED', attemptCount: 0, lastError: 'endpoint.disabled', nextAt: null },
    { status: 'FAILED', attemptCount: 1, lastStatusCode: 410, nextAt: null },
  ])
})
