import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { isUnavailable } from '@clientele/kit'
import { type IcapAnswer, icapClean, startIcapServer } from '../../fixture/icap-server.js'
import { noScanner, startScanner, testVirus } from '../../fixture/scanner.js'
import { askScanner, NoVerdict } from './icap.js'

const scanner = await startScanner()
afterAll(() => scanner?.stop())

const ask = (content: Buffer, url = scanner?.url ?? '') => {
  const pieces = Array.from({ length: Math.ceil(content.length / 65_536) }, (_, at) =>
    content.subarray(at * 65_536, (at + 1) * 65_536),
  )
  const stream = Readable.from(pieces, { objectMode: false })
  return askScanner(new URL(url), { bytes: content.length, content: stream })
}

test('a scanner finds the virus, and nothing in what has none, small and large', async ({ skip }) => {
  if (!scanner) return skip(noScanner)
  expect(await ask(testVirus)).toBe('VIRUS')
  expect(await ask(Buffer.from('客户 🙂'))).toBe('CLEAN')
  expect(await ask(randomBytes(26_214_400))).toBe('CLEAN')
  expect(await ask(Buffer.concat([randomBytes(3_000_000), testVirus]))).toBe('VIRUS')
})

const away = { code: 'UNAVAILABLE', reason: 'files.scanner' }

test('a scanner without such a service says nothing of a file', async ({ skip }) => {
  if (!scanner) return skip(noScanner)
  await expect(ask(Buffer.from('x'), scanner.url.replace('avscan', 'nothing'))).rejects.toThrow()
})

test('that there is no such service lies with no file', async () => {
  const server = await startIcapServer(() => 'ICAP/1.0 404 Not found\r\n\r\n')
  await expect(ask(Buffer.from('x'), server.url)).rejects.toMatchObject(away)
  await server.stop()
})

test('who is not there says nothing of a file, and is away', async () => {
  const server = await startIcapServer(() => icapClean)
  expect(await ask(Buffer.from('客户 🙂'), server.url)).toBe('CLEAN')
  await server.stop()
  await expect(ask(Buffer.from('x'), server.url)).rejects.toMatchObject(away)
})

test.each<[string, IcapAnswer]>([
  ['hangs up', 'HANG_UP'],
  ['ends without a word', ''],
  ['answers nonsense', 'HTTP/1.1 200 OK\r\n\r\n'],
  ['says that it cannot', 'ICAP/1.0 500 Server error\r\n\r\n'],
  ['ends in the middle', 'ICAP/1.0 200 OK\r\n\r\n'],
])('a scanner that %s has not judged this file, and is not away', async (_, answer) => {
  const server = await startIcapServer(() => answer)
  const failed = await ask(randomBytes(200_000), server.url).catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(NoVerdict)
  expect(isUnavailable(failed)).toBe(false)
  await server.stop()
})

test('a scan that is given up ends, while the scanner is silent and while the store is', async () => {
  const server = await startIcapServer(() => 'SILENCE')
  const stalled = new Readable({ read() {} })
  for (const content of [Readable.from([Buffer.from('x')], { objectMode: false }), stalled]) {
    const stop = new AbortController()
    const asked = askScanner(new URL(server.url), { bytes: 1, content }, stop.signal)
    setTimeout(() => stop.abort(), 50)
    await expect(asked).rejects.toThrow('given up')
    expect(content.destroyed).toBe(true)
  }
  await server.stop()
})
