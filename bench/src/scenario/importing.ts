import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../../packages/cli/bin/clientele.js', import.meta.url))

/** What an import came to until it was stopped. */
export interface Imported {
  rows: number
  created: number
  rejected: number
  seconds: number
}

const mapping = `system: load
rows:
  externalId: { column: id }
  kind: ORGANIZATION
  source: load
  organization.legalName: { column: name }
  contactPoints:
    - { kind: EMAIL, value: { column: email } }
  addresses:
    - kind: MAIN
      city: { column: city }
      country: { column: country }
`

/** More rows than are read in the time: the import is stopped, not ended. */
const rowsPerSecond = 4_000

/** Imports customers that nobody has, by the command line in a process of its own, until it is stopped. Resolves when it begins. */
export const startImport = async ({ url, token, seconds }: { url: string; token: string; seconds: number }) => {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-load-'))
  const [file, map] = [join(folder, 'customers.csv'), join(folder, 'map.yaml')]
  await writeFile(map, mapping)
  await writeRows(file, Math.ceil(seconds * rowsPerSecond))
  const args = [program, 'import', 'customers', file, '--map', map, '--url', url, '--json']
  const env = { ...process.env, CLIENTELE_TOKEN: token }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, errors, ended] = [text(child.stdout), text(child.stderr), once(child, 'exit')]
  // The first that it tells is what it took the file for: rows follow.
  await Promise.race([once(child.stderr, 'data'), ended])
  return {
    stop: async (): Promise<Imported> => {
      if (child.exitCode === null) child.kill('SIGINT')
      await ended
      await rm(folder, { recursive: true, force: true })
      const [line] = (await out).trim().split('\n').slice(-1)
      if (!line) throw new Error(`The import told nothing:\n${await errors}`)
      const { rows, created, rejected, seconds } = JSON.parse(line) as Imported
      if (!(created > 0)) throw new Error(`The import brought nothing in:\n${await errors}`)
      return { rows, created, rejected, seconds }
    },
  }
}

const writeRows = async (file: string, count: number) => {
  const run = Date.now().toString(36)
  const stream = createWriteStream(file)
  stream.write('id,name,email,city,country\n')
  for (let row = 0; row < count; row++) {
    const line = `${run}-${row},Company ${run} ${row},office.${row}@${run}.example.org,Leipzig,DE\n`
    if (!stream.write(line)) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'finish')
}
