import { Agent, request } from 'node:http'
import { startFixture } from '../../fixture/platform.js'

/** Asks on connections that are kept. */
const asking = (agent: Agent) => (url: string) =>
  new Promise<{ status: number; connection: string | undefined; port: number | undefined }>((resolve, reject) => {
    const outgoing = request(url, { agent }, (response) => {
      const port = response.socket.localPort
      const { connection } = response.headers
      response.resume().once('end', () => resolve({ status: response.statusCode!, connection, port }))
    })
    outgoing.once('error', reject).end()
  })

test('a stop lets running requests end, says no to probes meanwhile, and leaves nothing open', async () => {
  const fixture = await startFixture()
  const agent = new Agent({ keepAlive: true })
  try {
    const { url } = fixture.gateway
    expect((await asking(agent)(`${url}/readyz`)).status).toBe(200)

    const running = fixture.ask('{ wait(id: "stop") }')
    await fixture.gate.arrived('stop')
    let stopped = false
    const stopping = fixture.gateway.stop().then(() => {
      stopped = true
    })
    await expect(fetch(`${url}/livez`)).rejects.toThrow()
    expect(stopped).toBe(false)
    fixture.gate.open('stop')
    const reply = await running
    expect(reply).toMatchObject({ status: 200, data: { wait: 'stop' } })
    await stopping
    await fixture.gateway.stop()
  } finally {
    agent.destroy()
    await fixture.stop()
  }
})

test('while it drains, the gateway still answers but is not ready and closes each connection', async () => {
  const fixture = await startFixture({ config: { drainMs: 5_000 } })
  try {
    const stopping = fixture.gateway.stop()
    const ready = await fetch(`${fixture.gateway.url}/readyz`)
    expect(ready.status).toBe(503)
    expect(await ready.json()).toMatchObject({ status: 'stopping' })
    expect(ready.headers.get('connection')).toBe('close')
    expect((await fixture.ask('{ customer(id: 1) { id } }')).status).toBe(200)
    await stopping
  } finally {
    await fixture.stop()
  }
})

test('while it drains, a connection that rests stays open for the next request, whatever ends on others', async () => {
  const fixture = await startFixture({ config: { drainMs: 3_000 } })
  const [agent, other] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })]
  try {
    const livez = `${fixture.gateway.url}/livez`
    const [first] = await Promise.all([asking(agent)(livez), asking(other)(livez)])
    const stopping = fixture.gateway.stop()
    expect(await asking(other)(livez)).toMatchObject({ status: 200, connection: 'close' })
    await new Promise((resume) => setTimeout(resume, 100))
    expect(await asking(agent)(livez)).toEqual({ ...first, connection: 'close' })
    await stopping
  } finally {
    for (const each of [agent, other]) each.destroy()
    await fixture.stop()
  }
})

test('a request that never ends is cut off', async () => {
  const fixture = await startFixture({ config: { stopTimeoutMs: 50 } })
  try {
    const running = fixture.ask('{ wait(id: "forever") }').catch((error: Error) => error)
    await fixture.gate.arrived('forever')
    await fixture.gateway.stop()
    expect(await running).toMatchObject({ message: 'fetch failed' })
  } finally {
    fixture.gate.open('forever')
    await fixture.stop()
  }
})

test('a taken port is told', async () => {
  const fixture = await startFixture()
  try {
    await expect(startFixture({ config: { port: fixture.gateway.port } })).rejects.toMatchObject({
      reason: 'port.taken',
    })
  } finally {
    await fixture.stop()
  }
})
