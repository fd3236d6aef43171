import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPlatform } from '@clientele/testkit'
import { vi } from 'vitest'
import { openHome } from '../home.js'
import { services } from '../services.js'
import { audit } from './audit.command.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-audit-'))
const platform = await startPlatform(services, { settings: { WEBHOOK_ALLOW_LOOPBACK: true } })
platform.defer(() => rm(dir, { recursive: true }))
const home = await openHome(dir)
await home.announce({
  pid: process.pid,
  url: 'http://127.0.0.1:0',
  natsUrl: platform.natsUrl,
  issuer: platform.issuer.issuer,
  issuerDir: null,
  databases: Object.fromEntries(services.map(({ name }) => [name, platform.urls(name)])),
})
Object.assign(process.env, { CLIENTELE_HOME: dir, CLIENTELE_MASTER_KEY_FILE: platform.masterKeyPath })

const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
const clientele = async (...args: string[]) => {
  printed.mockClear()
  const code = await audit.run(args)
  return { code, lines: printed.mock.calls.map(([line]) => String(line)) }
}

const LOG = `query ($filter: AuditFilterInput, $first: Int! = 100, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    nodes { id at service outcome subject client roles action entityType entityId entityVersion customerId fields reason purpose requestId number }
    pageInfo { hasNextPage endCursor } totalCount
  }
}`
const officer = (tenant = 'acme') => platform.as('profiles', { roles: ['privacy_officer'], tenant, subject: 'officer' })
const log = async (filter: object = {}, tenant = 'acme'): Promise<any[]> =>
  (await officer(tenant).query(LOG, { filter })).auditLog.nodes
const sealAll = async () => {
  for (const service of platform.services.values())
    for (const job of service.jobs.slice(-2, -1)) while (await job.run());
}

const anna = { roles: ['manager'], subject: 'anna' }
const customer = {
  kind: 'PERSON',
  person: { familyName: 'Zhang', givenName: 'Wei', birthDate: '1990-05-17' },
  contactPoints: [{ kind: 'EMAIL', value: 'wei@example.org' }],
}
let customerId: string
let segmentId: string
beforeAll(async () => {
  const made = await platform
    .as('profiles', anna)
    .mutate('mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }', { input: customer })
  customerId = made.createCustomer.id
  await platform.settle()
  await platform
    .as('interactions', anna)
    .mutate('mutation ($input: RecordContactInput!) { recordContact(input: $input) { id } }', {
      input: { customerId, kind: 'CALL', direction: 'INBOUND', occurredAt: '2026-01-02T03:04:05Z', subject: 'Hallo' },
    })
  const { createSegment } = await platform
    .as('segmentation', anna)
    .mutate('mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }', {
      input: { key: 'vip', name: 'VIP', kind: 'STATIC' },
    })
  segmentId = createSegment.id
  await platform.settle()
})

test('the logs of all services are one, newest first, and hold names of fields only', async () => {
  const nodes = await log({ subject: 'anna' })
  expect(nodes.map(({ service, action }) => [service, action])).toEqual([
    ['segmentation', 'segment.created'],
    ['interactions', 'contact.recorded'],
    ['profiles', 'customer.created'],
  ])
  expect(nodes[2]).toMatchObject({ entityType: 'Customer', entityId: customerId, customerId, entityVersion: 1 })
  expect(nodes[2].fields).toEqual(expect.arrayContaining(['person', 'contactPoints']))
  expect(nodes[1]).toMatchObject({ entityType: 'Contact', customerId })
  const all = JSON.stringify(await log())
  for (const value of ['Zhang', 'Wei', '1990', 'wei@', 'Hallo']) expect(all).not.toContain(value)
})

test('reading the log is an entry, and so is being refused it', async () => {
  await officer('readers').query(LOG)
  for (const role of ['manager', 'sales', 'service', 'analyst', 'service_account', 'partner']) {
    const as = platform.as('profiles', { roles: [role], tenant: 'readers', subject: role })
    await expect(as.query(LOG)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  const nodes = await log({}, 'readers')
  expect(nodes.filter(({ outcome }) => outcome === 'DENIED').map(({ subject, action }) => [subject, action])).toEqual(
    ['partner', 'service_account', 'analyst', 'service', 'sales', 'manager'].map((role) => [role, 'auditLog']),
  )
  expect(nodes.at(-1)).toMatchObject({
    outcome: 'SHOWN',
    subject: 'officer',
    action: 'audit_log.shown',
    fields: ['entries'],
  })
})

test('another tenant has its own log', async () => {
  expect(await log({}, 'globex')).toEqual([])
})

test.each([
  [() => ({ service: 'interactions' }), ['contact.recorded']],
  [() => ({ service: 'interactions', entityType: 'Visit' }), []],
  [() => ({ subject: 'anna', action: 'segment.created' }), ['segment.created']],
  [() => ({ entityId: segmentId }), ['segment.created']],
  [() => ({ customerId, outcome: 'DONE' }), ['contact.recorded', 'customer.created']],
  [() => ({ subject: 'anna', field: 'person' }), ['customer.created']],
  [() => ({ subject: 'anna', from: '2999-01-01T00:00:00Z' }), []],
  [() => ({ subject: 'anna', until: '2000-01-01T00:00:00Z' }), []],
  [() => ({ entityId: "no id' or true" }), []],
  [() => ({ subject: '安娜 👋' }), []],
] as [() => object, string[]][])('filter %#', async (filter, actions) => {
  const found = await log(filter())
  expect(found.filter(({ subject }) => subject !== 'service:segmentation').map(({ action }) => action)).toEqual(actions)
})

test('an unknown service is INVALID', async () => {
  await expect(log({ service: 'mail' })).rejects.toMatchObject({ code: 'INVALID', reason: 'audit.service' })
})

test('pages walk the logs of all services once, without gaps and doubles', async () => {
  const whole = await log({ subject: 'anna' })
  const { auditLog: first } = await officer().query(LOG, { filter: { subject: 'anna' }, first: 1 })
  expect(first.totalCount).toBe(whole.length)
  const seen: string[] = []
  for (let after: string | null = null; ; ) {
    const { auditLog }: any = await officer().query(LOG, { filter: { subject: 'anna' }, first: 1, after })
    seen.push(...auditLog.nodes.map(({ id }: { id: string }) => id))
    after = auditLog.pageInfo.endCursor
    if (!auditLog.pageInfo.hasNextPage) break
  }
  expect(seen).toEqual(whole.map(({ id }) => id))
  for (const after of ['nonsense', Buffer.from('["at:desc,id:desc",1,2]').toString('base64url')]) {
    await expect(officer().query(LOG, { after })).rejects.toMatchObject({ code: 'INVALID', reason: 'cursor.invalid' })
  }
  await expect(officer().query(LOG, { first: 101 })).rejects.toMatchObject({ code: 'INVALID', reason: 'page.size' })
  expect((await officer().query(LOG, { first: 0 })).auditLog.nodes).toEqual([])
})

test('a part of a service is for services alone', async () => {
  const PART = '{ _auditLog(filter: {}, first: 10) { id } _auditCount(filter: {}) }'
  for (const { name } of services) {
    await expect(platform.as(name, 'admin').query(PART)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
})

test('a SENSITIVE field that was shown is found by its customer', async () => {
  await platform
    .as('profiles', { roles: ['admin'], subject: 'curious' })
    .query('query ($id: ID!) { customer(id: $id) { person { birthDate } } }', { id: customerId })
  expect(await log({ subject: 'curious' })).toMatchObject([
    { outcome: 'SHOWN', action: 'customer.shown', customerId, fields: ['person.birthDate'] },
  ])
})

describe('the command', () => {
  test('verifies every chain, finds what was changed, and names the place', async () => {
    await sealAll()
    const heads = join(dir, 'heads.json')
    await writeFile(heads, (await clientele('head')).lines.join('\n'))
    const sound = await clientele('verify', '--expect', heads)
    expect(sound.code).toBe(0)
    expect(sound.lines.at(-1)).toMatch(/^\d+ chains, \d+ sealed entries, 0 with a fault$/)
    expect(sound.lines.filter((line) => line.includes('acme')).map((line) => line.split(/ +/)[0])).toEqual(
      expect.arrayContaining(['profiles', 'interactions', 'segmentation']),
    )
    const url = new URL(platform.urls('interactions').ownerUrl)
    const { default: pg } = await import('pg')
    const owner = new pg.Client({ connectionString: url.href })
    await owner.connect()
    await owner.query('alter table audit_entry no force row level security')
    await owner.query("update audit_entry set subject = 'mallory' where subject = 'anna'")
    await owner.end()
    const found = await clientele('verify', '--service', 'interactions', '--tenant', 'acme', '--json')
    expect(found.code).toBe(1)
    expect(found.lines.map((line) => JSON.parse(line))).toMatchObject([
      { service: 'interactions', tenant: 'acme', fault: { kind: 'CHANGED', number: '1' } },
    ])
    expect((await clientele('verify', '--service', 'profiles')).code).toBe(0)
  })

  describe('with the environment of one service alone', () => {
    const { url, systemUrl } = platform.urls('profiles')
    beforeAll(() => {
      const elsewhere = { DATABASE_URL: url, DATABASE_SYSTEM_URL: systemUrl, CLIENTELE_HOME: join(dir, 'none') }
      Object.assign(process.env, elsewhere)
    })
    afterAll(() => {
      delete process.env.DATABASE_URL
      delete process.env.DATABASE_SYSTEM_URL
      process.env.CLIENTELE_HOME = dir
    })

    test('it verifies that service, and wants its name', async () => {
      const { code, lines } = await clientele('verify', '--service', 'profiles')
      expect([code, lines.at(-1)]).toEqual([0, expect.stringMatching(/^[1-9]\d* chains, .* 0 with a fault$/)])
      expect(JSON.parse((await clientele('head', '--service', 'profiles')).lines[0]!)).not.toEqual([])
      await expect(clientele('verify')).rejects.toThrow('Say whose DATABASE_URL it is: --service S')
    })

    test('another master key is told before anything is verified', async () => {
      const other = join(dir, 'other-key')
      await writeFile(other, `other:${Buffer.alloc(32).toString('base64')}`, { mode: 0o600 })
      process.env.CLIENTELE_MASTER_KEY_FILE = other
      await expect(clientele('verify', '--service', 'profiles')).rejects.toThrow(/other-key has no key/)
      process.env.CLIENTELE_MASTER_KEY_FILE = platform.masterKeyPath
    })
  })

  test.each([
    [[]],
    [['verify', 'x']],
    [['drop']],
    [['verify', '--service', 'mail']],
    [['verify', '--minutes', 'soon']],
    [['verify', '--expect', join(dir, `${randomUUID()}.json`)]],
    [['verify', '--expect', join(dir, 'running.json')]],
  ])('%j is used wrongly', async (args) => {
    await expect(audit.run(args)).rejects.toThrow(
      /Say what to do|There is no service|whole number|cannot be read|is not what/,
    )
  })
})

test('while a service cannot be asked the log is UNAVAILABLE and names it; the others can be read alone', async () => {
  await platform.service('surveys').stop()
  await expect(log()).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'audit.surveys' })
  expect(await log({ service: 'interactions', outcome: 'DONE' })).toHaveLength(1)
})
