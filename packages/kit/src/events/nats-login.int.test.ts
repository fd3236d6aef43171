import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultCacheDir, freePort, startNats } from '@clientele/embedded'
import { connectNats, createLog, streamName } from '@clientele/kit'
import { until } from '@clientele/testkit/until'
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { checkNats, checkStream, closeNats } from './nats.js'
import { wakeSubject } from './stream.js'
import { defaultStream } from './stream-settings.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-login-'))
const port = await freePort()
let server: Awaited<ReturnType<typeof startNats>> | undefined
const serverWith = async (...settings: string[]) => {
  await server?.stop()
  server = await startNats({ dir, port, cacheDir: defaultCacheDir(), arguments: settings })
}
const withPassword = (password: string) => serverWith('--user', 'clientele', '--pass', password)
afterAll(async () => {
  await server?.stop()
  await rm(dir, { recursive: true, force: true })
})

const urlWith = (login: string) => `nats://${login}@127.0.0.1:${port}`
/** Whether the server lets this URL do what a service does. */
const isLetIn = async (url: string) => {
  const nats = await connectNats(url, 'test')
  try {
    return (await (await jetstreamManager(nats)).getAccountInfo()).limits !== undefined
  } finally {
    await closeNats(nats)
  }
}

test.each(['a plain one', '4222', 'p@ss:w/ö?#%rd 🙂'])('the URL holds user and password: %s', async (password) => {
  await withPassword(password)
  expect(await isLetIn(urlWith(`clientele:${encodeURIComponent(password)}`))).toBe(true)
  for (const login of ['clientele:wrong', 'somebody:else', 'clientele']) {
    await expect(connectNats(urlWith(login), 'test')).rejects.toThrow('Authorization Violation')
  }
  await expect(connectNats(`nats://127.0.0.1:${port}`, 'test')).rejects.toThrow('Authorization Violation')
})

test('the URL holds a token', async () => {
  await serverWith('--auth', 'a/token')
  expect(await isLetIn(urlWith('a%2Ftoken'))).toBe(true)
  await expect(connectNats(urlWith('token'), 'test')).rejects.toThrow('Authorization Violation')
})

test('a connection whose login the server refuses for a while comes back', async () => {
  await withPassword('first')
  const nats = await connectNats(urlWith('clientele:first'), 'test')
  let refused = 0
  void (async () => {
    for await (const { type } of nats.status()) if (type === 'error') refused++
  })()
  await withPassword('second')
  await until(() => refused > 2)
  expect(nats.isClosed()).toBe(false)
  await withPassword('first')
  await until(() =>
    checkNats(nats).then(
      () => true,
      () => false,
    ),
  )
  await closeNats(nats)
})

test('with tls:// nothing is said to a server without TLS', async () => {
  await withPassword('first')
  await expect(connectNats(`tls://clientele:first@127.0.0.1:${port}`, 'test')).rejects.toThrow('tls')
})

test('the rights that docs/runbooks/nats.md names are enough for stream, events and wake-ups', async () => {
  const settings = join(dir, 'rights.conf')
  await writeFile(
    settings,
    `authorization { users: [{ user: clientele, password: first, permissions: {
      publish: ["clientele.>", "$JS.API.>", "$JS.ACK.>"], subscribe: ["clientele.>", "_INBOX.>"] } }] }`,
  )
  await serverWith('--config', settings)
  const nats = await connectNats(urlWith('clientele:first'), 'test')
  await checkStream(nats, defaultStream, createLog({ name: 'test', level: 'silent' }))
  const jsm = await jetstreamManager(nats)
  if (!(await jsm.streams.names().next()).includes(streamName)) {
    await jsm.streams.add({ name: streamName, subjects: ['clientele.evt.>'] })
  }
  await jsm.consumers.add(streamName, { durable_name: 'test', ack_policy: AckPolicy.Explicit })
  await jetstream(nats).publish('clientele.evt.test', 'told')
  const message = await (await jetstream(nats).consumers.get(streamName, 'test')).next()
  expect(message?.string()).toBe('told')
  expect(await message?.ackAck()).toBe(true)
  const woken = nats.subscribe(wakeSubject('example'), { max: 1 })
  nats.publish(wakeSubject('example'))
  for await (const ping of woken) expect(ping.subject).toBe(wakeSubject('example'))
  await expect(nats.request('others.ask', 'no', { timeout: 2_000 })).rejects.toThrow(/permissions violation/i)
  await closeNats(nats)
})
