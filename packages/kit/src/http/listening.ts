import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Conflict, Invalid } from '../errors/errors.js'

/** Where a server listens: its origin without a path, and its port. */
export interface Listening {
  url: string
  port: number
}

/** Where to listen. */
export interface Address {
  host: string
  /** 0 lets the system choose. */
  port: number
  /** The setting that the port comes from, which is told where it is taken; PORT unless given. */
  setting?: string
}

/**
 * Lets a server listen.
 * @throws Conflict `port.taken`, Invalid `port.unusable`
 */
export async function listen(server: Server, { host, port, setting = 'PORT' }: Address): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(faultOf(error, { host, port, setting }))
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      resolve()
    })
  })
  const { port: chosen } = server.address() as AddressInfo
  return { url: `http://${reachable(host)}:${chosen}`, port: chosen }
}

const faultOf = (cause: NodeJS.ErrnoException, { host, port, setting }: Required<Address>) => {
  if (cause.code === 'EADDRINUSE') {
    const message = `Port ${port} on ${host} is taken. Stop what uses it, or set ${setting} to another port.`
    return new Conflict(message, { reason: 'port.taken', cause })
  }
  const message =
    cause.code === 'EACCES'
      ? `Port ${port} may not be used by this user. Set ${setting} to another port.`
      : `Cannot listen on ${host}:${port} (${cause.code}).`
  return new Invalid(message, { reason: 'port.unusable', cause })
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
