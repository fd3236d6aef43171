import { readFile } from 'node:fs/promises'
import { answerIn } from '../comparison/answer.js'
import { startChild } from '../surroundings/child.js'
import { services } from '../surroundings/services.js'
import type { PostGraphileOptions } from './postgraphile-server.js'
import { connections, requestsOf, type Stage, type Variant } from './variant.js'

/** PostGraphile behind `node:http`, on the copy. */
export const startPostGraphile = async ({ comparison, requests, copyUrl }: Stage): Promise<Variant> => {
  const name = 'postgraphile'
  const query = await readFile(new URL('postgraphile.graphql', comparison.folder), 'utf8')
  const schemas = services.map((service) => service.name)
  const options: PostGraphileOptions = { databaseUrl: copyUrl, connections, schemas }
  const child = await startChild<{ url: string }>('variants/postgraphile-server', options)
  const bodies = requests.map((request) => ({ query, variables: comparison.postgraphile(request) }))
  return {
    name,
    label: 'PostGraphile behind node:http, on the copy, no token checks',
    target: { name, url: child.reply.url, requests: requestsOf(bodies), aliased: comparison.aliased },
    children: [child],
    read: (body) => comparison.fromPostGraphile(answerIn(name, body, comparison.root)),
    stop: child.stop,
  }
}
