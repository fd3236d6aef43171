import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { containerCommand } from './container.js'
import { probe } from './java.js'
import { startKeycloak } from './keycloak.js'
import { fetchRelease } from './release.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-keycloak-'))
afterAll(() => rm(dir, { recursive: true }))

test.each([
  ['openjdk version "1.8.0_412"', undefined],
  ['openjdk version "11.0.2" 2019-01-15', undefined],
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['openjdk version "25" 2025-09-16', 25],
  ['no Java at all', undefined],
])('%s counts as %s', async (line, major) => {
  const path = join(dir, 'java')
  await writeFile(path, `#!/bin/sh\necho '${line}' >&2\n`)
  await chmod(path, 0o755)
  expect((await probe(path))?.major).toBe(major)
})

test('a Java that is not there is none', async () => {
  expect(await probe(join(dir, 'missing'))).toBeUndefined()
})

test('an archive that is not the pinned one is refused, and one that is missing too', async () => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/archive' ? 200 : 404).end('not Keycloak')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const file = join(dir, 'archive')
  try {
    await expect(fetchRelease(file, `${at}/archive`)).rejects.toThrow(
      /has the SHA-512 [0-9a-f]{128}, and not the pinned/,
    )
    await expect(fetchRelease(file, `${at}/missing`)).rejects.toThrow('answered 404')
    expect(await readFile(file, 'utf8')).toBe('not Keycloak')
  } finally {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
})

test('a container gets variables by name: no secret is on its command line', () => {
  const { args } = containerCommand('podman', {
    dir: '/d',
    port: 4081,
    url: 'http://127.0.0.1:4081',
    env: ['A_SECRET'],
  })
  expect(args).toEqual(expect.arrayContaining(['--publish', '127.0.0.1:4081:4081', '--env', 'A_SECRET']))
  expect(args.join(' ')).not.toContain('A_SECRET=')
})

test('refuses NODE_ENV=production', async () => {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    const options = { dir, port: 4081, cacheDir: dir, consoleUrl: 'http://localhost:5173' }
    await expect(startKeycloak(options)).rejects.toThrow('Set OIDC_ISSUER_URL')
  } finally {
    process.env.NODE_ENV = before
  }
})
