import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { freePort } from '@clientele/embedded'

const program = fileURLToPath(new URL('../../bin/clientele.js', import.meta.url))
const dir = await mkdtemp(join(tmpdir(), 'clientele-failed-start-'))
afterAll(() => rm(dir, { recursive: true, force: true }))

test('a start that waits in vain says what for, tells what failed, and its process ends', {
  timeout: 240_000,
}, async () => {
  const silent = createServer((socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close())
  const nats = `127.0.0.1:${(silent.address() as { port: number }).port}`
  const child = spawn(process.execPath, [program, 'start'], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      CLIENTELE_HOME: join(dir, 'home'),
      NATS_URL: `nats://${nats}`,
      PORT: String(await freePort()),
      CLIENTELE_POSTGRES_PORT: String(await freePort()),
      CLIENTELE_ISSUER_PORT: String(await freePort()),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  expect(stderr).toMatch(new RegExp(`^… waiting for .*profiles \\(NATS at ${nats}\\).*, \\d+ s since the start$`, 'm'))
  expect(stdout).toContain(`… stopping what was started: NATS at ${nats} cannot be reached.`)
  expect(stderr.trimEnd().endsWith(`NATS at ${nats} cannot be reached.`)).toBe(true)
  expect(code).toBe(1)
})
