import { open } from 'node:fs/promises'
import { scrub } from '@clientele/kit'

/** How much of a file is read for its last lines. */
const mostBytes = 32 * 2 ** 20

/** The last lines of a log, each through the redaction of the log; those that are not of ours are counted and left out. */
export const logExcerpt = async (file: string, lines: number): Promise<string> => {
  const last = (await endOf(file))
    .split('\n')
    .filter((line) => line.trim())
    .slice(-lines)
  let left = 0
  const told = last.flatMap((line) => {
    const entry = entryOf(line)
    if (!entry) left += 1
    return entry ? [JSON.stringify(scrub(entry))] : []
  })
  const note = left ? [JSON.stringify({ note: `${left} lines are not of our log and were left out` })] : []
  return `${[...note, ...told].join('\n')}\n`
}

const entryOf = (line: string): object | undefined => {
  try {
    const entry: unknown = JSON.parse(line)
    const isOurs =
      typeof entry === 'object' && entry !== null && 'level' in entry && 'msg' in entry && 'service' in entry
    return isOurs ? entry : undefined
  } catch {
    return undefined
  }
}

const endOf = async (file: string) => {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const length = Math.min(size, mostBytes)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.subarray(0, bytesRead).toString('utf8')
  } finally {
    await handle.close()
  }
}
