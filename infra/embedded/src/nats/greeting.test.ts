import { createServer, type Socket } from 'node:net'
import { greeting } from './greeting.js'

const meeting = async (meet: (socket: Socket) => void) => {
  const server = createServer(meet)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as { port: number }).port
}

test('is what the server says first', async () => {
  const port = await meeting((socket) => socket.end('INFO {"server_name":"one"}\r\nPING\r\n'))
  expect(await greeting(port)).toEqual({ server_name: 'one' })
})

test('a server that closes the connection without a word has none', async () => {
  await expect(greeting(await meeting((socket) => socket.end()))).rejects.toThrow('closed before the greeting')
})

test('a server that says nothing has none', async () => {
  await expect(greeting(await meeting(() => {}))).rejects.toThrow('no greeting')
}, 20_000)
