import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/** Leads connections to `port` of `address` to the same machine's own `to`, which listens to nobody else. */
export const leadIn = async (address: string, port: number, to: number) => {
  const server = createServer((from) => {
    const onward = connect(to, '127.0.0.1')
    from.pipe(onward).pipe(from)
    from.on('error', () => onward.destroy())
    onward.on('error', () => from.destroy())
    from.on('close', () => onward.destroy())
    onward.on('close', () => from.destroy())
  })
  server.listen(port, address)
  await once(server, 'listening')
  return { stop: () => server.close() }
}
