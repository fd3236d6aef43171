import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import pg from 'pg'
import { serveParent } from '../surroundings/child.js'

/** What the parent tells the hand-written server. */
export interface HandWrittenOptions {
  databaseUrl: string
  connections: number
  /** The statement; it gives one row with the answer as JSON text. */
  sqlFile: string
  /** What the answer is called in the data. */
  root: string
}

let close = async () => {}

const start = async ({ databaseUrl, connections, sqlFile, root }: HandWrittenOptions) => {
  const text = await readFile(sqlFile, 'utf8')
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections })
  const answer = async (request: IncomingMessage) => {
    const { parameters: values } = (await json(request)) as { parameters: unknown[] }
    const { rows } = await pool.query<[string]>({ name: 'hand-written', text, values, rowMode: 'array' })
    return `{"data":{"${root}":${rows[0]?.[0] ?? null}}}`
  }
  const server = createServer((request, response) => {
    answer(request).then(
      (body) => {
        const length = Buffer.byteLength(body)
        response
          .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': length })
          .end(body)
      },
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  close = async () => {
    server.close()
    server.closeAllConnections()
    await pool.end()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

serveParent(start, () => close())
