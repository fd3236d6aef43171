import { chmodSync, cpSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { scratch } from '../../fixtures/scratch.js'
import { freePort } from '../processes/ports.js'
import { chooseAccount, own, unprivilegedAccount, waysFromRoot, works } from './account.js'
import { startPostgres } from './postgres.js'
import { binaries, installedPackage } from './postgres-binary.js'

const made = scratch()
afterEach(() => made.clear())

const asRoot = process.getuid?.() === 0
const rootTest = asRoot ? test : test.skip
if (!asRoot) console.info('Not root: the tests of how root runs PostgreSQL are skipped.')

/** A folder that only its owner may enter, with the binaries in it. */
async function closedFolder() {
  const closed = made.folder()
  chmodSync(closed, 0o700)
  const { folder } = await installedPackage()
  cpSync(join(folder, 'native'), join(closed, 'native'), { recursive: true, verbatimSymlinks: true })
  const dir = join(closed, 'home')
  mkdirSync(dir)
  return { dir, initdb: binaries(closed).initdb }
}

test('an ordinary user runs PostgreSQL under their own account, and root as somebody else', async () => {
  const { dir, initdb } = await closedFolder()
  const account = await chooseAccount(initdb, dir)
  expect(account.as({ command: 'postgres', args: [] }).command).toBe(asRoot ? 'setpriv' : 'postgres')
})

rootTest('of the ways from root all but the plain one work in a closed folder', async () => {
  const { dir, initdb } = await closedFolder()
  const results: boolean[] = []
  for (const way of waysFromRoot(await unprivilegedAccount())) {
    await own(dir, way)
    results.push(await works(way, initdb, dir))
  }
  // The last one needs user namespaces, which some containers forbid.
  expect(results.slice(0, 3)).toEqual([false, true, true])
})

rootTest('PostgreSQL runs with its data in a closed folder, and not as root', async () => {
  const closed = made.folder()
  chmodSync(closed, 0o700)
  const dir = join(closed, 'deep', 'postgres')
  const server = made.running(await startPostgres({ dir, port: await freePort(), durable: false }))
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await client.end()
  expect(statSync(join(dir, 'data')).uid).toBe((await unprivilegedAccount()).uid)
  expect(statSync(closed).mode & 0o777).toBe(0o700)
})
