import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { UsageError } from '../command.js'

const folder = 'clientele-support'

/** Writes texts by their names as a compressed archive that only its owner may read. Throws UsageError where a file is there already or cannot be made. */
export const writeArchive = async (out: string, files: ReadonlyMap<string, string>, now: Date) => {
  const archive = pack()
  for (const [name, text] of files) archive.entry({ name: `${folder}/${name}`, mtime: now, mode: 0o600 }, text)
  archive.finalize()
  try {
    await pipeline(archive, createGzip(), createWriteStream(out, { flags: 'wx', mode: 0o600 }))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new UsageError(`${out} is there already: name another file by --out.`)
    if (code) throw new UsageError(`${out} cannot be written (${code}): name another file by --out.`)
    throw error
  }
}
