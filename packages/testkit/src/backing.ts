import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultCacheDir, findNats, freePort, startPostgres } from '@clientele/embedded'
import { provisionRoles } from '@clientele/kit'

const services = ['profiles', 'interactions', 'surveys', 'segmentation', 'integrations', 'example']
let stop: (() => Promise<void>) | undefined

/** Starts what all test files of a run share: one PostgreSQL, whose place the files learn from the environment. */
export const startBacking = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'clientele-test-'))
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), port: await freePort(), durable: false })
  stop = async () => {
    await postgres.stop()
    await rm(dir, { recursive: true, force: true })
  }
  const password = randomBytes(16).toString('hex')
  await provisionRoles(postgres.url, services, password)
  await findNats(defaultCacheDir(), (line) => console.info(line))
  process.env.CLIENTELE_TEST_POSTGRES = postgres.url
  process.env.CLIENTELE_TEST_PASSWORD = password
  process.env.CLIENTELE_TEST_POSTGRES_LOG = join(dir, 'postgres', 'postgres.log')
}

export const stopBacking = async () => {
  await stop?.()
}

/** What the run's PostgreSQL has logged: each failed statement, with its text. */
export const postgresLog = () => readFile(process.env.CLIENTELE_TEST_POSTGRES_LOG ?? '', 'utf8')

/** Where the run's PostgreSQL is. Throws outside of a test run. */
export const backing = () => {
  const { CLIENTELE_TEST_POSTGRES: adminUrl, CLIENTELE_TEST_PASSWORD: password } = process.env
  if (!adminUrl || !password)
    throw new Error('No PostgreSQL for tests: run them with vitest from the root of the repository.')
  return { adminUrl, password }
}
