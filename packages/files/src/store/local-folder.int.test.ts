import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog, defineService, servePublicRoutes } from '@clientele/kit'
import { startForTest, until } from '@clientele/testkit'
import { example } from '../../../testkit/src/example/example.service.js'
import { fileRoutes } from './file-routes.js'
import { type FileStore, fileKey } from './file-store.js'
import { fileStoreOf } from './store-settings.js'

const folder = await mkdtemp(join(tmpdir(), 'clientele-folder-'))
const routes = fileRoutes('example', { bytes: 1_048_576 })
let store: FileStore
let at = (link: string) => link

beforeAll(async () => {
  const svc = await startForTest(defineService({ ...example, routes }), { settings: { FILES_FOLDER: folder } })
  store = await fileStoreOf(
    'example',
    svc.context({ subject: 'a', roles: [], tenant: 'acme', territories: [], kind: 'person' }),
  )
  const { url, stop } = await servePublicRoutes({
    services: [{ name: 'example', routes }],
    running: () => svc,
    settings: { PUBLIC_RATE_PER_ADDRESS: 600, PUBLIC_RATE_PER_TOKEN: 600, TRUSTED_PROXIES: [] },
    host: '127.0.0.1',
    port: 0,
    log: createLog({ name: 'test', level: 'silent' }),
    timeoutMs: 500,
  })
  svc.defer(() => stop({ graceMs: 0 }))
  at = (link) => link.replace(svc.publicUrl, url)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let made = 0
const newKey = () => fileKey('example', 'acme', `0198c5a0-7a4e-7cc3-9a3c-${String(++made).padStart(12, '0')}`)
const linkOf = async (key: string, bytes: number, seconds = 600) =>
  at(await store.uploadLink(key, { bytes, now: new Date(), seconds }))
/** Sends these pieces one after another, and then no more, or the end. */
const putSlowly = async (url: string, pieces: readonly Uint8Array[], o: { everyMs: number; end?: boolean }) => {
  const body = new ReadableStream({
    start: async (stream) => {
      for (const piece of pieces) {
        stream.enqueue(piece)
        await new Promise((resume) => setTimeout(resume, o.everyMs))
      }
      if (o.end !== false) stream.close()
    },
  })
  return fetch(url, { method: 'PUT', body, duplex: 'half' } as RequestInit)
}
const parts = () => readdir(join(folder, 'parts', 'example', 'acme')).catch(() => [])
const openParts = async () => {
  const fds = await readdir('/proc/self/fd')
  const links = await Promise.all(fds.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  return links.filter((path) => path.startsWith(join(folder, 'parts')))
}
const nothingIsLeft = () => until(async () => !(await parts()).length && !(await openParts()).length)

test('a file on a slow line arrives whole, also when that takes longer than an answer may', async () => {
  const key = newKey()
  const pieces = Array.from({ length: 20 }, () => randomBytes(1_000))
  const response = await putSlowly(await linkOf(key, 20_000), pieces, { everyMs: 100 })
  expect(response.status).toBe(200)
  expect(await store.keep(key)).toBe(20_000)
  await nothingIsLeft()
})

test('one that stands still is given up, and leaves neither bytes nor an open file', async () => {
  const key = newKey()
  const response = await putSlowly(await linkOf(key, 20_000), [randomBytes(1_000)], { everyMs: 10, end: false })
  expect(response.status).toBe(503)
  await nothingIsLeft()
  expect(await store.keep(key)).toBeUndefined()
})

test('one that has not arrived when its link ends is not taken', async () => {
  const key = newKey()
  const pieces = Array.from({ length: 30 }, () => randomBytes(100))
  const response = await putSlowly(await linkOf(key, 3_000, 1), pieces, { everyMs: 100 })
  expect(response.status).toBe(404)
  await nothingIsLeft()
  expect(await store.keep(key)).toBeUndefined()
})

test('a client that leaves, and a file that is removed meanwhile, leave nothing', async () => {
  const [left, removed] = [newKey(), newKey()]
  const leave = new AbortController()
  const body = new ReadableStream({ start: (stream) => stream.enqueue(randomBytes(100)) })
  const init = { method: 'PUT', body, duplex: 'half', signal: leave.signal } as RequestInit
  const gone = fetch(await linkOf(left, 1_000), init)
  await until(async () => (await parts()).length)
  leave.abort()
  await expect(gone).rejects.toThrow()
  await nothingIsLeft()
  const pieces = Array.from({ length: 10 }, () => randomBytes(100))
  const uploading = putSlowly(await linkOf(removed, 1_000), pieces, { everyMs: 50 })
  await until(async () => (await parts()).length)
  await store.remove(removed)
  expect((await uploading).status).toBe(404)
  await nothingIsLeft()
  expect(await store.keep(removed)).toBeUndefined()
})

test('what is not there says so, and does not say that the store is away', async () => {
  await expect(store.read(newKey())).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'file.unknown' })
})
