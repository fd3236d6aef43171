import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { staffChanged, staffEntityId, staffLeft, staffRecorded, staffReturned } from '@clientele/contracts'
import { outcome, startForTest } from '@clientele/testkit'
import { profiles } from '../service.js'

const settings: Record<string, unknown> = {}
const clock = { now: new Date() }
const svc = await startForTest(profiles, { settings, now: () => clock.now })
const { people } = svc.issuer
const job = svc.jobs.find(({ name }) => name === 'profiles-sync-staff')!
const admin = svc.as('admin')

const sync = async (hours = 1) => {
  clock.now = new Date(clock.now.getTime() + hours * 3_600_000)
  await job.run()
}
const FIELDS = 'id subject source name email active territories version'
const read = async (id: string, as = admin) =>
  (await as.query(`query ($id: ID!) { staffMember(id: $id) { ${FIELDS} } }`, { id })).staffMember
const list = async (as = admin) =>
  (await as.query(`{ staff(first: 100) { nodes { ${FIELDS} } } }`)).staff.nodes as { subject: string }[]
const events = async (type: typeof staffLeft, subject: string) => {
  await svc.relay()
  return (await svc.published(type)).filter(({ id }) => id === staffEntityId(subject))
}
const aPerson = (fields: object = {}) => {
  const person = {
    subject: randomUUID(),
    tenant: 'acme',
    name: '林国栋',
    email: 'lin@acme.example',
    territories: ['apac/cn'],
  }
  people.set({ ...person, ...fields })
  return { ...person, ...fields }
}

test('whoever is not known yet is asked for when first seen, and then no more', async () => {
  const { subject } = aPerson({ territories: ['', 'emea/de'] })
  const found = await read(subject)
  expect(found).toMatchObject({
    source: 'DIRECTORY',
    name: '林国栋',
    email: 'lin@acme.example',
    active: true,
    version: 1,
  })
  expect(found.territories).toEqual(['*', 'emea/de'])
  const asked = people.asked()
  expect(await read(subject)).toEqual(found)
  expect(people.asked()).toBe(asked)
  expect(await outcome(read('nobody-at-all'))).toBe('NOT_FOUND staff.unknown')
  expect(await events(staffRecorded as never, subject)).toHaveLength(1)
})

test('the roles that the identity provider tells are known at present, those of the realm that mean something here', async () => {
  const roles = async (subject: string) =>
    (await admin.query('query ($id: ID!) { staffMember(id: $id) { roles } }', { id: subject })).staffMember.roles
  const { subject } = aPerson({ roles: ['manager', 'offline_access', 'partner'] })
  expect(await roles(subject)).toEqual(['manager'])
  people.set({ subject, tenant: 'acme', roles: [] })
  await sync()
  expect(await roles(subject)).toEqual([])
  expect(await events(staffChanged as never, subject)).toMatchObject([{ roles: [], changedFields: ['roles'] }])
  expect(await roles(aPerson().subject)).toBeNull()
})

test('several who see somebody at once record them once', async () => {
  const { subject } = aPerson()
  const found = await Promise.all(Array.from({ length: 6 }, () => read(subject)))
  expect(new Set(found.map(({ version }) => version))).toEqual(new Set([1]))
  expect(await events(staffRecorded as never, subject)).toHaveLength(1)
})

test('somebody of another tenant is nobody here', async () => {
  const { subject } = aPerson({ tenant: 'globex' })
  expect(await outcome(read(subject))).toBe('NOT_FOUND staff.unknown')
  expect(await read(subject, svc.as({ roles: ['admin'], tenant: 'globex' }))).toMatchObject({ subject })
})

test('each round brings the staff to what the directory says, and says nothing of what stays', async () => {
  const [stays, moves, goes, off] = [aPerson(), aPerson(), aPerson(), aPerson()]
  await sync()
  expect((await list()).map(({ subject }) => subject)).toEqual(expect.arrayContaining([stays.subject, goes.subject]))
  people.set({ ...moves, name: 'Zoë 🌷', territories: ['emea'] })
  people.remove(goes.subject)
  people.set({ ...off, enabled: false })
  await sync()
  expect(await read(stays.subject)).toMatchObject({ version: 1, active: true })
  expect(await read(moves.subject)).toMatchObject({ version: 2, name: 'Zoë 🌷', territories: ['emea'] })
  expect(await read(goes.subject)).toMatchObject({ version: 2, active: false })
  expect(await read(off.subject)).toMatchObject({ version: 2, active: false })
  expect(await events(staffChanged as never, moves.subject)).toMatchObject([
    { changedFields: expect.arrayContaining(['name', 'territories']) },
  ])
  people.set({ ...off, enabled: true })
  await sync()
  expect(await read(off.subject)).toMatchObject({ version: 3, active: true })
  expect(await events(staffReturned, off.subject)).toHaveLength(1)
  expect(await events(staffLeft, goes.subject)).toHaveLength(1)
})

test('a round waits for its hour', async () => {
  await sync()
  const { subject } = aPerson()
  await sync(0.5)
  expect((await list()).map((one) => one.subject)).not.toContain(subject)
  await sync(0.5)
  expect((await list()).map((one) => one.subject)).toContain(subject)
})

test('who was entered by hand stays where the directory does not know them, and is taken over where it does', async () => {
  const record = (subject: string) =>
    admin.mutate('mutation ($input: RecordStaffInput!) { recordStaff(input: $input) { id } }', {
      input: { subject, name: 'By hand', language: 'de' },
    })
  const [alone, both] = [`nobody-${randomUUID()}`, randomUUID()]
  await record(alone)
  await record(both)
  aPerson({ subject: both })
  await sync()
  expect(await read(alone)).toMatchObject({ source: 'MANUAL', name: 'By hand', active: true })
  expect(await read(both)).toMatchObject({ source: 'DIRECTORY', name: '林国栋' })
})

test('what the directory decides on is not changed here; the rest is', async () => {
  const { subject } = aPerson()
  await read(subject)
  const change = (input: object) =>
    admin.mutate('mutation ($input: ChangeStaffInput!) { changeStaff(input: $input) { skills } }', {
      input: { id: subject, ...input },
    })
  await expect(change({ name: 'x', territories: [] })).rejects.toMatchObject({
    fields: [
      { path: 'input.name', reason: 'staff.from_directory' },
      { path: 'input.territories', reason: 'staff.from_directory' },
    ],
  })
  expect(await change({ skills: ['木工'] })).toMatchObject({ changeStaff: { skills: ['木工'] } })
  const leave = admin.mutate('mutation ($input: MarkStaffLeftInput!) { markStaffLeft(input: $input) { id } }', {
    input: { id: subject },
  })
  expect(await outcome(leave)).toBe('CONFLICT staff.from_directory')
})

test('names and addresses that we could not store do not stop a round', async () => {
  const odd = aPerson({ name: `${'长'.repeat(300)}\n`, email: 'not an address', territories: ['a b', 'emea'] })
  await sync()
  expect(await read(odd.subject)).toMatchObject({ name: '长'.repeat(200), email: null, territories: ['emea'] })
})

test('who cannot be recorded stops nobody else', async () => {
  const [before, after] = [aPerson(), aPerson()]
  const [silent, broken] = [aPerson({ name: '\u200f' }), aPerson({ name: 'A\0B\ud800', territories: ['em\0ea'] })]
  aPerson({ subject: `with blank ${randomUUID()}` })
  const last = aPerson()
  await sync()
  expect(await read(silent.subject)).toMatchObject({ name: silent.subject })
  expect(await read(broken.subject)).toMatchObject({ name: 'AB', territories: ['emea'] })
  const subjects = (await list()).map(({ subject }) => subject)
  for (const { subject } of [before, after, last]) expect(subjects).toContain(subject)
  people.set({ ...before, name: 'Zoë' })
  await sync()
  expect(await read(before.subject)).toMatchObject({ name: 'Zoë' })
})

describe('a directory of several pages', () => {
  /** Answers in the stead of the directory, by the URL that is asked for. */
  let instead: (url: string) => { status: number; body: unknown } | undefined = () => undefined
  const server = createServer((request, response) => {
    const { status, body } = instead(request.url!) ?? people.answer(request.url!) ?? { status: 404, body: {} }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  const tenant = 'umbrella'
  const umbrella = svc.as({ roles: ['admin'], tenant })
  const all = Array.from({ length: 103 }, () => randomUUID())
  const statesOf = async () => {
    const query = 'query ($ids: [ID!]!) { staffById(ids: $ids) { active } }'
    return (await umbrella.query(query, { ids: all })).staffById.map((one: { active: boolean } | null) => one?.active)
  }
  const isPage = (url: string, first: number) => url.includes(`/${tenant}/members?first=${first}&`)

  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    settings.STAFF_DIRECTORY_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin`
    for (const subject of all) people.set({ subject, tenant })
    await sync()
    expect(await statesOf()).toEqual(all.map(() => true))
  })
  afterEach(() => {
    instead = () => undefined
  })
  afterAll(() => {
    delete settings.STAFF_DIRECTORY_URL
    server.close()
  })

  test('takes nobody away where a page is missing', async () => {
    instead = (url) => (isPage(url, 100) ? { status: 404, body: {} } : undefined)
    await sync()
    expect(await statesOf()).toEqual(all.map(() => true))
  })

  test('takes away who is gone, and nobody whom a shift of its pages skipped', async () => {
    instead = (url) => {
      if (isPage(url, 100)) people.remove(all[0]!)
      return undefined
    }
    await sync()
    instead = () => undefined
    await sync()
    expect(await statesOf()).toEqual(all.map((_, at) => at > 0))
    const skipped = await umbrella.query('query ($id: ID!) { staffMember(id: $id) { version } }', { id: all[100] })
    expect(skipped.staffMember).toEqual({ version: 1 })
  })
})

test('a query asks for a few people only, and not again for who was nobody', async () => {
  const ids = Array.from({ length: 100 }, () => `nobody-${randomUUID()}`)
  const ask = (as = admin) => as.query('query ($ids: [ID!]!) { staffById(ids: $ids) { id } }', { ids })
  const before = people.asked()
  const asked = () => people.asked() - before
  expect((await ask()).staffById).toEqual(ids.map(() => null))
  expect(asked()).toBe(20)
  for (let request = 0; request < 5; request++) await ask()
  expect(asked()).toBe(100)
  const aliases = ids.slice(0, 3).map((_, at) => `a${at}: staffById(ids: $ids) { id }`)
  const others = Array.from({ length: 100 }, () => `nobody-${randomUUID()}`)
  await admin.query(`query ($ids: [ID!]!) { ${aliases.join(' ')} }`, { ids: others })
  expect(asked()).toBe(120)
})

test('whoever is known by their token alone stays when the directory is compared', async () => {
  const subject = `nobody-${randomUUID()}`
  const mia = svc.as({ roles: ['sales'], subject })
  const { viewer } = await mia.query('{ viewer { staff { source } } }')
  expect(viewer.staff).toEqual({ source: 'MANUAL' })
  aPerson()
  await sync()
  expect(await read(subject)).toMatchObject({ active: true, version: 1 })
})

test('a directory that has nobody takes nobody away', async () => {
  const { subject } = aPerson({ tenant: 'initech' })
  const initech = svc.as({ roles: ['admin'], tenant: 'initech' })
  await read(subject, initech)
  people.remove(subject)
  await sync()
  expect(await read(subject, initech)).toMatchObject({ active: true })
})

test('while the directory cannot be asked, who is known is known, and others are UNAVAILABLE', async () => {
  const { subject } = aPerson()
  await read(subject)
  settings.STAFF_DIRECTORY_URL = 'http://127.0.0.1:9/admin'
  expect(await read(subject)).toMatchObject({ subject })
  expect(await outcome(read(randomUUID()))).toBe('UNAVAILABLE staff.directory')
  delete settings.STAFF_DIRECTORY_URL
})

test('without a directory nobody is asked for, and whoever acts is known by their token', async () => {
  settings.STAFF_DIRECTORY = 'off'
  const { subject } = aPerson()
  expect(await outcome(read(subject))).toBe('NOT_FOUND staff.unknown')
  const mia = svc.as({ roles: ['sales'], subject: 'mia', territories: ['emea/de'] })
  const created = await mia.mutate(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { owner { subject name territories } } }',
    { input: { kind: 'PERSON', displayName: 'x' } },
  )
  expect(created.createCustomer.owner).toEqual({ subject: 'mia', name: 'mia', territories: ['emea/de'] })
  delete settings.STAFF_DIRECTORY
})

const SYNC = 'mutation { syncStaff { people recorded changed left returned } }'

test('an admin has the staff compared now, and is told what was found', async () => {
  await sync()
  const [fresh, moves, off, back] = [aPerson(), aPerson(), aPerson(), aPerson({ enabled: false })]
  people.remove(fresh.subject)
  await sync()
  people.set(fresh)
  const again = aPerson()
  people.set({ ...moves, name: 'Zoë 🌷' })
  people.set({ ...off, enabled: false })
  people.set({ ...back, enabled: true })
  const { syncStaff } = await admin.mutate(SYNC)
  expect(syncStaff).toMatchObject({ recorded: 2, changed: 1, left: 1, returned: 1 })
  expect(syncStaff.people).toBeGreaterThanOrEqual(5)
  expect(await read(again.subject)).toMatchObject({ active: true })
  expect((await admin.mutate(SYNC)).syncStaff).toMatchObject({ recorded: 0, changed: 0, left: 0, returned: 0 })
})

test('one comparison goes on at a time; who died at one is in the way for a while only', async () => {
  const both = await Promise.all([outcome(admin.mutate(SYNC)), outcome(admin.mutate(SYNC))])
  expect(both).toContain('OK')
  const busy = (until: Date) =>
    svc.database
      .fork({ subject: 's', roles: [], tenant: 'acme', territories: [], kind: 'person' }, clock.now)
      .transactional((em) => em.execute('update staff_sync set busy_until = ?', [until]))
  await busy(new Date(clock.now.getTime() + 1_000))
  expect(await outcome(admin.mutate(SYNC))).toBe('CONFLICT staff.sync_running')
  await busy(new Date(clock.now.getTime() - 1_000))
  expect(await outcome(admin.mutate(SYNC))).toBe('OK')
  expect(await outcome(svc.as('manager').mutate(SYNC))).toMatch('FORBIDDEN')
})

test('where staff are entered by hand there is nothing to compare with', async () => {
  settings.STAFF_DIRECTORY = 'off'
  expect(await outcome(admin.mutate(SYNC))).toBe('CONFLICT staff.no_directory')
  delete settings.STAFF_DIRECTORY
})
