import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '@clientele/cli/config'
import { openHome } from '@clientele/cli/home'
import { services } from '@clientele/cli/services'
import { newCertificate, readCertificate, writeCertificate } from '@clientele/cli/tenant/certificate'
import { deleteTenant } from '@clientele/cli/tenant/delete-tenant'
import { type Manifest, readManifest } from '@clientele/cli/tenant/manifest'
import { tenant } from '@clientele/cli/tenant/tenant.command'
import { tenantStores } from '@clientele/cli/tenant/tenant-stores'
import { backing, readEvents, until } from '@clientele/testkit'
import pg from 'pg'
import { vi } from 'vitest'
import { enrich } from '../permissions/rich-story.js'
import { startAcceptance } from '../platform/platform.js'
import { tellStory } from '../platform/story.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-off-boarding-'))
const platform = await startAcceptance()
platform.defer(() => rm(dir, { recursive: true }))
const home = await openHome(dir)
await home.announce({
  pid: process.pid,
  url: platform.url,
  natsUrl: platform.natsUrl,
  issuer: platform.issuer.issuer,
  issuerDir: null,
  databases: Object.fromEntries(services.map(({ name }) => [name, platform.urls(name)])),
})
const someone = { subject: 'a', roles: [], tenant: 'acme', territories: [], kind: 'person' as const }
const { FILES_FOLDER } = platform.service('profiles').context(someone).settings as { FILES_FOLDER: string }
Object.assign(process.env, {
  CLIENTELE_HOME: dir,
  CLIENTELE_MASTER_KEY_FILE: platform.masterKeyPath,
  FILES_FOLDER,
})
for (const name of ['log', 'error'] as const) vi.spyOn(console, name).mockImplementation(() => {})

const CREATE = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { id } }'
const neighbour = { roles: ['manager'], tenant: 'globex' }
const createNeighbour = async (at: number) => {
  const person = { birthDate: '1980-05-05' }
  const input = { kind: 'PERSON', displayName: `Neighbour ${at}`, person }
  return (await platform.ask(neighbour, CREATE, { input })).createCustomer.id as string
}

const { customerId } = await tellStory(platform)
await enrich(platform, customerId, [])
const STAGE = 'mutation ($input: StageCustomerFileInput!) { stageCustomerFile(input: $input) { id uploadUrl } }'
const ATTACH = 'mutation ($input: CustomerFileInput!) { attachCustomerFile(input: $input) { status } }'
const attach = async (actor: Parameters<typeof platform.ask>[0], of: string, body: string) => {
  const input = { customerId: of, name: 'note.txt', bytes: Buffer.byteLength(body) }
  const { stageCustomerFile: file } = await platform.ask(actor, STAGE, { input })
  await fetch(file.uploadUrl, { method: 'PUT', body })
  await platform.ask(actor, ATTACH, { input: { id: file.id } })
  return file.id as string
}
const fileId = await attach('manager', customerId, '合同 of acme')
const neighbours = [await createNeighbour(0), await createNeighbour(1)]
await attach(neighbour, neighbours[0]!, 'a file of globex')

/** Rows of each table by tenant, as nobody whom policies bind sees them. */
const rowsOf = async (of: string) => {
  const counts: Record<string, number> = {}
  for (const { name } of services) {
    const url = Object.assign(new URL(backing().adminUrl), { pathname: new URL(platform.urls(name).url).pathname })
    const admin = new pg.Client({ connectionString: url.href })
    await admin.connect()
    try {
      const { rows } = await admin.query<{ table: string }>(
        `select table_name as table from information_schema.columns join information_schema.tables using (table_schema, table_name)
         where table_schema = 'public' and column_name = 'tenant' and table_type = 'BASE TABLE'`,
      )
      for (const { table } of rows) {
        const { rows } = await admin.query(`select count(*)::int as n from "${table}" where tenant = $1`, [of])
        counts[`${name}.${table}`] = rows[0].n
      }
    } finally {
      await admin.end()
    }
  }
  return counts
}

const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0)

const untilQuiet = () =>
  until(async () => {
    const before = JSON.stringify(await rowsOf('acme'))
    await platform.settle()
    return before === JSON.stringify(await rowsOf('acme'))
  })
const stored = async () =>
  (await readdir(FILES_FOLDER, { recursive: true })).filter((name) => /[0-9a-f-]{36}/.test(name))
const events = (of: string) => readEvents(platform.service('profiles').nats, `clientele.evt.${of}.>`)
const out = join(dir, 'export')
const proof = join(dir, 'proof.json')
const linesOf = async (folder: string, table: string) =>
  (await readFile(join(folder, `${table}.ndjson`), 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

test('an export has every row of every table, every file, and of keys and secrets nothing but their number', async () => {
  await untilQuiet()
  const before = await rowsOf('acme')
  expect(await tenant.run(['export', 'acme', '--out', out])).toBe(0)
  const after = await rowsOf('acme')
  const { services: exported } = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as Manifest
  const told = exported.flatMap(({ service, tables }) =>
    tables.map(({ table, rows }) => [`${service}.${table}`, rows] as const),
  )
  expect(told.map(([table]) => table).toSorted()).toEqual(Object.keys(before).toSorted())
  // Webhooks are tried again meanwhile, so a table may grow while it is read.
  const off = told.filter(([table, rows]) => rows < before[table]! || rows > after[table]!)
  expect(off).toEqual([])
  for (const { service, tables } of exported) {
    for (const { table, rows, path } of tables) {
      expect([table, path === undefined]).toEqual([table, ['data_key', 'tenant_key', 'tenant_secret'].includes(table)])
      const lines = path ? await linesOf(out, `${service}/${table}`) : []
      if (path) expect([table, lines.length]).toEqual([table, rows])
      expect(lines.filter((line) => line.tenant !== 'acme')).toEqual([])
    }
  }
  const [customer] = (await linesOf(out, 'profiles/customer')).filter(({ id }) => id === customerId)
  expect(customer).toMatchObject({ tenant: 'acme', display_name: '张伟 Wei Zhang' })
  expect(await readFile(join(out, 'profiles/files', fileId), 'utf8')).toBe('合同 of acme')
  const all = await readdir(out, { recursive: true })
  for (const name of all.filter((path) => path.endsWith('.ndjson'))) {
    expect(await readFile(join(out, name), 'utf8')).not.toContain('110101199001021234')
  }
})

test('sensitive values are in it in clear where that is asked for', async () => {
  const revealed = join(dir, 'revealed')
  expect(await tenant.run(['export', 'acme', '--out', revealed, '--reveal'])).toBe(0)
  const values = await linesOf(revealed, 'profiles/revealed_value')
  expect(values.map(({ text }) => text).join()).toContain('110101199001021234')
  expect(values.every(({ owner, field }) => owner && field)).toBe(true)
  expect(values.length).toBe((await linesOf(revealed, 'profiles/sealed_value')).length)
  const shown = (await linesOf(revealed, 'profiles/audit_entry')).filter(({ action }) => action === 'tenant.export')
  expect(shown).toEqual([expect.objectContaining({ outcome: 'SHOWN', subject: `operator:${userInfo().username}` })])
  expect(shown[0].fields).toEqual([...new Set(values.map(({ field }) => field))].toSorted())
})

test('a damaged value and a file without bytes are told, and keep nothing from being handed out', async () => {
  const sample = (await stored()).find((name) => name.endsWith(fileId))!
  const [bytes, { owner, field }] = await Promise.all([
    readFile(join(FILES_FOLDER, sample)),
    linesOf(join(dir, 'revealed'), 'profiles/sealed_value').then(([line]) => ({
      owner: line.owner_id,
      field: line.field,
    })),
  ])
  const url = Object.assign(new URL(backing().adminUrl), { pathname: new URL(platform.urls('profiles').url).pathname })
  const admin = new pg.Client({ connectionString: url.href })
  await admin.connect()
  const swap = `update sealed_value set sealed = reverse(sealed) where owner_id = $1 and field = $2`
  const damaged = join(dir, 'damaged')
  try {
    await admin.query(swap, [owner, field])
    await rm(join(FILES_FOLDER, sample))
    expect(await tenant.run(['export', 'acme', '--out', damaged, '--reveal'])).toBe(0)
  } finally {
    await admin.query(swap, [owner, field])
    await admin.end()
    await writeFile(join(FILES_FOLDER, sample), bytes)
  }
  const values = await linesOf(damaged, 'profiles/revealed_value')
  expect(values.filter(({ text }) => text === null)).toEqual([{ owner, field, text: null }])
  const { services: exported } = JSON.parse(await readFile(join(damaged, 'manifest.json'), 'utf8')) as Manifest
  const profiles = exported.find(({ service }) => service === 'profiles')!
  expect(profiles.missingFiles).toContain(fileId)
  expect(profiles.files.map(({ id }) => id)).not.toContain(fileId)
  for (const fault of [/profiles: \d+ files have no bytes/, /profiles: 1 sensitive values are damaged/]) {
    expect(console.error).toHaveBeenCalledWith(expect.stringMatching(fault))
  }
})

const confirmed = ['--confirm', 'acme']
const kept = ['--certificate', proof]

test.each([
  ['an export without a folder', ['export', 'acme'], /Say where to/],
  ['an export into a folder that is there', ['export', 'acme', '--out', out], /is there already/],
  ['an export of what is no tenant', ['export', 'Acme', '--out', join(dir, 'x')], /no tenant/],
  ['an export of a tenant that there is not', ['export', 'acmee', '--out', join(dir, 'x')], /nothing of "acmee"/],
  [
    'a deletion of a tenant that there is not',
    ['delete', 'acmee', '--without-export', '--confirm', 'acmee', ...kept],
    /nothing of "acmee"/,
  ],
  ['a deletion that is not confirmed', ['delete', 'acme', '--export', out, ...kept], /cannot be undone/],
  [
    'one that is confirmed for another',
    ['delete', 'globex', '--export', out, ...confirmed, ...kept],
    /cannot be undone/,
  ],
  ['one without an export', ['delete', 'acme', ...confirmed, ...kept], /Name the export/],
  [
    'one with and without',
    ['delete', 'acme', '--export', out, '--without-export', ...confirmed, ...kept],
    /Name the export/,
  ],
  ['one without a certificate', ['delete', 'acme', '--export', out, ...confirmed], /Say where what remains/],
  [
    'an export of another',
    ['delete', 'globex', '--export', out, '--confirm', 'globex', ...kept],
    /is an export of "acme"/,
  ],
  ['a folder that is no export', ['delete', 'acme', '--export', dir, ...confirmed, ...kept], /cannot be read/],
  ['a certificate that is not there', ['verify', join(dir, 'x')], /There is no/],
  ['another option', ['export', 'acme', '--out', join(dir, 'x'), ...confirmed], /has no option --confirm/],
  ['another action', ['forget', 'acme'], /Say what to do/],
])('%s is refused, and nothing is removed', async (_, args, why) => {
  const before = await rowsOf('acme')
  await expect(tenant.run(args)).rejects.toThrow(why)
  const after = await rowsOf('acme')
  expect(after['profiles.customer']).toBe(before['profiles.customer'])
  expect(after['profiles.tenant_key']).toBe(before['profiles.tenant_key'])
})

const removal = ['delete', 'acme', ...confirmed, ...kept]

test('a database that shows its owner nothing is refused, and not taken for empty', async () => {
  const url = Object.assign(new URL(backing().adminUrl), { pathname: new URL(platform.urls('surveys').url).pathname })
  const admin = new pg.Client({ connectionString: url.href })
  await admin.connect()
  try {
    await admin.query('alter policy owner on customer rename to hidden')
    const blind = /surveys: the owner does not see 1 tables \(customer, …\)/
    await expect(tenant.run(['export', 'acme', '--out', join(dir, 'blind')])).rejects.toThrow(blind)
    await expect(tenant.run([...removal, '--without-export'])).rejects.toThrow(blind)
  } finally {
    await admin.query('alter policy hidden on customer rename to owner')
    await admin.end()
    await rm(proof, { force: true })
  }
})

test('of databases that are named, files, stream and key must be named as well', async () => {
  const owners = services.map(({ name }) => [`${name.toUpperCase()}_DATABASE_OWNER_URL`, platform.urls(name).ownerUrl!])
  for (const [name, url] of owners) vi.stubEnv(name!, url)
  const without = ['--confirm', 'acme', '--without-export', ...kept]
  try {
    vi.stubEnv('FILES_FOLDER', '')
    await expect(tenant.run(['export', 'acme', '--out', join(dir, 'no-files')])).rejects.toThrow(/profiles has files/)
    vi.stubEnv('CLIENTELE_MASTER_KEY_FILE', '')
    await expect(tenant.run(['delete', 'acme', ...without])).rejects.toThrow(/Name the master key/)
    vi.stubEnv('CLIENTELE_MASTER_KEY_FILE', platform.masterKeyPath)
    await expect(tenant.run(['delete', 'acme', ...without])).rejects.toThrow(/NATS_URL/)
  } finally {
    vi.unstubAllEnvs()
  }
  expect((await rowsOf('acme'))['profiles.tenant_key']).toBeGreaterThan(0)
})

test('while one removes a tenant nobody else does, nor touches its certificate', async () => {
  const owner = new pg.Client({ connectionString: platform.urls('profiles').ownerUrl })
  await owner.connect()
  try {
    await owner.query(`select pg_advisory_lock(hashtextextended('delete acme', 0))`)
    await expect(tenant.run([...removal, '--without-export'])).rejects.toThrow(/Somebody else is removing "acme"/)
    expect(await readCertificate(proof)).toBeUndefined()
  } finally {
    await owner.end()
  }
})

test('nothing is removed where somebody has changed anything since the export, or a file of it', async () => {
  await platform.ask('manager', 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { id } }', {
    input: { id: customerId, displayName: '张伟' },
  })
  await expect(tenant.run([...removal, '--export', out])).rejects.toThrow(/younger than the export/)
  await untilQuiet()
  await rm(out, { recursive: true })
  await tenant.run(['export', 'acme', '--out', out])
  const spoilt = join(dir, 'export', 'profiles', 'customer.ndjson')
  const text = await readFile(spoilt, 'utf8')
  await appendFile(spoilt, '{}\n')
  await expect(tenant.run([...removal, '--export', out])).rejects.toThrow(/customer.ndjson of the export is not as/)
  await rm(spoilt)
  await appendFile(spoilt, text)
  expect((await rowsOf('acme'))['profiles.customer']).toBeGreaterThan(0)
})

test('all of a tenant goes, also where it is stopped half-way, and another one who writes meanwhile notices nothing', async () => {
  platform.issuer.people.removeTenant('acme')
  const before = await rowsOf('acme')
  const neighbourBefore = await rowsOf('globex')
  let working = true
  const writing = (async () => {
    for (let at = 2; working; at++) neighbours.push(await createNeighbour(at))
  })()
  const stores = await tenantStores(readConfig())
  const { sha256 } = await readManifest(out, 'acme')
  const certificate = newCertificate('acme', sha256)
  let times = 0
  const keep = async () => {
    await writeCertificate(proof, certificate)
    if (++times === 40) throw new Error('stopped')
  }
  const o = { tenant: 'acme', natsUrl: platform.natsUrl, certificate, keep, tell: () => {} }
  await expect(deleteTenant(stores, o)).rejects.toThrow('stopped')
  expect(total(await rowsOf('acme'))).toBeGreaterThan(0)
  await expect(tenant.run([...removal, '--without-export'])).rejects.toThrow(/begun with another export/)
  // What happened meanwhile does not keep it from its end.
  expect(await tenant.run([...removal, '--export', out])).toBe(0)
  working = false
  await writing

  expect(Object.entries(await rowsOf('acme')).filter(([, rows]) => rows)).toEqual([])
  expect(await events('acme')).toEqual([])
  expect((await stored()).filter((name) => name.includes('/acme/'))).toEqual([])
  const written = (await readCertificate(proof))!
  const removed = Object.fromEntries(
    written.services.flatMap(({ service, rows }) =>
      Object.entries(rows).map(([table, n]) => [`${service}.${table}`, n]),
    ),
  )
  for (const [table, rows] of Object.entries(before))
    expect([table, removed[table] ?? 0]).toEqual([table, expect.toSatisfy((n: number) => n >= rows)])
  expect(written).toMatchObject({ tenant: 'acme', endedAt: expect.any(String) })
  expect(written.services.map(({ auditHead }) => auditHead).filter(Boolean).length).toBeGreaterThan(0)

  await platform.settle()
  const neighbourAfter = await rowsOf('globex')
  expect(neighbourAfter['profiles.customer']).toBe(neighbours.length)
  // Timers end; nothing else of another tenant becomes fewer.
  const fewer = Object.entries(neighbourBefore).filter(([table, rows]) => neighbourAfter[table]! < rows)
  expect(fewer.filter(([table]) => !/\.timer$/.test(table))).toEqual([])
  expect((await events('globex')).filter(({ type }) => type === 'clientele.profiles.customer.created.v1').length).toBe(
    neighbours.length,
  )
  const { customer } = await platform.ask(
    neighbour,
    'query ($id: ID!) { customer(id: $id) { person { birthDate } files { url } } }',
    { id: neighbours[0] },
  )
  expect(customer.person.birthDate).toBe('1980-05-05')
  expect(await (await fetch(customer.files[0].url)).text()).toBe('a file of globex')
})

test('a certificate is verified, and one that was changed is not', async () => {
  expect(await tenant.run(['verify', proof])).toBe(0)
  const text = await readFile(proof, 'utf8')
  const changed = join(dir, 'changed.json')
  for (const [what, by] of [
    [/"events": \d+/, '"events": 999999'],
    [/"customer": \d+/, '"customer": 1'],
    [/"files": \d+/, '"files": 999'],
  ] as const) {
    await writeFile(changed, text.replace(what, by))
    expect(await tenant.run(['verify', changed])).toBe(1)
  }
  const { seal, ...others } = JSON.parse(text)
  await writeFile(changed, JSON.stringify({ seal, ...others }))
  expect(await tenant.run(['verify', changed])).toBe(0)
  await writeFile(changed, JSON.stringify({ ...others, note: 'backups too', seal }))
  await expect(tenant.run(['verify', changed])).rejects.toThrow(/is no certificate/)
  await expect(tenant.run([...removal, '--without-export'])).rejects.toThrow(/another deletion/)
})
