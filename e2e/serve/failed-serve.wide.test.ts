import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { defaultCacheDir, freePort, startNats } from '@clientele/embedded'
import { startServeBacking } from './backing.js'

const program = fileURLToPath(new URL('../../packages/cli/bin/clientele.js', import.meta.url))
const dir = await mkdtemp(join(tmpdir(), 'clientele-failed-serve-'))
const backing = await startServeBacking(dir)
const natsPort = await freePort()
const nats = await startNats({
  ...{ dir: join(dir, 'nats-login'), port: natsPort, cacheDir: defaultCacheDir() },
  arguments: ['--user', 'clientele', '--pass', 'the-right-password'],
})
afterAll(async () => {
  await nats.stop()
  await backing.stop()
  await rm(dir, { recursive: true, force: true })
})

test.each([
  ['all of it', []],
  ['a service alone', ['profiles']],
])('of %s, a process that cannot start says why and ends with 1 by itself', async (_, part) => {
  const child = spawn(process.execPath, [program, 'serve', ...part], {
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(await freePort()), PUBLIC_PORT: '0' },
      ...{ ...backing.env, NATS_URL: `nats://clientele:a-wrong-one@127.0.0.1:${natsPort}` },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  expect(stderr).toMatch(/Authorization Violation/i)
  expect(stderr).not.toContain('a-wrong-one')
  expect(code).toBe(1)
})
