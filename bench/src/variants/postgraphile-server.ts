import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { grafserv } from 'postgraphile/grafserv/node'
import { printSchema } from 'postgraphile/graphql'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { serveParent } from '../surroundings/child.js'

/** What the parent tells PostGraphile. */
export interface PostGraphileOptions {
  databaseUrl: string
  connections: number
  schemas: string[]
}

let close = async () => {}

const start = async ({ databaseUrl, connections, schemas }: PostGraphileOptions) => {
  const instance = postgraphile({
    extends: [PostGraphileAmberPreset],
    pgServices: [makePgService({ connectionString: databaseUrl, schemas, poolConfig: { max: connections } })],
    grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
  })
  const server = createServer()
  const serv = instance.createServ(grafserv)
  await serv.addTo(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  close = async () => {
    server.close()
    server.closeAllConnections()
    await serv.release()
    await instance.release()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    schema: printSchema(await instance.getSchema()),
  }
}

serveParent(start, () => close())
