import { jetstreamManager } from '@nats-io/jetstream'
import { type ConnectionOptions, connect, errors, type NatsConnection } from '@nats-io/transport-node'
import type { Log } from '../config/log.js'
import { Unavailable } from '../errors/errors.js'
import { inTime } from '../service/in-time.js'
import { settleStream } from './stream.js'
import type { StreamSettings } from './stream-settings.js'

const goodbye = 2_000

/**
 * A connection that comes back by itself whenever the server does, also where the server has refused its login for a while. The URL holds the login:
 * `nats://user:password@host`, or `nats://token@host`; what a URL cannot hold is percent-encoded. With `tls://` a server without TLS is refused.
 * Rejects when the first attempt fails, with UNAVAILABLE where the server is away, or takes five seconds to greet or to answer.
 */
export const connectNats = (url: string, name: string): Promise<NatsConnection> =>
  connect({
    ...addressOf(url),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    ignoreAuthErrorAbort: true,
    timeout: 5_000,
  }).catch((cause: unknown) => {
    // The client gives no code to a connection that is closed before the greeting. A process that has no turn for five seconds finds itself late, too.
    const isAway = cause instanceof errors.ConnectionError || cause instanceof errors.TimeoutError
    // A server without TLS is there, and will have none the next time either.
    if (!isAway || /\btls\b/.test(cause.message)) throw cause
    throw new Unavailable('NATS does not answer.', { reason: 'nats', cause })
  })

// The client takes no login from a URL, would read its port from a password, and ignores the scheme.
const addressOf = (url: string): ConnectionOptions => {
  const { protocol, host, username, password } = new URL(url)
  const [name, secret] = [username, password].map(decodeURIComponent)
  return {
    servers: host,
    ...(secret ? { user: name, pass: secret } : name && { token: name }),
    ...(protocol === 'tls:' && { tls: {} }),
  }
}

/** Throws UNAVAILABLE where the server does not answer within two seconds. */
export const checkNats = (nats: NatsConnection) =>
  inTime(goodbye, () => nats.flush()).catch((cause: unknown) => {
    throw new Unavailable('NATS does not answer.', { reason: 'nats', cause })
  })

/** Brings the stream of events in line with its settings; throws as `settleStream` does. */
export const checkStream = async (nats: NatsConnection, settings: StreamSettings, log: Log) => {
  const jsm = await jetstreamManager(nats, { checkAPI: false })
  await settleStream(jsm, settings, nats.info?.cluster !== undefined, log)
}

/** Sends what is still to be sent and closes; a server that is away delays that by two seconds at most. */
export const closeNats = async (nats: NatsConnection) => {
  if (nats.isClosed()) return
  await inTime(goodbye, () => nats.drain()).catch(() => {})
  await nats.close()
}
