import { fileURLToPath } from 'node:url'
import { answerIn } from '../comparison/answer.js'
import { startChild } from '../surroundings/child.js'
import type { HandWrittenOptions } from './hand-written-server.js'
import { connections, requestsOf, type Stage, type Variant } from './variant.js'

/** One SQL statement behind `node:http`, on the copy. */
export const startHandWritten = async ({ comparison, requests, copyUrl }: Stage): Promise<Variant> => {
  const name = 'hand-written'
  const { folder, root } = comparison
  const sqlFile = fileURLToPath(new URL('hand-written.sql', folder))
  const options: HandWrittenOptions = { databaseUrl: copyUrl, connections, sqlFile, root }
  const child = await startChild<{ url: string }>('variants/hand-written-server', options)
  const bodies = requests.map((request) => ({ parameters: comparison.parameters(request) }))
  return {
    name,
    label: 'one prepared SQL statement behind node:http, on the copy, no token checks',
    target: { name, url: child.reply.url, requests: requestsOf(bodies) },
    children: [child],
    read: (body) => answerIn(name, body, root),
    stop: child.stop,
  }
}
