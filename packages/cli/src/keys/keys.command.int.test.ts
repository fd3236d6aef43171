import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPlatform } from '@clientele/testkit'
import { vi } from 'vitest'
import { openHome } from '../home.js'
import { services } from '../services.js'
import { keys } from './keys.command.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-keys-'))
const platform = await startPlatform(services, { settings: { WEBHOOK_ALLOW_LOOPBACK: true } })
platform.defer(() => rm(dir, { recursive: true }))
await (await openHome(dir)).announce({
  pid: process.pid,
  url: 'http://127.0.0.1:0',
  natsUrl: platform.natsUrl,
  issuer: platform.issuer.issuer,
  issuerDir: null,
  databases: Object.fromEntries(services.map(({ name }) => [name, platform.urls(name)])),
})
Object.assign(process.env, { CLIENTELE_HOME: dir, CLIENTELE_MASTER_KEY_FILE: platform.masterKeyPath })

const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
const told = vi.spyOn(console, 'error').mockImplementation(() => {})
const clientele = async (...args: string[]) => {
  for (const spy of [printed, told]) spy.mockClear()
  const code = await keys.run(args)
  const linesOf = (spy: typeof printed) => spy.mock.calls.map(([line]) => String(line))
  return { code, lines: linesOf(printed), errors: linesOf(told) }
}
const listed = async (...args: string[]) => JSON.parse((await clientele('list', '--json', ...args)).lines[0] as string)

const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const CONTACT = 'mutation ($input: RecordContactInput!) { recordContact(input: $input) { id } }'
const READ = 'query ($id: ID!) { customer(id: $id) { person { birthDate } } }'
const as = (service: string) => platform.as(service, { roles: ['admin'], tenant: 'acme' })
let id: string

test('where nothing is stored there is nothing to list and to rotate', async () => {
  expect(await clientele('list')).toMatchObject({ code: 0, lines: ['There are no keys yet.'] })
  expect(await clientele('rotate', '--all-tenants')).toMatchObject({
    code: 0,
    lines: ['Nothing to do: everything is under the current master key.'],
  })
})

test('the list has all that stands under the master key, in every service', async () => {
  const input = { kind: 'PERSON', person: { familyName: '王', birthDate: '1990-05-17' } }
  id = (await as('profiles').mutate(CREATE, { input })).createCustomer.id
  await platform.settle()
  const contact = {
    customerId: id,
    kind: 'CALL',
    direction: 'INBOUND',
    occurredAt: '2026-01-02T03:04:05Z',
    subject: '你好',
  }
  await as('interactions').mutate(CONTACT, { input: contact })
  for (const service of platform.services.values()) for (const job of service.jobs) while (await job.run());

  expect(await listed('--tenant', 'acme')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ service: 'profiles', tenant: 'acme', generation: 1, retiredAt: null }),
      expect.objectContaining({ service: 'profiles', tenant: 'acme', purpose: 'audit-chain' }),
      expect.objectContaining({ service: 'interactions', tenant: 'acme', purpose: 'audit-chain' }),
    ]),
  )
  expect((await clientele('list', '--service', 'interactions')).lines).toEqual([
    expect.stringMatching(/^interactions {2}acme {2}audit-chain {2}made \S+ {2}under \S+ {2}kept for good$/),
  ])
  expect(await listed('--tenant', 'nobody')).toEqual([])
})

test('a new master key takes over everything, and the old one can go', async () => {
  const old = await readFile(platform.masterKeyPath, 'utf8')
  const fresh = `fresh:${Buffer.alloc(32, 7).toString('base64')}`
  await writeFile(platform.masterKeyPath, `${old}${fresh}\n`)
  expect((await clientele('rotate')).lines).toEqual(['Nothing to do: everything is under the current master key.'])
  await writeFile(platform.masterKeyPath, `${fresh}\n${old}`)
  const rotated = await clientele('rotate')
  expect(rotated.code).toBe(0)
  expect(rotated.lines.at(-1)).toMatch(/^Wrapped under the current master key: [1-9]\d*\. Tenants with a new key: 0\.$/)
  await writeFile(platform.masterKeyPath, `${fresh}\n`)
  const all: { masterKeyId: string }[] = await listed()
  expect(new Set(all.map(({ masterKeyId }) => masterKeyId))).toEqual(new Set(['fresh']))
  expect((await as('profiles').query(READ, { id })).customer.person.birthDate).toBe('1990-05-17')
})

test('a master key that is gone is told, by its name', async () => {
  await writeFile(platform.masterKeyPath, `third:${Buffer.alloc(32, 9).toString('base64')}\n`)
  const { code, errors } = await clientele('rotate', '--service', 'profiles')
  expect([code, errors[0]]).toEqual([1, expect.stringMatching(/^UNAVAILABLE keys\.master: .* has no key "fresh"/)])
})

test.each([
  [['rotate', '--tenant', 'nobody'], /The tenant "nobody" has no key/],
  [['list', '--service', 'mail'], /There is no service "mail"/],
])('%j is used wrongly', async (args, message) => {
  expect(await clientele(...args)).toMatchObject({ code: 2, errors: [expect.stringMatching(message)] })
})

test.each([
  [[]],
  [['drop']],
  [['list', 'x']],
  [['list', '--all-tenants']],
  [['rotate', '--tenant', 'a', '--all-tenants']],
])('%j is refused, and says what there is', async (args) => {
  await expect(keys.run(args)).rejects.toThrow('Say what to do: clientele keys list, or clientele keys rotate')
})
