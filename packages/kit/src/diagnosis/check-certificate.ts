import { once } from 'node:events'
import { connect as connectSocket, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { inTime } from '../service/in-time.js'
import type { Check } from './finding.js'

/** How a server is asked for TLS: it speaks nothing else, or after a word of PostgreSQL's or NATS' own protocol. */
export type Greeting = 'tls' | 'postgres' | 'nats'

const day = 86_400_000
/** How many days before its end a certificate is told of. */
const soon = 30

const greetingOf: Record<string, Greeting | undefined> = {
  'https:': 'tls',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'tls:': 'nats',
}
const usualPorts: Record<Greeting, number> = { tls: 443, postgres: 5_432, nats: 4_222 }

/**
 * The certificates of the servers that settings name, each server once: until when they are valid, and whether this machine trusts them. A
 * server without TLS is passed over.
 */
export const certificateChecks = (named: readonly { setting: string; url: string }[]): Check[] => {
  const servers = new Map<string, { setting: string; greeting: Greeting; host: string; port: number }>()
  for (const { setting, url } of named) {
    const { protocol, hostname, port } = new URL(url)
    const greeting = greetingOf[protocol]
    const host = hostname.replace(/^\[|\]$/g, '')
    if (!greeting || !host) continue
    const at = { setting, greeting, host, port: port ? Number(port) : usualPorts[greeting] }
    if (!servers.has(`${host}:${at.port}`)) servers.set(`${host}:${at.port}`, at)
  }
  return [...servers].map(([name, { setting, greeting, host, port }]) => ({
    name: `certificate.${name}`,
    run: async (report) => {
      let session: TLSSocket | undefined
      try {
        session = await inTime(4_000, (signal) => greet(greeting, host, port, signal))
      } catch {
        // Whether it is reached at all is told by the checks of what it serves.
        return
      }
      if (!session) return
      const { valid_to: end, subject } = session.getPeerCertificate()
      const why = session.authorized ? undefined : String(session.authorizationError ?? 'not trusted')
      session.destroy()
      const days = Math.floor((Date.parse(end) - Date.now()) / day)
      const found = `valid until ${new Date(end).toISOString().slice(0, 10)}, of ${[subject?.CN].flat()[0] ?? host}`
      if (days < 0) report.fault('', `it has expired: ${found}`, `Renew the certificate of ${setting}.`)
      else if (days < soon)
        report.warning('', `${days} days are left: ${found}`, `Renew the certificate of ${setting}.`)
      else if (why) {
        const remedy = 'Name its authority in NODE_EXTRA_CA_CERTS, or in sslrootcert of a PostgreSQL URL.'
        report.warning('', `this machine does not trust it (${why}): ${found}`, remedy)
      } else report.ok('', found)
    },
  }))
}

const greet = async (greeting: Greeting, host: string, port: number, signal: AbortSignal) => {
  const socket = connectSocket({ host, port })
  signal.addEventListener('abort', () => socket.destroy())
  await once(socket, 'connect', { signal })
  if (!(await askForTls(greeting, socket, signal))) {
    socket.destroy()
    return undefined
  }
  const session = connectTls({ socket, rejectUnauthorized: false, ...(isIP(host) ? {} : { servername: host }) })
  await once(session, 'secureConnect', { signal })
  return session
}

const askForTls = async (greeting: Greeting, socket: Socket, signal: AbortSignal) => {
  if (greeting === 'tls') return true
  // SSLRequest: https://www.postgresql.org/docs/current/protocol-flow.html
  if (greeting === 'postgres') socket.write(Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]))
  const [answer] = (await once(socket, 'data', { signal })) as [Buffer]
  return greeting === 'nats' ? answer.includes('"tls_') : answer.toString('latin1') === 'S'
}
