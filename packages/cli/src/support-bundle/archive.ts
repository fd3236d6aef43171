import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { UsageError } from '../command.js'

const folder = 'clientele-support'

/** Writes texts by their names as a compressed archive that only its owner may read; `-` is standard output. Throws UsageError where a file is there already or cannot be made. */
export const writeArchive = async (out: string, files: ReadonlyMap<string, string>, now: Date) => {
  if (out === '-') return pipeline(archiveOf(files, now), createGzip(), process.stdout, { end: false })
  const file = await open(out, 'wx', 0o600).catch(({ code }: NodeJS.ErrnoException) => {
    const why = code === 'EEXIST' ? 'is there already' : `cannot be written (${code})`
    throw new UsageError(`${out} ${why}: name another file by --out.`)
  })
  await pipeline(archiveOf(files, now), createGzip(), file.createWriteStream())
}

const archiveOf = (files: ReadonlyMap<string, string>, now: Date) => {
  const archive = pack()
  // What fails is told by the pipeline.
  archive.on('error', () => {})
  for (const [name, text] of files) archive.entry({ name: `${folder}/${name}`, mtime: now, mode: 0o600 }, text)
  archive.finalize()
  return archive
}
