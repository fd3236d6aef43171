import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { Readable } from 'node:stream'
import { startScanner, testVirus } from '../../fixture/scanner.js'
import { askScanner } from './icap.js'

const scanner = await startScanner()
afterAll(() => scanner?.stop())

const ask = (content: Buffer, url = scanner?.url ?? '') => {
  const pieces = Array.from({ length: Math.ceil(content.length / 65_536) }, (_, at) =>
    content.subarray(at * 65_536, (at + 1) * 65_536),
  )
  const stream = Readable.from(pieces, { objectMode: false })
  return askScanner(new URL(url), { bytes: content.length, content: stream })
}

test.skipIf(!scanner)('a scanner finds the virus, and nothing in what has none, small and large', async () => {
  expect(await ask(testVirus)).toBe('VIRUS')
  expect(await ask(Buffer.from('客户 🙂'))).toBe('CLEAN')
  expect(await ask(randomBytes(26_214_400))).toBe('CLEAN')
  expect(await ask(Buffer.concat([randomBytes(3_000_000), testVirus]))).toBe('VIRUS')
})

const away = { code: 'UNAVAILABLE', reason: 'files.scanner' }

test.skipIf(!scanner)('a scanner without such a service says nothing of a file', async () => {
  await expect(ask(Buffer.from('x'), scanner!.url.replace('avscan', 'nothing'))).rejects.toMatchObject(away)
})

test('who is not there, hangs up, or answers nonsense says nothing of a file', async () => {
  const answers = ['', 'HTTP/1.1 200 OK\r\n\r\n', 'ICAP/1.0 500 Server error\r\n\r\n', 'ICAP/1.0 200 OK\r\n\r\n']
  for (const answer of answers) {
    const server = createServer((socket) =>
      socket
        .on('error', () => {})
        .resume()
        .end(answer),
    ).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await expect(ask(randomBytes(200_000), `icap://127.0.0.1:${port}/avscan`)).rejects.toMatchObject(away)
    server.close()
    await once(server, 'close')
    await expect(ask(Buffer.from('x'), `icap://127.0.0.1:${port}/avscan`)).rejects.toMatchObject(away)
  }
})
