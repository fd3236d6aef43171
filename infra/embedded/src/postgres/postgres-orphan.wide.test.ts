import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { scratch, until } from '../../fixtures/scratch.js'
import { defaultCacheDir } from '../config.js'
import { freePort } from '../processes/ports.js'
import { inspect, stillRuns } from '../processes/processes.js'
import { chooseAccount } from './account.js'
import { startPostgres } from './postgres.js'
import { findPostgres } from './postgres-binary.js'

const made = scratch()
afterEach(() => made.clear())

async function dataFolder(): Promise<string> {
  const dir = made.folder()
  const server = await startPostgres({ dir, port: await freePort(), durable: false })
  await server.stop()
  return dir
}

/** A server that no process of ours knows of, as a killed start on a system without parent-death signals leaves it. */
async function leaveOrphan(dir: string) {
  const { postgres, initdb } = await findPostgres(defaultCacheDir())
  const account = await chooseAccount(initdb, dir)
  const port = await freePort()
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-p', String(port)]
  const { command, args, ...owner } = account.as({ command: postgres, args: ['-D', join(dir, 'data'), ...settings] })
  const orphan = spawn(command, args, { cwd: '/', detached: true, stdio: 'ignore', ...owner })
  made.process(orphan)
  const pidFile = join(dir, 'data', 'postmaster.pid')
  await until(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8').includes('ready'))
  const password = readFileSync(join(dir, 'password'), 'utf8')
  const client = new pg.Client({ connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` })
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const backend = inspect(rows[0]?.pid ?? 0)
  if (!backend) throw new Error('the backend is not seen')
  made.undo(() => stillRuns(backend) && process.kill(backend.pid, 'SIGKILL'))
  return { orphan, client, backend }
}

test.each([
  ['was left behind', false],
  ['was left behind beside the pid file of one that was killed before', true],
])('a server on this data that %s is stopped first, and its data is there', async (_, isStale) => {
  const dir = await dataFolder()
  const { orphan, client } = await leaveOrphan(dir)
  await client.query("create table kept as select 'yes' as answer")
  if (isStale) {
    const pidFile = join(dir, 'data', 'postmaster.pid')
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, '4194303'))
  }
  const ended = once(orphan, 'exit')
  const told: string[] = []
  const port = await freePort()
  const server = made.running(await startPostgres({ dir, port, durable: false, progress: (line) => told.push(line) }))
  await ended
  expect(told).toContainEqual(expect.stringContaining(`process ${orphan.pid}`))
  const again = new pg.Client({ connectionString: server.url })
  await again.connect()
  expect((await again.query('select * from kept')).rows).toEqual([{ answer: 'yes' }])
  await again.end()
})

test('a busy backend that outlived its killed server does not stop the next start', async () => {
  const dir = await dataFolder()
  const { orphan, client, backend } = await leaveOrphan(dir)
  client.query('do $$ begin loop end loop; end $$').catch(() => {})
  await until(() => inspect(backend.pid)?.command.endsWith(' DO'))
  orphan.kill('SIGKILL')
  await once(orphan, 'exit')
  expect(stillRuns(backend)).toBe(true)
  made.running(await startPostgres({ dir, port: await freePort(), durable: false }))
  expect(stillRuns(backend)).toBe(false)
})

test('another program that has the words of a server on this data among its arguments lives on', async () => {
  const dir = await dataFolder()
  const data = join(dir, 'data')
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)', 'postgres', '-D', data, ''], {
    stdio: 'ignore',
  })
  made.process(other)
  await once(other, 'spawn')
  made.running(await startPostgres({ dir, port: await freePort(), durable: false }))
  expect([other.exitCode, other.signalCode]).toEqual([null, null])
})

test('a stale pid file whose number another process has now is no obstacle, and that process lives on', async () => {
  const dir = await dataFolder()
  // PostgreSQL minds only processes of its own account.
  const { uid, gid } = statSync(join(dir, 'data'))
  const other = made.process(spawn('sleep', ['60'], { uid, gid }))
  await once(other, 'spawn')
  writeFileSync(
    join(dir, 'data', 'postmaster.pid'),
    `${other.pid}\n${join(dir, 'data')}\n1\n5432\n\n127.0.0.1\n\nready\n`,
  )
  made.running(await startPostgres({ dir, port: await freePort(), durable: false }))
  expect(other.exitCode ?? other.signalCode).toBeNull()
})
