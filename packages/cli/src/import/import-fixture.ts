import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readEvents, type TestActor } from '@clientele/testkit'
import { startAcceptance, until } from '../acceptance/platform.js'
import { createApi } from '../api/api.js'
import { type ImportOptions, runImport } from './run-import.js'
import { openTable } from './table.js'

type Files = Pick<ImportOptions, 'what' | 'file' | 'map'> & Partial<ImportOptions>

/** A mapping that the repository ships. */
export const shippedMapping = (name: string) => fileURLToPath(new URL(`../../examples/${name}.yaml`, import.meta.url))

/** A whole platform to import into, a folder for the files, and what has become of both. */
export const startImports = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'clientele-import-'))
  const platform = await startAcceptance()
  platform.defer(() => rm(dir, { recursive: true }))
  const profiles = platform.service('profiles')
  const actor = { subject: 'test', roles: [], tenant: 'acme', territories: [], kind: 'person' as const }

  const sql = async <T extends object>(text: string, values: unknown[] = []) =>
    (await profiles.database.fork(actor, new Date()).execute(text, values)) as T[]
  const api = (actor: string | TestActor = 'manager') =>
    createApi({ url: platform.url, token: () => platform.token(actor) })
  return {
    platform,
    sql,
    api,
    path: (name: string) => join(dir, name),
    file: async (name: string, content: string | Buffer) => {
      await writeFile(join(dir, name), content)
      return join(dir, name)
    },
    import: ({ errors, ...files }: Files) =>
      runImport({
        api: api(),
        signal: new AbortController().signal,
        errors: errors ?? join(dir, 'errors.csv'),
        ...files,
      }),
    /** The rows of an error file, as [line, column, reason]. */
    refused: async (path: string | null) => {
      const rows: string[][] = []
      if (!path) return rows
      const table = await openTable(path, { delimiter: 'comma', encoding: 'utf-8', nulls: [] })
      for await (const { written } of table.rows()) rows.push(written.slice(0, 3))
      return rows
    },
    read: (path: string | null) => readFile(path as string, 'utf8'),
    /** How many events profiles has published, once all are. */
    events: async () => {
      await until(async () => {
        const { rows } = await profiles.database.system.query('select from outbox where stream_seq is null limit 1')
        return rows.length === 0
      })
      return (await readEvents(profiles.nats, 'clientele.evt.acme.profiles.>')).length
    },
  }
}
