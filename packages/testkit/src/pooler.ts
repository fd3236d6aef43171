import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import pg from 'pg'

export type PoolMode = 'transaction' | 'session'

/** A session of the server, used as it is: bytes out, bytes in. */
interface Backend {
  stream: Socket
  end(): Promise<void>
}

const message = (type: string, ...numbers: number[]) => {
  const bytes = Buffer.alloc(5 + 4 * numbers.length)
  bytes.write(type)
  bytes.writeInt32BE(4 + 4 * numbers.length, 1)
  for (const [at, number] of numbers.entries()) bytes.writeInt32BE(number, 5 + 4 * at)
  return bytes
}
const readyForQuery = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])

/** Cuts whole messages off the front of what has arrived. */
function* messagesOf(state: { rest: Buffer }) {
  while (state.rest.length >= 5) {
    const length = 1 + state.rest.readInt32BE(1)
    if (state.rest.length < length) return
    yield state.rest.subarray(0, length)
    state.rest = state.rest.subarray(length)
  }
}

/** A pooler as PgBouncer is one: in transaction mode it lends its clients one of its sessions for each of their transactions. */
export const startPooler = async (url: string, mode: PoolMode) => {
  const idle: Backend[] = []
  const clients = new Set<Socket>()
  const opened: Backend[] = []

  const open = async (): Promise<Backend> => {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    await client.connect()
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
    stream.removeAllListeners('data')
    const backend = { stream, end: async () => void stream.destroy() }
    opened.push(backend)
    return backend
  }

  const serve = (client: Socket) => {
    clients.add(client)
    client.on('error', () => {})
    let isStarted = false
    let held: Backend | undefined
    let turn = Promise.resolve()
    let batch: Buffer[] = []
    const state = { rest: Buffer.alloc(0) as Buffer }

    const exchange = async (bytes: Buffer) => {
      held ??= idle.pop() ?? (await open())
      const { stream } = held
      const answer = { rest: Buffer.alloc(0) as Buffer }
      const done = Promise.withResolvers<string>()
      const read = (data: Buffer) => {
        client.write(data)
        answer.rest = Buffer.concat([answer.rest, data])
        for (const each of messagesOf(answer)) if (each[0] === 0x5a) done.resolve(String.fromCharCode(each[5]!))
      }
      stream.on('data', read)
      stream.write(bytes)
      const status = await done.promise
      stream.off('data', read)
      if (status !== 'I' || mode === 'session') return
      idle.push(held)
      held = undefined
    }

    client.on('data', (data: Buffer) => {
      if (!isStarted) {
        isStarted = true
        client.write(Buffer.concat([message('R', 0), message('K', 1, 1), readyForQuery]))
        return
      }
      state.rest = Buffer.concat([state.rest, data])
      for (const each of messagesOf(state)) {
        const type = String.fromCharCode(each[0]!)
        if (type === 'X') return void client.end()
        batch.push(Buffer.from(each))
        if (type !== 'Q' && type !== 'S') continue
        const bytes = Buffer.concat(batch)
        batch = []
        turn = turn.then(() => exchange(bytes))
      }
    })
    client.on('close', () => held?.stream.destroy())
  }

  const server = createServer(serve).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const pooled = new URL(url)
  pooled.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: pooled.href,
    stop: async () => {
      for (const client of clients) client.destroy()
      for (const backend of opened) await backend.end()
      await new Promise((closed) => server.close(closed))
    },
  }
}
