import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { defineService } from '@clientele/kit'
import { startForTest, until } from '@clientele/testkit'
import { example } from '../../../testkit/src/example/example.service.js'
import { startObjectStore } from '../../fixture/object-store.js'
import { fileRoutes } from './file-routes.js'
import { type FileStore, fileKey, thumbnailKey } from './file-store.js'
import { s3Store } from './s3.js'
import { fileStoreOf } from './store-settings.js'

const bucket = await startObjectStore()
const folder = await mkdtemp(join(tmpdir(), 'clientele-files-'))
const routes = fileRoutes('example', { bytes: 1_048_576 })
const stores: Record<string, FileStore> = {}

beforeAll(async () => {
  const svc = await startForTest(defineService({ ...example, routes }), { settings: { FILES_FOLDER: folder } })
  const admin = svc.context({ subject: 'a', roles: [], tenant: 'acme', territories: [], kind: 'person' })
  stores.folder = await fileStoreOf('example', admin)
  if (bucket) stores.bucket = s3Store({ ...bucket, region: 'us-east-1' })
})
afterAll(async () => {
  await bucket?.stop()
  await rm(folder, { recursive: true, force: true })
})

let made = 0
const newKey = () => fileKey('example', 'acme', `0198c5a0-7a4e-7cc3-9a3c-${String(++made).padStart(12, '0')}`)
const put = (url: string, body: Uint8Array) => fetch(url, { method: 'PUT', body: body as Uint8Array<ArrayBuffer> })

describe.each([
  ['folder', true],
  ['bucket', bucket !== undefined],
])('a %s', (name, isThere) => {
  const contract = test.skipIf(!isThere)
  const store = () => stores[name]!
  const upload = async (bytes: Uint8Array) => {
    const key = newKey()
    const response = await put(
      await store().uploadLink(key, { bytes: bytes.length, now: new Date(), seconds: 600 }),
      bytes,
    )
    expect(response.status).toBe(200)
    return key
  }
  const kept = async (bytes: Uint8Array) => {
    const key = await upload(bytes)
    expect(await store().keep(key)).toBe(bytes.length)
    return key
  }
  const linkTo = (key: string, o: object = {}) =>
    store().downloadLink(key, { name: 'a.txt', mediaType: 'text/plain', now: new Date(), seconds: 600, ...o })

  contract.each([1, 1_048_576])('keeps %i bytes that came by its link, and gives them by another', async (size) => {
    const bytes = randomBytes(size)
    const key = await kept(bytes)
    const response = await fetch(await linkTo(key))
    expect(response.status).toBe(200)
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
    expect((await buffer(await store().read(key))).equals(bytes)).toBe(true)
  })

  contract('tells a browser name and type, whatever the script', async () => {
    const key = await kept(Buffer.from('x'))
    const { headers } = await fetch(await linkTo(key, { name: '客户 "1"; 🙂 مرحبا.pdf', mediaType: 'application/pdf' }))
    expect(headers.get('content-type')).toBe('application/pdf')
    const disposition = headers.get('content-disposition') ?? ''
    expect(disposition).toMatch(/^attachment; filename="[ -~]*"; filename\*=UTF-8''/)
    expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toBe('客户 "1"; 🙂 مرحبا.pdf')
  })

  contract('gives a part', async () => {
    const key = await kept(Buffer.from('0123456789'))
    expect(String(await buffer(await store().read(key, { first: 2, last: 4 })))).toBe('234')
    const response = await fetch(await linkTo(key), { headers: { range: 'bytes=2-4' } })
    expect([response.status, response.headers.get('content-range'), await response.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ])
  })

  contract('takes exactly as many bytes as its link is for', async () => {
    const key = newKey()
    const url = await store().uploadLink(key, { bytes: 10, now: new Date(), seconds: 600 })
    for (const size of [9, 11]) expect((await put(url, randomBytes(size))).ok).toBe(false)
    expect(await store().keep(key)).toBeUndefined()
  })

  contract(
    'what is staged can be replaced, and read by nobody; what is kept is not replaced by an old link',
    async () => {
      const key = newKey()
      const url = await store().uploadLink(key, { bytes: 5, now: new Date(), seconds: 600 })
      await put(url, Buffer.from('first'))
      await put(url, Buffer.from('other'))
      expect((await fetch(await linkTo(key))).status).toBe(404)
      expect(await store().keep(key)).toBe(5)
      await put(url, Buffer.from('later'))
      expect(await (await fetch(await linkTo(key))).text()).toBe('other')
      await store().unstage(key)
      expect(await store().keep(key)).toBe(5)
      expect(await (await fetch(await linkTo(key))).text()).toBe('other')
    },
  )

  contract('keeps what we have made beside it, such as a thumbnail, until it is taken away', async () => {
    const key = await kept(Buffer.from('original'))
    const small = thumbnailKey(key)
    const download = async (of: string) => {
      const response = await fetch(await linkTo(of, { name: '照片.webp', mediaType: 'image/webp' }))
      return response.ok ? [response.headers.get('content-type'), await response.text()] : response.status
    }
    expect(await download(small)).toBe(404)
    await store().put(small, Buffer.from('first'), 'image/webp')
    await store().put(small, Buffer.from('small'), 'image/webp')
    expect(await download(small)).toEqual(['image/webp', 'small'])
    expect(String(await buffer(await store().read(small)))).toBe('small')
    expect(String(await buffer(await store().read(key)))).toBe('original')
    await store().remove(small)
    expect(await download(small)).toBe(404)
    expect(String(await buffer(await store().read(key)))).toBe('original')
  })

  contract('what is removed is gone, staged or kept; again does no harm', async () => {
    const staged = await upload(Buffer.from('staged'))
    const key = await kept(Buffer.from('kept'))
    for (const each of [staged, key, key, newKey()]) await store().remove(each)
    expect(await store().keep(staged)).toBeUndefined()
    expect((await fetch(await linkTo(key))).status).toBe(404)
    await expect(store().read(key)).rejects.toThrow()
  })

  contract('a link ends with its time', async () => {
    const key = await kept(Buffer.from('x'))
    const [upload, download] = [
      await store().uploadLink(key, { bytes: 1, now: new Date(), seconds: 1 }),
      await linkTo(key, { seconds: 1 }),
    ]
    expect(await until(async () => !(await fetch(download)).ok)).toBe(true)
    expect(await until(async () => !(await put(upload, Buffer.from('y'))).ok)).toBe(true)
  })

  contract('a link is good for its own purpose and its own file, and cannot be changed', async () => {
    const key = await kept(Buffer.from('mine'))
    const url = await linkTo(key)
    expect((await put(url, Buffer.from('more'))).ok).toBe(false)
    expect((await fetch(await store().uploadLink(key, { bytes: 4, now: new Date(), seconds: 600 }))).ok).toBe(false)
    // The last character of the signature, and one in the middle of what is signed.
    const at = [url.length - 1, Math.floor(url.length / 2)]
    for (const place of at) {
      const other = url[place] === 'a' ? 'b' : 'a'
      const forged = url.slice(0, place) + other + url.slice(place + 1)
      expect((await fetch(forged)).ok).toBe(false)
    }
  })

  contract('a key leads nowhere else', async () => {
    for (const key of ['../../etc/passwd', 'example/acme/../x', 'example//x', 'example/acme/x y']) {
      await expect(
        Promise.resolve().then(() => store().uploadLink(key, { bytes: 1, now: new Date(), seconds: 1 })),
      ).rejects.toThrow('no key')
    }
  })
})

test('a page that came as a file is no page of ours', async () => {
  const key = newKey()
  const store = stores.folder!
  await put(await store.uploadLink(key, { bytes: 8, now: new Date(), seconds: 600 }), Buffer.from('<script>'))
  await store.keep(key)
  const { headers } = await fetch(
    await store.downloadLink(key, { name: 'x.html', mediaType: 'text/html', now: new Date(), seconds: 60 }),
  )
  expect(headers.get('content-security-policy')).toContain('sandbox')
  expect(headers.get('content-disposition')).toContain('attachment')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('what is not uploaded whole leaves nothing in the folder', async () => {
  const parts = async () =>
    (await readdir(join(folder, 'staged'), { recursive: true })).filter((name) => /\.[0-9a-f-]{36}$/.test(name))
  const url = await stores.folder!.uploadLink(newKey(), { bytes: 10, now: new Date(), seconds: 600 })
  await put(url, randomBytes(11))
  expect(await parts()).toEqual([])
})
