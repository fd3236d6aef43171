import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { vi } from 'vitest'
import { holdInProcess, scratch, until } from '../../fixtures/scratch.js'
import { defaultCacheDir } from '../config.js'
import { freePort } from '../processes/ports.js'
import { type NatsOptions, startNats } from './nats.js'
import { findNats } from './nats-binary.js'

const made = scratch()
afterEach(() => made.clear())

// The first run on a machine may have to build the program.
beforeAll(() => findNats(defaultCacheDir()), 600_000)

async function start(dir: string, options: Partial<NatsOptions> = {}) {
  return made.running(await startNats({ dir, port: await freePort(), cacheDir: defaultCacheDir(), ...options }))
}

async function connected<T>(url: string, work: (nc: NatsConnection) => Promise<T>): Promise<T> {
  const nc = await connect({ servers: url, reconnect: false })
  try {
    return await work(nc)
  } finally {
    await nc.close()
  }
}

const publish = (url: string) =>
  connected(url, async (nc) => {
    await (await jetstreamManager(nc)).streams.add({ name: 'KEPT', subjects: ['kept.>'] })
    await jetstream(nc).publish('kept.one', 'yes')
  })

const stored = (url: string) =>
  connected(url, async (nc) => (await (await jetstreamManager(nc)).streams.info('KEPT')).state.messages)

test('runs JetStream, keeps its messages over a stop and a start, and stops more than once', async () => {
  const dir = join(made.folder(), 'nats')
  const first = await start(dir)
  expect(first.version).toMatch(/^2\.\d+\.\d+/)
  await connected(first.url, async (nc) => expect(nc.info?.version).toBe(first.version))
  await publish(first.url)
  await Promise.all([first.stop(), first.stop()])
  await first.stop()
  expect(statSync(dir).mode & 0o777).toBe(0o700)
  const second = await start(dir)
  expect(await stored(second.url)).toBe(1)
})

test('is started again after it was killed, and says that it ended', async () => {
  const dir = made.folder()
  const onExit = vi.fn<(why: string) => void>()
  const first = await start(dir, { onExit })
  await publish(first.url)
  process.kill(first.pid, 'SIGKILL')
  await until(() => onExit.mock.calls.length)
  expect(onExit.mock.calls).toEqual([[expect.stringMatching(/nats-server ended \(SIGKILL\).*nats\.log/)]])
  expect(await stored((await start(dir)).url)).toBe(1)
  await first.stop()
  await expect(start(dir)).rejects.toThrow('is in use')
})

test.each(['holder', 'holder and server'])('is started again after the %s was killed', async (who) => {
  const dir = made.folder()
  const options = { dir, port: await freePort(), cacheDir: defaultCacheDir() }
  const { holder, server } = await holdInProcess('startNats', options)
  made.process(holder)
  await publish(server.url)
  holder.kill('SIGKILL')
  if (who === 'holder and server') process.kill(server.pid, 'SIGKILL')
  await once(holder, 'exit')
  expect(await stored((await start(dir)).url)).toBe(1)
})

test('Ctrl-C, which reaches the whole process group, lets the holder stop it in order', async () => {
  const options = { dir: made.folder(), port: await freePort(), cacheDir: defaultCacheDir() }
  const { holder } = await holdInProcess('startNats', options)
  made.process(holder)
  process.kill(-(holder.pid ?? 0), 'SIGINT')
  expect(await once(holder, 'exit')).toEqual([0, null])
})

test.each([
  ['was left behind', true],
  ['was left behind before it wrote its pid file', false],
])('a server on this store that %s is stopped first', async (_, isNoted) => {
  const dir = made.folder()
  const { path } = await findNats(defaultCacheDir())
  const pidFile = join(dir, isNoted ? 'nats.pid' : 'other.pid')
  const args = ['-a', '127.0.0.1', '-p', String(await freePort()), '-js', '-sd', join(dir, 'jetstream'), '-P', pidFile]
  const orphan = made.process(spawn(path, args, { detached: true, stdio: 'ignore' }))
  const ended = once(orphan, 'exit')
  await until(() => existsSync(pidFile) && statSync(pidFile).size > 0)
  const told: string[] = []
  await start(dir, { progress: (line) => told.push(line) })
  await ended
  expect(told).toContainEqual(expect.stringContaining(`process ${orphan.pid}`))
})

test('a folder in use is refused', async () => {
  const dir = made.folder()
  await start(dir)
  await expect(start(dir)).rejects.toThrow(`${dir} is in use by process ${process.pid}`)
})

test('a taken port is told by name', async () => {
  const port = await freePort()
  await start(made.folder(), { port })
  await expect(start(made.folder(), { port })).rejects.toThrow(`set CLIENTELE_NATS_PORT to another port`)
})

test('refuses NODE_ENV=production', async () => {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await expect(start(made.folder())).rejects.toThrow('Set NATS_URL')
  } finally {
    process.env.NODE_ENV = before
  }
})
