import { readFile } from 'node:fs/promises'
import type { ChainHead } from '@clientele/kit'
import { z } from 'zod'
import { UsageError } from '../command.js'

const heads = z.array(
  z.object({
    service: z.string(),
    tenant: z.string(),
    number: z.string().regex(/^\d{1,18}$/),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  }),
)

/** Reads what `audit head` printed. Throws UsageError for a file that is none of these. */
export const readHeads = async (path: string): Promise<ChainHead[]> => {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} cannot be read (${error.code}).`)
  })
  const read = heads.safeParse(parsed(text))
  if (read.success) return read.data
  throw new UsageError(`${path} is not what "clientele audit head" printed.`)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
