import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { allowLongBody, endLateBodies, noRequestTimeout } from './late-bodies.js'

const serve = async (listener: RequestListener) => {
  const server = createServer(noRequestTimeout, listener)
  endLateBodies(server, 100)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** What comes back for a body of two bytes, of which the second comes after so many milliseconds. */
const sendSlowly = async (port: number, ms: number) => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na')
  const answered = text(socket)
  setTimeout(() => {
    socket.write('b')
    socket.end()
  }, ms).unref()
  return (await answered).split('\r\n', 1)[0]
}

const echo: RequestListener = async (request, response) => {
  response.end(await text(request).catch(() => ''))
}

test('a body that does not arrive in time is given up, one that does is taken', async () => {
  const port = await serve(echo)
  expect(await sendSlowly(port, 600)).toBe('HTTP/1.1 408 Request Timeout')
  expect(await sendSlowly(port, 10)).toBe('HTTP/1.1 200 OK')
})

test('a body that may take long does', async () => {
  const port = await serve((request, response) => {
    allowLongBody(request)
    return echo(request, response)
  })
  expect(await sendSlowly(port, 400)).toBe('HTTP/1.1 200 OK')
})

test('a connection whose request was answered is not kept for a body that nobody reads', async () => {
  const port = await serve((_, response) => void response.end())
  const began = performance.now()
  expect(await sendSlowly(port, 60_000)).toBe('HTTP/1.1 200 OK')
  expect(performance.now() - began).toBeLessThan(5_000)
})
