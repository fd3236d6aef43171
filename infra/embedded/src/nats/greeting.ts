import { once } from 'node:events'
import { connect } from 'node:net'

/** The first line that a NATS server sends to every client: its name, version and limits. Rejects when none comes within five seconds, or the connection is closed before. */
export async function greeting(port: number): Promise<{ server_name?: string }> {
  const socket = connect({ port, host: '127.0.0.1' })
  try {
    socket.setTimeout(5_000, () => socket.destroy(new Error('no greeting')))
    // A server that ends at this moment closes the connection without a word, and without an error.
    const closed = once(socket, 'close').then(() => Promise.reject(new Error('closed before the greeting')))
    const [first] = (await Promise.race([once(socket, 'data'), closed])) as [Buffer]
    const line = first.toString('utf8').split('\r\n')[0] ?? ''
    return JSON.parse(line.replace(/^INFO /, ''))
  } finally {
    socket.destroy()
  }
}
