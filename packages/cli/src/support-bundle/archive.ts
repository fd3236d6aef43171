import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { UsageError } from '../command.js'

const folder = 'clientele-support'

/** Writes texts by their names as a compressed archive that only its owner may read. Throws UsageError where a file is there already or cannot be made. */
export const writeArchive = async (out: string, files: ReadonlyMap<string, string>, now: Date) => {
  const file = await open(out, 'wx', 0o600).catch(({ code }: NodeJS.ErrnoException) => {
    const why = code === 'EEXIST' ? 'is there already' : `cannot be written (${code})`
    throw new UsageError(`${out} ${why}: name another file by --out.`)
  })
  const archive = pack()
  // What fails is told by the pipeline.
  archive.on('error', () => {})
  for (const [name, text] of files) archive.entry({ name: `${folder}/${name}`, mtime: now, mode: 0o600 }, text)
  archive.finalize()
  await pipeline(archive, createGzip(), file.createWriteStream())
}
