import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { defaultCacheDir, freePort, startNats } from '@clientele/embedded'
import { connectNats, createLog, streamName } from '@clientele/kit'
import { jetstreamManager } from '@nats-io/jetstream'
import { checkStream, closeNats } from './nats.js'
import { defaultStream } from './stream-settings.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-stream-'))
const server = await startNats({ dir, port: await freePort(), cacheDir: defaultCacheDir() })
const nats = await connectNats(server.url, 'test')
const jsm = await jetstreamManager(nats)
afterAll(async () => {
  await closeNats(nats)
  await server.stop()
  await rm(dir, { recursive: true, force: true })
})

const lines: string[] = []
const log = createLog({
  name: 'stream',
  level: 'info',
  destination: new Writable({
    write: (line, _, done) => {
      lines.push(String(line))
      done()
    },
  }),
})
const day = 24 * 60 * 60 * 1e9

test('a stream that a server alone cannot keep is refused, with what to set, whether it is there or not', async () => {
  const wanted = { ...defaultStream, replicas: 3 }
  const refused = {
    code: 'INVALID',
    reason: 'nats.stream_refused',
    message: expect.stringContaining('NATS_STREAM_REPLICAS'),
  }
  await expect(checkStream(nats, wanted, log)).rejects.toMatchObject(refused)
  await checkStream(nats, defaultStream, log)
  await expect(checkStream(nats, wanted, log)).rejects.toMatchObject(refused)
  expect((await jsm.streams.info(streamName)).config.num_replicas).toBe(1)
})

test('what may be changed of a stream is, and what may not is told', async () => {
  await checkStream(nats, defaultStream, log)
  expect((await jsm.streams.info(streamName)).config).toMatchObject({
    storage: 'file',
    max_age: 7 * day,
    max_bytes: -1,
  })
  await checkStream(nats, { replicas: 1, storage: 'memory', maxAgeDays: 3, maxBytes: 1e9 }, log)
  expect((await jsm.streams.info(streamName)).config).toMatchObject({
    storage: 'file',
    max_age: 3 * day,
    max_bytes: 1e9,
    subjects: ['clientele.evt.>'],
  })
  expect(lines.join('')).toContain('the storage of a stream cannot be changed')
})
