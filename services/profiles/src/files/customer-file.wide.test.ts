import { randomBytes, randomUUID } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  customerFileAttached,
  customerFileRefused,
  customerFileRemoved,
  customerFileStaged,
} from '@clientele/contracts'
import { goOff, outcome, startForTest, type TestActor } from '@clientele/testkit'
import { profiles } from '../service.js'

let now = new Date('2026-11-01T08:00:00Z')
const svc = await startForTest(profiles, { now: () => now })
const FILE = 'id name bytes status mediaType refusal url uploadUrl version'
const STAGE = `mutation ($input: StageCustomerFileInput!) { stageCustomerFile(input: $input) { ${FILE} customer { id } } }`
const ATTACH = `mutation ($input: CustomerFileInput!) { attachCustomerFile(input: $input) { ${FILE} } }`
const REMOVE = 'mutation ($input: CustomerFileInput!) { removeCustomerFile(input: $input) { id } }'
const FILES = `query ($id: ID!) { customer(id: $id) { files { ${FILE} } } }`

type Actor = string | TestActor
const agent = { roles: ['service'], subject: 'agent' }
const aCustomer = async (actor: Actor = 'manager') => {
  const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
  const input = { kind: 'PERSON', displayName: 'Li' }
  return (await svc.as(actor).mutate(CREATE, { input })).createCustomer.id as string
}
const stage = async (
  customerId: string,
  bytes: number,
  o: { name?: string; as?: Actor; idempotencyKey?: string } = {},
) => {
  const { name = '合同 🙂 عقد.pdf', as = agent, idempotencyKey } = o
  const input = { customerId, name, bytes, idempotencyKey }
  return (await svc.as(as).mutate(STAGE, { input })).stageCustomerFile
}
const put = (url: string, body: Uint8Array) => fetch(url, { method: 'PUT', body: body as Uint8Array<ArrayBuffer> })
const attach = async (id: string, as: Actor = agent) =>
  (await svc.as(as).mutate(ATTACH, { input: { id } })).attachCustomerFile
const attached = async (customerId: string, body: Uint8Array) => {
  const { id, uploadUrl } = await stage(customerId, body.length)
  expect((await put(uploadUrl, body)).status).toBe(200)
  return attach(id)
}
const filesOf = async (id: string, as: Actor = agent) => (await svc.as(as).query(FILES, { id })).customer?.files

const objects = async () => {
  const { settings } = svc.context({ subject: 'a', roles: [], tenant: 'acme', territories: [], kind: 'person' })
  const names = await readdir(String(settings.FILES_FOLDER), { recursive: true }).catch(() => [])
  return new Set(names.map((name) => name.split('/').at(-1)))
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a file is announced, uploaded, attached, had and told of', async () => {
  const customerId = await aCustomer()
  const staged = await stage(customerId, png.length)
  expect(staged).toMatchObject({ status: 'STAGED', name: '合同 🙂 عقد.pdf', bytes: png.length, url: null })
  expect(staged.customer.id).toBe(customerId)
  expect((await put(staged.uploadUrl, png)).status).toBe(200)
  const file = await attach(staged.id)
  expect(file).toMatchObject({ status: 'READY', mediaType: 'image/png', refusal: null, uploadUrl: null, version: 2 })
  const response = await fetch(file.url)
  expect(response.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await response.arrayBuffer()).equals(png)).toBe(true)
  expect(await filesOf(customerId)).toMatchObject([{ id: file.id, status: 'READY' }])
  await svc.relay()
  const common = { id: file.id, customerId, bytes: png.length, refusal: null }
  expect(await svc.published(customerFileStaged)).toContainEqual({
    ...{ ...common, version: 1, status: 'STAGED', mediaType: null },
  })
  expect(await svc.published(customerFileAttached)).toContainEqual({
    ...{ ...common, version: 2, status: 'READY', mediaType: 'image/png' },
  })
})

test.each([
  ['a text', Buffer.from('客户 🙂 مرحبا'), 'text/plain; charset=utf-8'],
  ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'text/plain; charset=utf-8'],
  ['what is none of these', Buffer.from([0xff, 0, 0xfe, 1]), 'application/octet-stream'],
  ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n'), 'application/pdf'],
])('%s is told by its content, not by its name', async (_, body, mediaType) => {
  expect(await attached(await aCustomer(), body)).toMatchObject({ status: 'READY', mediaType })
})

test('a program is refused, whatever its name says, and its bytes go', async () => {
  const program = Buffer.concat([Buffer.from('MZ'), randomBytes(200)])
  const file = await attached(await aCustomer(), program)
  expect(file).toMatchObject({ status: 'REFUSED', refusal: 'TYPE', mediaType: null, url: null })
  await goOff(svc)
  expect(await objects()).not.toContain(file.id)
  await svc.relay()
  expect(await svc.published(customerFileRefused)).toContainEqual(expect.objectContaining({ id: file.id }))
})

/** A compound file whose directory is in this sector, with the class of its root. */
const compoundFile = (sector: number, rootClass: string) => {
  const file = Buffer.alloc((sector + 2) * 512)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file)
  file.writeUInt16LE(9, 30)
  file.writeUInt32LE(sector, 48)
  Buffer.from(rootClass, 'hex').copy(file, (sector + 1) * 512 + 80)
  return file
}
const jar = () => {
  const name = 'META-INF/MANIFEST.MF'
  const entry = Buffer.alloc(30)
  entry.write('PK\u0003\u0004')
  entry.writeUInt16LE(name.length, 26)
  return Buffer.concat([entry, Buffer.from(name)])
}
const installer = '84100c0000000000c000000000000046'
const oldWord = '0609020000000000c000000000000046'

test.each([
  ['a Java archive', jar(), 'TYPE'],
  ['an installer', compoundFile(1, installer), 'TYPE'],
  ['an installer whose directory is far behind', compoundFile(4_000, installer), 'TYPE'],
  ['a patch of an installation', compoundFile(3, installer.replace('84', '86')), 'TYPE'],
  ['an old document', compoundFile(1, oldWord), null],
  ['a compound file that ends before its directory', compoundFile(9, installer).subarray(0, 600), null],
])('%s is told from other files of its form', async (_, body, refusal) => {
  expect(await attached(await aCustomer(), body)).toMatchObject({ status: refusal ? 'REFUSED' : 'READY', refusal })
})

test.each([
  ['inv\u202efdp.txt', 'invfdp.txt'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['C:\\合同\\عقد.pdf', 'C:_合同_عقد.pdf'],
])('a file called %j is called %j', async (name, called) => {
  expect(await stage(await aCustomer(), 1, { name })).toMatchObject({ name: called })
})

test('a file of the largest size arrives; one byte more is refused', async () => {
  const most = 26_214_400
  const customerId = await aCustomer()
  expect(await attached(customerId, Buffer.alloc(most, 'x'))).toMatchObject({ status: 'READY', bytes: most })
  for (const bytes of [0, most + 1]) {
    await expect(stage(customerId, bytes)).rejects.toMatchObject({
      code: 'INVALID',
      fields: [{ path: 'input.bytes', reason: 'number.out_of_range' }],
    })
  }
})

test('nothing is attached that was not uploaded, or not whole', async () => {
  const { id, uploadUrl } = await stage(await aCustomer(), 10)
  const waits = { code: 'CONFLICT', reason: 'file.not_uploaded' }
  await expect(attach(id)).rejects.toMatchObject(waits)
  const refused = await put(uploadUrl, randomBytes(9))
  const { errors } = (await refused.json()) as any
  expect([refused.status, errors[0].extensions]).toEqual([400, { code: 'INVALID', reason: 'file.size' }])
  await expect(attach(id)).rejects.toMatchObject(waits)
})

test('what is done twice, one after the other or at once, is done once', async () => {
  const customerId = await aCustomer()
  const idempotencyKey = randomUUID()
  const [first, again] = [
    await stage(customerId, 1, { idempotencyKey }),
    await stage(customerId, 1, { idempotencyKey }),
  ]
  expect(again.id).toBe(first.id)
  await put(first.uploadUrl, Buffer.from('x'))
  const all = await Promise.all([attach(first.id), attach(first.id)])
  expect(all.map(({ status, version }) => [status, version])).toEqual([
    ['READY', 2],
    ['READY', 2],
  ])
  expect(await attach(first.id)).toMatchObject({ status: 'READY', version: 2 })
  const removed = [0, 1].map(() => outcome(svc.as(agent).mutate(REMOVE, { input: { id: first.id } })))
  expect((await Promise.all(removed)).toSorted()).toEqual(['NOT_FOUND file.unknown', 'OK'])
})

test('a file that is removed is gone with its bytes', async () => {
  const customerId = await aCustomer()
  const { id, url } = await attached(customerId, Buffer.from('secret'))
  await svc.as(agent).mutate(REMOVE, { input: { id } })
  expect(await filesOf(customerId)).toEqual([])
  await goOff(svc)
  expect(await objects()).not.toContain(id)
  expect((await fetch(url)).status).toBe(404)
  await svc.relay()
  expect(await svc.published(customerFileRemoved)).toContainEqual(expect.objectContaining({ id, version: 3 }))
})

test('what an old link brings after a file was removed is swept when the link is over, and what broke off too', async () => {
  const [removed, kept] = [await stage(await aCustomer(), 6), await stage(await aCustomer(), 4)]
  await put(kept.uploadUrl, Buffer.from('kept'))
  await attach(kept.id)
  await svc.as(agent).mutate(REMOVE, { input: { id: removed.id } })
  await goOff(svc)
  for (const { uploadUrl } of [removed, kept]) await put(uploadUrl, randomBytes(uploadUrl === kept.uploadUrl ? 4 : 6))
  const { settings } = svc.context({ subject: 'a', roles: [], tenant: 'acme', territories: [], kind: 'person' })
  const parts = join(String(settings.FILES_FOLDER), 'parts', 'profiles', 'acme')
  await writeFile(join(parts, `${removed.id}.${randomUUID()}`), 'of a process that died')
  const paths = async () => (await readdir(String(settings.FILES_FOLDER), { recursive: true })).filter(isOfThese)
  const isOfThese = (path: string) => path.includes(removed.id) || path.includes(kept.id)
  expect(await paths()).toHaveLength(4)
  now = new Date(now.getTime() + 3_600_000 + 600_000)
  await goOff(svc)
  expect(await paths()).toEqual([join('kept', 'profiles', 'acme', kept.id)])
})

test('files go with their customer, however it goes', async () => {
  const customerId = await aCustomer()
  const { id } = await attached(customerId, Buffer.from('theirs'))
  const { id: other } = await attached(await aCustomer(), Buffer.from('of another'))
  const ctx = svc.context({ subject: 'a', roles: ['admin'], tenant: 'acme', territories: [''], kind: 'person' })
  await ctx.transaction((tx) => tx.em.execute('delete from customer where id = ?', [customerId]))
  await goOff(svc)
  expect(await objects()).not.toContain(id)
  expect(await objects()).toContain(other)
})

test('a store that is down loses nothing: its objects go when it is back', async () => {
  const { id } = await attached(await aCustomer(), Buffer.from('x'))
  await svc.as(agent).mutate(REMOVE, { input: { id } })
  const { settings } = svc.context({ subject: 'a', roles: [], tenant: 'acme', territories: [], kind: 'person' })
  const kept = join(String(settings.FILES_FOLDER), 'kept', 'profiles')
  const { rename, rm } = await import('node:fs/promises')
  await rename(kept, `${kept}.away`)
  await writeFile(kept, 'a file where a folder should be')
  await goOff(svc)
  await rm(kept)
  await rename(`${kept}.away`, kept)
  expect(await objects()).toContain(id)
  now = new Date(now.getTime() + 60_000)
  await goOff(svc)
  expect(await objects()).not.toContain(id)
})

test('an upload that is never finished is forgotten; one that is stays', async () => {
  const customerId = await aCustomer()
  const ready = await attached(customerId, Buffer.from('ready'))
  const stale = await stage(customerId, 5)
  await put(stale.uploadUrl, Buffer.from('stale'))
  now = new Date(now.getTime() + 3_600_000)
  expect((await filesOf(customerId))[0]).toMatchObject({ id: stale.id, uploadUrl: null })
  now = new Date(now.getTime() + 600_000)
  await goOff(svc)
  expect(await filesOf(customerId)).toMatchObject([{ id: ready.id, status: 'READY' }])
  expect(await objects()).not.toContain(stale.id)
  await expect(attach(stale.id)).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'file.unknown' })
})

test('a customer has at most a hundred files, also when they come at once', async () => {
  const customerId = await aCustomer()
  for (let made = 0; made < 98; made += 14) await Promise.all(Array.from({ length: 14 }, () => stage(customerId, 1)))
  const last = await Promise.all(Array.from({ length: 4 }, () => outcome(stage(customerId, 1))))
  expect(last.toSorted()).toEqual(['CONFLICT file.too_many', 'CONFLICT file.too_many', 'OK', 'OK'])
})

test('a file is whose its customer is', async () => {
  const customerId = await aCustomer()
  const { id, uploadUrl } = await stage(customerId, 1)
  expect(uploadUrl).toEqual(expect.any(String))
  const [mine] = await filesOf(customerId, { roles: ['manager'], subject: 'another' })
  expect(mine).toMatchObject({ id, uploadUrl: null })
  const [plain] = await filesOf(customerId, 'analyst')
  expect(plain).toMatchObject({ id, bytes: 1, name: null, url: null })
  await expect(attach(id, 'analyst')).rejects.toMatchObject({ code: 'FORBIDDEN' })
  for (const stranger of [
    { roles: ['admin'], tenant: 'globex' },
    { roles: ['sales'], subject: 'far', territories: ['/territories/apac'] },
  ]) {
    await expect(attach(id, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'file.unknown' })
    await expect(stage(customerId, 1, { as: stranger })).rejects.toMatchObject({ reason: 'customer.unknown' })
  }
})
