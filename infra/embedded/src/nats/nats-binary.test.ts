import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { scratch } from '../../fixtures/scratch.js'
import { obtain, probe, type Source } from './nats-binary.js'
import { verifyChecksum } from './nats-release.js'

const made = scratch()
afterEach(() => made.clear())

const says = (version: string) => `#!/bin/sh\necho "nats-server: ${version}"\n`
const failing = (name: string): Source => ({ name, get: () => Promise.reject(new Error(`${name} is closed`)) })
const giving = (text: string): Source => ({ name: 'a shop', get: (_folder, binary) => writeFile(binary, text) })

test.each([
  ['v2.9.0', '2.9.0'],
  ['v2.9.10', '2.9.10'],
  ['v2.14.5', '2.14.5'],
  ['v3.0.0-RC.1', '3.0.0-RC.1'],
  ['v2.8.4', undefined],
  ['v1.4.1', undefined],
  ['unknown', undefined],
])('a nats-server that says %s is read as %s', async (said, version) => {
  const path = join(made.folder(), 'nats-server')
  writeFileSync(path, says(said), { mode: 0o755 })
  expect((await probe(path))?.version).toBe(version)
})

test('a file that is not there, or may not be run, is no nats-server', async () => {
  const path = join(made.folder(), 'nats-server')
  expect(await probe(path)).toBeUndefined()
  writeFileSync(path, says('v2.14.5'), { mode: 0o644 })
  expect(await probe(path)).toBeUndefined()
})

test('the sources are tried in turn, and what came is kept', async () => {
  const cache = made.folder()
  const binary = join(cache, 'kept')
  const told: string[] = []
  const sources = [failing('the first'), giving('#!/bin/sh\nexit 1\n'), giving(says('v2.14.5'))]
  const got = await obtain(cache, binary, (line) => told.push(line), sources)
  expect(got).toEqual({ path: binary, version: '2.14.5' })
  expect(told).toEqual([
    expect.stringContaining('the first'),
    ...Array(2).fill(expect.stringContaining('a shop')),
    expect.stringContaining(binary),
  ])
  expect(readdirSync(cache)).toEqual(['kept'])
})

test('where no source helps, every reason and what to do are told, and nothing is left', async () => {
  const cache = made.folder()
  const error: Error = await obtain(cache, join(cache, 'kept'), () => {}, [failing('one'), failing('two')]).then(
    () => Promise.reject(new Error('something came')),
    (reason) => reason,
  )
  for (const part of ['one: one is closed', 'two: two is closed', 'Install nats-server 2.9', 'NATS_URL']) {
    expect(error.message).toContain(part)
  }
  expect(existsSync(join(cache, 'kept'))).toBe(false)
  expect(readdirSync(cache)).toEqual([])
})

test('an archive with another checksum is refused', () => {
  const bytes = new TextEncoder().encode('abc')
  const right = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect(() => verifyChecksum(bytes, right, 'a.tar.gz')).not.toThrow()
  expect(() => verifyChecksum(bytes, right.replace('b', 'c'), 'a.tar.gz')).toThrow('a.tar.gz has the SHA-256')
})
