import { goOff, startForTest, until } from '@clientele/testkit'
import { type IcapAnswer, icapClean, startIcapServer } from '../../../../packages/files/fixture/icap-server.js'
import { profiles } from '../service.js'

const faults: Record<string, IcapAnswer> = {
  poison: 'ICAP/1.0 500 Server error\r\n\r\n',
  nonsense: 'HTTP/1.1 200 OK\r\n\r\n',
  crash: 'HANG_UP',
  silence: 'SILENCE',
}
const scanner = await startIcapServer((content) => faults[content] ?? icapClean)
let now = new Date('2026-11-01T08:00:00Z')
const svc = await startForTest(profiles, { now: () => now, settings: { FILES_ICAP_URL: scanner.url } })
afterAll(() => scanner.stop())

const admin = svc.as('admin')
const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const STAGE = 'mutation ($input: StageCustomerFileInput!) { stageCustomerFile(input: $input) { id uploadUrl } }'
const ATTACH = 'mutation ($input: CustomerFileInput!) { attachCustomerFile(input: $input) { id status } }'
const REMOVE = 'mutation ($input: CustomerFileInput!) { removeCustomerFile(input: $input) { id } }'
const FILES = 'query ($id: ID!) { customer(id: $id) { files { id status } } }'
const aCustomer = async () =>
  (await admin.mutate(CREATE, { input: { kind: 'PERSON', displayName: 'Li' } })).createCustomer.id as string
const attach = async (customerId: string, body: string) => {
  const input = { customerId, name: 'a', bytes: Buffer.byteLength(body) }
  const { id, uploadUrl } = (await admin.mutate(STAGE, { input })).stageCustomerFile
  await fetch(uploadUrl, { method: 'PUT', body })
  return (await admin.mutate(ATTACH, { input: { id } })).attachCustomerFile.id as string
}
const statuses = async (customerId: string): Promise<string[]> =>
  (await admin.query(FILES, { id: customerId })).customer.files.map(({ status }: { status: string }) => status)
const timers = () => svc.jobs.filter(({ name }) => name.startsWith('profiles-timers'))
/** Lets go off what is due by now. */
const round = async () => (await Promise.all(timers().map((job) => job.run()))).some(Boolean)
const roundsUntil = (look: () => boolean | Promise<boolean>) =>
  until(async () => {
    await round()
    return look()
  })
const failures = async (id: string) => {
  const { rows } = await svc.database.system.query<{ failures: number }>(
    `select failures from timer where name = 'scanFile' and entity_id = $1`,
    [id],
  )
  return rows[0]?.failures
}

test.each(['poison', 'nonsense', 'crash'])(
  'a file that the scanner cannot judge (%s) stops no other, and is asked about later and later',
  async (fault) => {
    const customerId = await aCustomer()
    const bad = await attach(customerId, fault)
    for (const body of ['clean', '客户 🙂', 'مرحبا']) await attach(customerId, body)
    await goOff(svc)
    expect((await statuses(customerId)).toSorted()).toEqual(['READY', 'READY', 'READY', 'SCANNING'])
    const asked = scanner.seen.length
    await goOff(svc)
    expect([await failures(bad), scanner.seen.length]).toEqual([1, asked])
    now = new Date(now.getTime() + 1_000)
    await goOff(svc)
    expect([await failures(bad), scanner.seen.length]).toEqual([2, asked + 1])
    faults[fault] = icapClean
    now = new Date(now.getTime() + 2_000)
    await goOff(svc)
    expect(await statuses(customerId)).not.toContain('SCANNING')
  },
)

test('while the scanner says nothing of a file, others are scanned, and are removed', async () => {
  const customerId = await aCustomer()
  const asked = scanner.seen.length
  await attach(customerId, 'silence')
  await roundsUntil(() => scanner.seen.length > asked)
  const clean = await attach(customerId, 'clean')
  await roundsUntil(async () => (await statuses(customerId)).includes('READY'))
  await admin.mutate(REMOVE, { input: { id: clean } })
  expect(await statuses(customerId)).toEqual(['SCANNING'])
})

test('a file can be removed while the scanner has it, and its verdict is for nobody', async () => {
  const customerId = await aCustomer()
  const asked = scanner.seen.length
  const id = await attach(customerId, 'silence')
  await roundsUntil(() => scanner.seen.length > asked)
  const began = performance.now()
  await admin.mutate(REMOVE, { input: { id } })
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(await statuses(customerId)).toEqual([])
})
