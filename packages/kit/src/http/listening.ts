import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Conflict, Invalid } from '../errors/errors.js'

/** Where a server listens: its origin without a path, and its port. */
export interface Listening {
  url: string
  port: number
}

/**
 * Lets a server listen; port 0 lets the system choose one.
 * @throws Conflict `port.taken`, Invalid `port.unusable`
 */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const place = `${host}:${port}`
      reject(
        error.code === 'EADDRINUSE'
          ? new Conflict(`Port ${port} on ${host} is already taken.`, { reason: 'port.taken', cause: error })
          : new Invalid(`Cannot listen on ${place} (${error.code}).`, { reason: 'port.unusable', cause: error }),
      )
    })
    server.listen(port, host, resolve)
  })
  const { port: chosen } = server.address() as AddressInfo
  return { url: `http://${reachable(host)}:${chosen}`, port: chosen }
}

/** Takes no new connections, lets requests end, and cuts off what lasts longer than `graceMs`. */
export async function closeServer(server: Server, graceMs: number, cutOff = () => {}): Promise<void> {
  const timer = setTimeout(() => {
    server.closeAllConnections()
    cutOff()
  }, graceMs)
  await new Promise<void>((resolve) => server.close(() => resolve())).finally(() => clearTimeout(timer))
}

/** Nobody can connect to a wildcard address by its name everywhere; loopback always answers for it. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
