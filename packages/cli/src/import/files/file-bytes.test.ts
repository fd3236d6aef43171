import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readBytes } from './file-bytes.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-bytes-'))
afterAll(() => rm(dir, { recursive: true }))
const path = join(dir, 'f.csv')
const limits = { bytes: 3_000_000, ratio: 20, smallBytes: 1_000_000 }

const read = async (content: Buffer, signal?: AbortSignal) => {
  await writeFile(path, content)
  let bytes = 0
  for await (const chunk of readBytes(path, signal, limits)) bytes += chunk.length
  return bytes
}

const noise = (size: number) => randomBytes(size)

test('what stays below the limits is read, packed or not', async () => {
  expect(await read(Buffer.alloc(2_999_999, 10))).toBe(2_999_999)
  expect(await read(gzipSync(Buffer.alloc(999_999, 10)))).toBe(999_999)
  expect(await read(gzipSync(noise(2_000_000)))).toBe(2_000_000)
})

test.each<[string, Buffer, string, RegExp]>([
  ['a file that is too large', Buffer.alloc(3_000_001, 'x'), 'file.too_large', /line 1\)/],
  ['one that unpacks to blank lines', gzipSync(Buffer.alloc(50_000_000, 10)), 'file.ratio', /\(line 1000001\)/],
  ['one that unpacks to one cell', gzipSync(Buffer.alloc(50_000_000, 'x')), 'file.ratio', /\(line 1\)/],
  ['one that is too large unpacked', gzipSync(noise(4_000_000)), 'file.too_large', /more than 3000000 bytes/],
])('%s is refused with the line and the limit', async (_, content, reason, message) => {
  await expect(read(content)).rejects.toMatchObject({ code: 'INVALID', reason, fields: [{ path, reason }] })
  await expect(read(content)).rejects.toThrow(message)
})

test('of a bomb no more is unpacked than the limit, whatever it holds', async () => {
  await writeFile(path, gzipSync(Buffer.alloc(20_000_000, 10)))
  let bytes = 0
  const all = async () => {
    for await (const chunk of readBytes(path, undefined, limits)) bytes += chunk.length
  }
  await expect(all()).rejects.toMatchObject({ reason: 'file.ratio' })
  expect(bytes).toBeLessThanOrEqual(limits.smallBytes)
})

test('a stop ends the reading at the next piece', async () => {
  const stopping = new AbortController()
  stopping.abort()
  await expect(read(Buffer.alloc(10, 'x'), stopping.signal)).rejects.toMatchObject({ name: 'AbortError' })
})

test('a damaged gzip file is told', async () => {
  await expect(read(gzipSync(noise(10_000)).subarray(0, 5_000))).rejects.toMatchObject({ reason: 'file.gzip' })
})
