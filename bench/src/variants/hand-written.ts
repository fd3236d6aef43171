import { fileURLToPath } from 'node:url'
import { answerIn } from '../comparison/answer.js'
import { startChild } from '../surroundings/child.js'
import type { HandWrittenOptions } from './hand-written-server.js'
import { connections, requestsOf, type Stage, type Variant } from './variant.js'

/** One SQL statement behind `node:http`, on the copy. */
export const startHandWritten = (stage: Stage): Promise<Variant> =>
  startStatements(stage, {
    name: 'hand-written',
    files: ['hand-written.sql'],
    label: 'one prepared SQL statement behind node:http, on the copy, no token checks',
  })

/** A statement for each service's data, all at once and each on connections of its own, behind `node:http`, on the copy. */
export const startHandWrittenApart = (stage: Stage): Promise<Variant> =>
  startStatements(stage, {
    name: 'hand-written-apart',
    files: stage.comparison.statementsApart ?? [],
    label: 'the same with a prepared SQL statement for each service’s data, all at once',
  })

const startStatements = async (
  { comparison, requests, copyUrl }: Stage,
  { name, files, label }: { name: string; files: readonly string[]; label: string },
): Promise<Variant> => {
  const { folder, root } = comparison
  const sqlFiles = files.map((file) => fileURLToPath(new URL(file, folder)))
  const options: HandWrittenOptions = { databaseUrl: copyUrl, connections, sqlFiles, root }
  const child = await startChild<{ url: string }>('variants/hand-written-server', options)
  const bodies = requests.map((request) => ({ parameters: comparison.parameters(request) }))
  return {
    name,
    label,
    target: { name, url: child.reply.url, requests: requestsOf(bodies) },
    children: [child],
    read: (body) => answerIn(name, body, root),
    stop: child.stop,
  }
}
