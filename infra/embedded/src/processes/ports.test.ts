import { createServer, type Server } from 'node:net'
import { claimPort, freePort } from './ports.js'

async function listen(host: string): Promise<{ server: Server; port: number }> {
  const port = await freePort()
  const server = createServer().listen(port, host)
  await new Promise((resolve) => server.once('listening', resolve))
  return { server, port }
}

test('a free port can be claimed, and is none that outgoing connections are given', async () => {
  const port = await freePort()
  expect(port).toBeGreaterThan(1023)
  expect(port).toBeLessThan(32_768)
  await expect(claimPort(port, 'PORT')).resolves.toBeUndefined()
})

test.each(['127.0.0.1', '0.0.0.0'])(
  'a port taken on %s is told with its number, its setting and who holds it',
  async (host) => {
    const { server, port } = await listen(host)
    try {
      const error: Error = await claimPort(port, 'CLIENTELE_NATS_PORT').then(
        () => Promise.reject(new Error('the port was given away')),
        (reason) => reason,
      )
      expect(error.message).toContain(`Port ${port} is taken`)
      expect(error.message).toContain('CLIENTELE_NATS_PORT')
      if (process.platform === 'linux') expect(error.message).toContain(`process ${process.pid} (`)
    } finally {
      server.close()
    }
  },
)
