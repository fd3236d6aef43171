import { customerFileThumbnailed } from '@clientele/contracts'
import { goOff, startForTest, until } from '@clientele/testkit'
import { profiles } from '../service.js'

const svc = await startForTest(profiles)
const admin = svc.as('admin')
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const STAGE = 'mutation ($input: StageCustomerFileInput!) { stageCustomerFile(input: $input) { id uploadUrl } }'
const ATTACH =
  'mutation ($input: CustomerFileInput!) { attachCustomerFile(input: $input) { id status mediaType thumbnailUrl } }'
const REMOVE = 'mutation ($input: CustomerFileInput!) { removeCustomerFile(input: $input) { id } }'
const FILES = 'query ($id: ID!) { customer(id: $id) { files { id status thumbnailUrl thumbnailFault version } } }'
const { id: customerId } = (await admin.mutate(CREATE, { input: { kind: 'PERSON', displayName: 'Li' } })).createCustomer
const attach = async (body: Buffer) => {
  const input = { customerId, name: '门店 🙂.jpg', bytes: body.length }
  const { id, uploadUrl } = (await admin.mutate(STAGE, { input })).stageCustomerFile
  await fetch(uploadUrl, { method: 'PUT', body: body as Uint8Array<ArrayBuffer> })
  return (await admin.mutate(ATTACH, { input: { id } })).attachCustomerFile
}
const fileOf = async (id: string) =>
  (await admin.query(FILES, { id: customerId })).customer.files.find((file: { id: string }) => file.id === id)

/** Lets the timers go off until so many files more have a thumbnail, or say why they have none. */
const triedAll = async (more: number) => {
  const tried = async () => (await svc.published(customerFileThumbnailed)).length
  await svc.relay()
  const before = await tried()
  await until(async () => {
    await goOff(svc)
    await svc.relay()
    return (await tried()) >= before + more
  })
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('an image has a thumbnail soon, and what is none has none; a damaged one says so and stops no other', async () => {
  const damaged = await attach(Buffer.concat([png.subarray(0, 45), Buffer.alloc(40)]))
  const image = await attach(png)
  const text = await attach(Buffer.from('text'))
  expect([damaged, image, text].map(({ thumbnailUrl }) => thumbnailUrl)).toEqual([null, null, null])
  await triedAll(2)
  const { thumbnailUrl, thumbnailFault, version } = await fileOf(image.id)
  expect([thumbnailFault, version]).toEqual([null, 3])
  const response = await fetch(thumbnailUrl)
  expect(response.headers.get('content-type')).toBe('image/webp')
  expect(
    Buffer.from(await response.arrayBuffer())
      .subarray(8, 12)
      .toString(),
  ).toBe('WEBP')
  expect(await fileOf(damaged.id)).toMatchObject({ status: 'READY', thumbnailUrl: null, thumbnailFault: 'UNREADABLE' })
  expect(await fileOf(text.id)).toMatchObject({ status: 'READY', thumbnailUrl: null, thumbnailFault: null, version: 2 })
  await svc.relay()
  const told = (await svc.published(customerFileThumbnailed)).map(({ id }) => id)
  expect(told).toEqual(expect.arrayContaining([damaged.id, image.id]))
  await admin.mutate(REMOVE, { input: { id: image.id } })
  await goOff(svc)
  expect((await fetch(thumbnailUrl)).status).toBe(404)
})

test('many at once all have theirs', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => attach(png)))
  await triedAll(10)
  for (const { id } of made) expect((await fileOf(id)).thumbnailUrl).toEqual(expect.any(String))
})
