import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { vi } from 'vitest'
import { holdInProcess, scratch, until } from '../../fixtures/scratch.js'
import { freePort } from '../processes/ports.js'
import { type PostgresOptions, startPostgres } from './postgres.js'

const made = scratch()
afterEach(() => made.clear())

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function start(dir: string, options: Partial<PostgresOptions> = {}) {
  return made.running(await startPostgres({ dir, port: await freePort(), durable: false, ...options }))
}

test('is PostgreSQL 18 with our settings, for the password alone', async () => {
  const dir = join(made.folder(), 'postgres')
  const server = await start(dir)
  const names = [
    'server_version_num',
    'listen_addresses',
    'max_connections',
    'shared_buffers',
    'wal_level',
    'TimeZone',
    'fsync',
  ]
  const rows = await query(
    server.url,
    `select ${names.map((name) => `current_setting('${name}') as "${name}"`).join(', ')}`,
  )
  expect(rows).toEqual([
    {
      server_version_num: expect.stringMatching(/^18/),
      listen_addresses: '127.0.0.1',
      max_connections: '200',
      shared_buffers: '256MB',
      wal_level: 'replica',
      TimeZone: 'UTC',
      fsync: 'off',
    },
  ])
  expect(
    await query(
      server.url,
      'select datlocprovider, datlocale, pg_encoding_to_char(encoding) as encoding from pg_database',
    ),
  ).toEqual(Array(3).fill({ datlocprovider: 'b', datlocale: 'C.UTF-8', encoding: 'UTF8' }))
  await expect(query(server.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(
    'password authentication failed',
  )
  expect(statSync(join(dir, 'password')).mode & 0o777).toBe(0o600)
  expect(statSync(dir).mode & 0o777).toBe(0o700)
})

test('keeps its data over a stop and a start, and stops more than once', async () => {
  const dir = made.folder()
  const first = await start(dir, { durable: true })
  expect(await query(first.url, 'show fsync')).toEqual([{ fsync: 'on' }])
  await query(first.url, "create table kept as select 'yes' as answer")
  await Promise.all([first.stop(), first.stop()])
  await first.stop()
  await expect(query(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
  const second = await start(dir)
  expect(await query(second.url, 'select * from kept')).toEqual([{ answer: 'yes' }])
  expect(readFileSync(join(dir, 'postgres.log'), 'utf8')).toContain('database system was shut down')
})

test('is started again after it was killed, and says that it ended', async () => {
  const dir = made.folder()
  const onExit = vi.fn<(why: string) => void>()
  const first = await start(dir, { durable: true, onExit })
  await query(first.url, "create table kept as select 'yes' as answer")
  process.kill(first.pid, 'SIGKILL')
  await until(() => onExit.mock.calls.length)
  expect(onExit.mock.calls).toEqual([[expect.stringMatching(/PostgreSQL ended \(SIGKILL\).*postgres\.log/)]])
  const second = await start(dir)
  expect(await query(second.url, 'select * from kept')).toEqual([{ answer: 'yes' }])
  await first.stop()
  await expect(start(dir)).rejects.toThrow('is in use')
})

test('does not report an end that was asked for', async () => {
  const onExit = vi.fn()
  const server = await start(made.folder(), { onExit })
  await server.stop()
  expect(onExit).not.toHaveBeenCalled()
})

test.each(['holder', 'holder and server'])('is started again after the %s was killed', async (who) => {
  const dir = made.folder()
  const { holder, server } = await holdInProcess('startPostgres', { dir, port: await freePort() })
  made.process(holder)
  await query(server.url, "create table kept as select 'yes' as answer")
  holder.kill('SIGKILL')
  if (who === 'holder and server') process.kill(server.pid, 'SIGKILL')
  await once(holder, 'exit')
  const again = await start(dir)
  expect(await query(again.url, 'select * from kept')).toEqual([{ answer: 'yes' }])
})

test('Ctrl-C, which reaches the whole process group, lets the holder stop it in order', async () => {
  const dir = made.folder()
  const { holder } = await holdInProcess('startPostgres', { dir, port: await freePort(), durable: false })
  made.process(holder)
  process.kill(-(holder.pid ?? 0), 'SIGINT')
  expect(await once(holder, 'exit')).toEqual([0, null])
  expect(readFileSync(join(dir, 'postgres.log'), 'utf8')).toContain('database system is shut down')
})

test('a first start that was cut short is made good', async () => {
  const dir = made.folder()
  mkdirSync(join(dir, 'data.new'))
  writeFileSync(join(dir, 'data.new', 'PG_VERSION'), '18\n')
  writeFileSync(join(dir, 'password.new'), 'half')
  const server = await start(dir)
  expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a folder in use is refused, and the one who uses it goes on', async () => {
  const dir = made.folder()
  const first = await start(dir)
  await expect(start(dir)).rejects.toThrow(`${dir} is in use by process ${process.pid}`)
  expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a taken port is told by name, and the folder is free again', async () => {
  const dir = made.folder()
  const first = await start(made.folder())
  await expect(start(dir, { port: first.port, portSetting: 'MY_PORT' })).rejects.toThrow(
    new RegExp(`Port ${first.port} is taken.*MY_PORT`),
  )
  await start(dir)
})

test('a lost password is told, with what to do', async () => {
  const dir = made.folder()
  await (await start(dir)).stop()
  rmSync(join(dir, 'password'))
  await expect(start(dir)).rejects.toThrow(`${join(dir, 'password')} is missing`)
})

test('refuses NODE_ENV=production', async () => {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await expect(start(made.folder())).rejects.toThrow('Set DATABASE_URL')
  } finally {
    process.env.NODE_ENV = before
  }
})
