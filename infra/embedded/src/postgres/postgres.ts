import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { defaultCacheDir, refuseProduction } from '../config.js'
import {
  type Child,
  type ChildOptions,
  endWithParent,
  type Progress,
  type Running,
  startChild,
  tail,
  untilReady,
} from '../processes/child.js'
import { lockFolder } from '../processes/lock.js'
import { claimPort } from '../processes/ports.js'
import { type Account, chooseAccount } from './account.js'
import { findPostgres } from './postgres-binary.js'
import { prepareData } from './postgres-data.js'
import { clearOrphans } from './postgres-orphan.js'

export interface PostgresOptions {
  /** The data, the superuser's password (mode 0600) and `postgres.log` are kept here. */
  dir: string
  port: number
  /** The name of the setting that moves the port, for the message when it is taken. */
  portSetting?: string
  /** False gives up crash safety for speed: for tests whose data nobody needs. Default true. */
  durable?: boolean
  progress?: Progress
  /** Called when PostgreSQL ends though nobody stopped it; it can be started again from here. */
  onExit?: (why: string) => void
}

export interface Postgres extends Running {
  /** Superuser on the database `postgres`; holds the password. */
  url: string
  port: number
  pid: number
}

/**
 * Starts PostgreSQL 18 on 127.0.0.1 and resolves when it answers queries. The first run creates the data; later runs
 * find it, also after a crash of PostgreSQL or of this process. Throws when another live process uses `dir`, when the
 * port is taken, and with NODE_ENV=production.
 */
export async function startPostgres(o: PostgresOptions): Promise<Postgres> {
  refuseProduction('PostgreSQL', 'DATABASE_URL')
  const { durable = true, progress = () => {} } = o
  const dir = resolve(o.dir)
  const data = join(dir, 'data')
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const unlock = await lockFolder(dir)
  try {
    await clearOrphans(data, progress)
    await claimPort(o.port, o.portSetting ?? 'CLIENTELE_POSTGRES_PORT')
    const binaries = await findPostgres(defaultCacheDir(), progress)
    const account = await chooseAccount(binaries.initdb, dir)
    const password = await prepareData({ dir, binaries, account, durable, progress })
    const url = `postgres://postgres:${password}@127.0.0.1:${o.port}/postgres`
    const options: ChildOptions = {
      name: 'PostgreSQL',
      run: serverCommand(binaries.postgres, account, data, o.port, durable),
      log: join(dir, 'postgres.log'),
      // SIGINT is PostgreSQL's fast shutdown: sessions are ended, the data is checkpointed. SIGQUIT skips the checkpoint.
      stopSignals: ['SIGINT', 'SIGQUIT', 'SIGKILL'],
    }
    const child = await startUntilReady(options, url, (why) => void unlock().then(() => o.onExit?.(why)), progress)
    return { url, port: o.port, pid: child.pid, stop: () => child.stop().then(unlock) }
  } catch (error) {
    await unlock()
    throw error
  }
}

function serverCommand(binary: string, account: Account, data: string, port: number, durable: boolean) {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '256MB',
    wal_level: 'replica',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return account.as(endWithParent('SIGINT', binary, ['-D', data, ...args]))
}

/** Backends of a crashed server can hold its shared memory for a moment; PostgreSQL then refuses to start, and is asked again. */
async function startUntilReady(
  options: ChildOptions,
  url: string,
  onExit: (why: string) => void,
  progress: Progress,
): Promise<Child> {
  for (let triesLeft = 40; ; triesLeft--) {
    let ready = false
    const child = await startChild({ ...options, onExit: (why) => ready && onExit(why) })
    try {
      await untilReady(child, options, () => answers(url))
      ready = true
      return child
    } catch (error) {
      await child.stop()
      if (triesLeft === 0 || !tail(options.log).includes('pre-existing shared memory block')) throw error
      if (triesLeft === 40) progress('waiting for the processes of a crashed PostgreSQL to end')
      await sleep(500)
    }
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } finally {
    await client.end().catch(() => {})
  }
}
