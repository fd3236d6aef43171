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
  /** Statements; each gives one row, whose JSON text is an object with the answer or its part of it. */
  sqlFiles: readonly string[]
  /** What the answer is called in the data. */
  root: string
}

let close = async () => {}

/** One statement with connections of its own, as each service has. Gives the members of the object that it selects. */
const prepare = async (sqlFile: string, pool: pg.Pool) => {
  const text = await readFile(sqlFile, 'utf8')
  const parameters = Math.max(...[...text.matchAll(/\$(\d)/g)].map(([, place]) => Number(place)))
  return async (values: readonly unknown[]) => {
    const query = { name: 'hand-written', text, values: values.slice(0, parameters), rowMode: 'array' as const }
    const { rows } = await pool.query<[string]>(query)
    return rows[0]?.[0].trim().slice(1, -1)
  }
}

const start = async ({ databaseUrl, connections, sqlFiles, root }: HandWrittenOptions) => {
  const pools = sqlFiles.map(() => new pg.Pool({ connectionString: databaseUrl, max: connections }))
  const parts = await Promise.all(sqlFiles.map((file, place) => prepare(file, pools[place] as pg.Pool)))
  const answer = async (request: IncomingMessage) => {
    const { parameters: values } = (await json(request)) as { parameters: unknown[] }
    const members = await Promise.all(parts.map((part) => part(values)))
    return `{"data":{"${root}":{${members.join(',')}}}}`
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
    await Promise.all(pools.map((pool) => pool.end()))
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

serveParent(start, () => close())
