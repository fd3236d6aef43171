import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from './command.js'
import { findPlatform, openHome, refuseSecond } from './home.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-home-'))
afterAll(() => rm(dir, { recursive: true }))

const platform = (url: string, pid = process.pid) => ({
  pid,
  url,
  natsUrl: 'nats://127.0.0.1:4022',
  issuer: 'http://127.0.0.1:4080',
  issuerDir: null,
  databases: {},
})

test('a folder that is missing is made with those above it, for its owner alone', async () => {
  const home = await openHome(join(dir, 'a', 'b', 'c'))
  expect((await stat(home.dir)).mode & 0o777).toBe(0o700)
  expect((await openHome(home.dir)).dir).toBe(home.dir)
})

test('a file in the place of the folder is told, with the setting', async () => {
  await writeFile(join(dir, 'file'), '')
  for (const path of [join(dir, 'file'), join(dir, 'file', 'below')]) {
    const failure = await openHome(path).catch((error) => error)
    expect(failure).toBeInstanceOf(UsageError)
    expect(failure.message).toBe(`The data folder ${path} cannot be used (ENOTDIR). Set CLIENTELE_HOME to another one.`)
  }
})

const onLinux = process.platform === 'linux' ? test : test.skip
onLinux('a place where the system takes no folder does not keep us trying', async () => {
  await expect(openHome('/proc/clientele/home')).rejects.toThrow('/proc/clientele/home cannot be used (ENOENT)')
})

test('no platform is found where none was announced, nor where its process is gone', async () => {
  const home = await openHome(join(dir, 'empty'))
  await expect(findPlatform(home.dir)).rejects.toThrow(/No Clientele runs from .*empty.*\n.*CLIENTELE_HOME/)
  await home.announce(platform('http://127.0.0.1:1', 2 ** 30))
  await expect(findPlatform(home.dir)).rejects.toThrow(UsageError)
})

test('a second start is refused while the first one answers, and not because of what it left behind', async () => {
  const server = createServer((_, response) => response.end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const home = await openHome(join(dir, 'running'))
  try {
    await refuseSecond(home.dir)
    await home.announce(platform(url))
    await expect(refuseSecond(home.dir)).rejects.toThrow(`already, at ${url} (process ${process.pid})`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  await refuseSecond(home.dir)
})
