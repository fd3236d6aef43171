import { customerFileArrived, customerFileAttached, customerFileRefused } from '@clientele/contracts'
import { goOff, startForTest } from '@clientele/testkit'
import { noScanner, startScanner, testVirus } from '../../../../packages/files/fixture/scanner.js'
import { profiles } from '../service.js'

const scanner = await startScanner()
let now = new Date('2026-11-01T08:00:00Z')
const settings: { FILES_ICAP_URL: string } = { FILES_ICAP_URL: 'icap://127.0.0.1:1/avscan' }
const svc = await startForTest(profiles, { now: () => now, settings })
afterAll(() => scanner?.stop())

const admin = svc.as('admin')
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const STAGE = 'mutation ($input: StageCustomerFileInput!) { stageCustomerFile(input: $input) { id uploadUrl } }'
const ATTACH = 'mutation ($input: CustomerFileInput!) { attachCustomerFile(input: $input) { id status refusal url } }'
const FILES = 'query ($id: ID!) { customer(id: $id) { files { id status refusal mediaType url } } }'
const { id: customerId } = (await admin.mutate(CREATE, { input: { kind: 'PERSON', displayName: 'Li' } })).createCustomer
const attach = async (body: Buffer) => {
  const input = { customerId, name: 'a', bytes: body.length }
  const { id, uploadUrl } = (await admin.mutate(STAGE, { input })).stageCustomerFile
  await fetch(uploadUrl, { method: 'PUT', body: body as Uint8Array<ArrayBuffer> })
  return (await admin.mutate(ATTACH, { input: { id } })).attachCustomerFile
}
/** Lets the timers go off that are due, and those that have failed before. */
const later = async () => {
  now = new Date(now.getTime() + 600_000)
  await goOff(svc)
}
const fileOf = async (id: string) =>
  (await admin.query(FILES, { id: customerId })).customer.files.find((file: { id: string }) => file.id === id)

const waiting = { status: 'SCANNING', refusal: null, url: null }

test('nobody can get a file until it is scanned; while the scanner is away it waits', async () => {
  const file = await attach(Buffer.from('clean'))
  expect(file).toMatchObject(waiting)
  await later()
  expect(await fileOf(file.id)).toMatchObject(waiting)
  expect((await admin.mutate(ATTACH, { input: { id: file.id } })).attachCustomerFile).toMatchObject(waiting)
})

test('once a scanner is back, what waited is judged: what is clean can be had, and a virus is refused', async ({
  skip,
}) => {
  if (!scanner) return skip(noScanner)
  const [clean, infected] = [await attach(Buffer.from('clean')), await attach(testVirus)]
  await later()
  expect([await fileOf(clean.id), await fileOf(infected.id)]).toMatchObject([waiting, waiting])
  const ctx = svc.context({ subject: 'a', roles: [], tenant: 'acme', territories: [], kind: 'person' })
  Object.assign(ctx.settings, { FILES_ICAP_URL: scanner.url })
  await later()
  expect(await fileOf(clean.id)).toMatchObject({ status: 'READY', mediaType: 'text/plain; charset=utf-8' })
  expect(await (await fetch((await fileOf(clean.id)).url)).text()).toBe('clean')
  expect(await fileOf(infected.id)).toMatchObject({ status: 'REFUSED', refusal: 'VIRUS', mediaType: null, url: null })
  await svc.relay()
  const told = async (type: typeof customerFileArrived) =>
    (await svc.published(type)).map(({ id }) => id).filter((id) => id === clean.id || id === infected.id)
  expect((await told(customerFileArrived)).toSorted()).toEqual([clean.id, infected.id].toSorted())
  expect(await told(customerFileAttached)).toEqual([clean.id])
  expect(await told(customerFileRefused)).toEqual([infected.id])
})
