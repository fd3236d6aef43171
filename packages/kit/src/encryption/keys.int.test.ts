import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { type Actor, createLog, masterKeyFile, run } from '@clientele/kit'
import { example } from '@clientele/testkit/example/example.service'
import { startForTest } from '@clientele/testkit/service'
import pg from 'pg'

const statements: string[] = []
const svc = await startForTest(example, { onStatement: (sql) => void statements.push(sql) })
const actorOf = (tenant: string): Actor => ({
  subject: 'keys',
  roles: ['manager'],
  tenant,
  territories: [''],
  scopes: [],
  kind: 'person',
})
const on = (tenant: string) => svc.context(actorOf(tenant))
const keep = (tenant: string, owner: string, field: string, text: string | null, searchable = false) =>
  on(tenant).transaction((tx) => tx.keys.keep([{ owner, field, text, searchable }]))
const found = async (tenant: string, field: string, text: string) => {
  const ctx = on(tenant)
  const { sql, params } = await ctx.keys.ownersOf(field, text)
  return (await ctx.em.execute<{ owner_id: string }[]>(sql, params)).map((row) => row.owner_id)
}
const admin = new pg.Pool({ connectionString: svc.urls.systemUrl, max: 2 })
svc.defer(() => admin.end())
/** A pool of the service's own role in a tenant, to change rows behind the kit's back. */
const behind = async (tenant: string, sql: string, params: unknown[] = []) => {
  const client = new pg.Client({ connectionString: svc.urls.url })
  await client.connect()
  await client.query(`select set_config('app.tenant', $1, false)`, [tenant])
  return client.query(sql, params).finally(() => client.end())
}

test.each(['1980-05-17', '', '王小明 🎂', 'x'.repeat(50_000), "'; drop table note; --"])(
  'a value comes back, changes, and goes (%#)',
  async (text) => {
    const owner = randomUUID()
    expect(await on('acme').keys.open(owner, 'f')).toBeNull()
    await keep('acme', owner, 'f', text)
    expect(await on('acme').keys.open(owner, 'f')).toBe(text)
    expect(await on('acme').keys.open(owner.toUpperCase(), 'f')).toBe(text)
    expect(await on('acme').keys.open(owner, 'g')).toBeNull()
    await keep('acme', owner, 'f', 'other')
    expect(await on('acme').keys.open(owner, 'f')).toBe('other')
    await keep('acme', owner, 'f', null)
    expect(await on('acme').keys.open(owner, 'f')).toBeNull()
  },
)

test('a rollback leaves nothing, and the tenant’s first key survives it', async () => {
  const owner = randomUUID()
  const work = on('rollback').transaction(async (tx) => {
    await tx.keys.keep([{ owner, field: 'f', text: 'x' }])
    expect(await tx.keys.open(owner, 'f')).toBe('x')
    throw new Error('no')
  })
  await expect(work).rejects.toThrow('no')
  expect(await on('rollback').keys.open(owner, 'f')).toBeNull()
  await keep('rollback', owner, 'f', 'y')
  expect(await on('rollback').keys.open(owner, 'f')).toBe('y')
})

test('of many first writers of a tenant one makes its key, and of an owner one makes its key', async () => {
  const tenant = 'crowd'
  const owner = randomUUID()
  await Promise.all(Array.from({ length: 20 }, (_, i) => keep(tenant, i % 2 ? owner : randomUUID(), `f${i}`, `v${i}`)))
  for (let i = 1; i < 20; i += 2) expect(await on(tenant).keys.open(owner, `f${i}`)).toBe(`v${i}`)
  const { rows } = await admin.query('select generation from tenant_key where tenant = $1', [tenant])
  expect(rows).toEqual([{ generation: 1 }])
})

test('an equality search finds owners whatever the notation, within the tenant and field only', async () => {
  const [a, b] = [randomUUID(), randomUUID()]
  await keep('acme', a, 'number', 'HRB 12-345', true)
  await keep('acme', b, 'number', 'ｈｒｂ12345', true)
  await keep('acme', randomUUID(), 'number', 'HRB 12346', true)
  await keep('acme', randomUUID(), 'other', 'HRB 12345', true)
  await keep('acme', randomUUID(), 'number', 'HRB 12345', false)
  await keep('globex', randomUUID(), 'number', 'HRB 12345', true)
  expect((await found('acme', 'number', 'hrb 12345')).toSorted()).toEqual([a, b].toSorted())
  expect(await found('acme', 'number', 'HRB 1234')).toEqual([])
  expect(await found('acme', 'number', ' - ')).toEqual([])
  expect(await found('nobody', 'number', 'HRB 12345')).toEqual([])
  await keep('acme', a, 'number', 'HRB 999', true)
  expect(await found('acme', 'number', 'HRB 12345')).toEqual([b])
})

test('two hundred owners cost as many statements as one, and so does reading a hundred', async () => {
  const owners = Array.from({ length: 200 }, () => randomUUID())
  const values = owners.flatMap((owner, i) =>
    ['a', 'b', 'c'].map((field) => ({ owner, field, text: `${field}${i}`, searchable: field === 'a' })),
  )
  await keep('batch', randomUUID(), 'warm', 'x')
  statements.length = 0
  await on('batch').transaction((tx) => tx.keys.keep(values))
  expect(statements.filter((sql) => /data_key|sealed_value/.test(sql))).toHaveLength(4)
  const ctx = on('batch')
  statements.length = 0
  const read = await Promise.all(owners.slice(0, 100).map((owner) => ctx.keys.open(owner, 'b')))
  expect(read).toEqual(owners.slice(0, 100).map((_, i) => `b${i}`))
  expect(statements.filter((sql) => /data_key|sealed_value/.test(sql))).toHaveLength(1)
})

test('the same owner in two tenants has two keys, and neither reads the other’s', async () => {
  const owner = randomUUID()
  await keep('acme', owner, 'f', 'ours')
  expect(await on('globex').keys.open(owner, 'f')).toBeNull()
  await keep('globex', owner, 'f', 'theirs')
  expect(await on('acme').keys.open(owner, 'f')).toBe('ours')
  // Copied over by somebody who may write both: it opens nowhere else.
  const { rows } = await behind('globex', 'select sealed from sealed_value where owner_id = $1', [owner])
  await behind('acme', 'update sealed_value set sealed = $1 where owner_id = $2', [rows[0].sealed, owner])
  await expect(on('acme').keys.open(owner, 'f')).rejects.toThrow('sealed value')
})

test.each([
  ['to another field', 'update sealed_value set field = $2 where owner_id = $1', 'g', 'g'],
  [
    'with its last byte changed',
    `update sealed_value set sealed = set_byte(sealed, length(sealed) - 1, (get_byte(sealed, length(sealed) - 1) + 1) % 256) where owner_id = $1 and $2 <> ''`,
    'f',
    'f',
  ],
  ['cut to nothing', `update sealed_value set sealed = '' where owner_id = $1 and $2 <> ''`, 'f', 'f'],
  [
    'under a data key that was changed',
    `update data_key set wrapped = set_byte(wrapped, 20, (get_byte(wrapped, 20) + 1) % 256) where owner_id = $1 and $2 <> ''`,
    'f',
    'f',
  ],
])('a value moved %s is refused', async (_, sql, param, field) => {
  const owner = randomUUID()
  await keep('acme', owner, 'f', 'x')
  await behind('acme', sql, [owner, param])
  await expect(on('acme').keys.open(owner, field)).rejects.toThrow('sealed value')
})

test('shredding destroys an owner’s values for good, and nobody else’s', async () => {
  const [gone, stays, never] = [randomUUID(), randomUUID(), randomUUID()]
  for (const owner of [gone, stays]) await keep('acme', owner, 'f', `A-${owner}`, true)
  const { rows: copy } = await behind('acme', 'select * from sealed_value where owner_id = $1', [gone])
  await on('acme').transaction((tx) => tx.keys.shred([gone, never, gone]))
  await on('acme').transaction((tx) => tx.keys.shred([gone]))
  expect(await on('acme').keys.open(gone, 'f')).toBeNull()
  expect(await found('acme', 'f', `A-${gone}`)).toEqual([])
  expect(await on('acme').keys.open(stays, 'f')).toBe(`A-${stays}`)
  for (const owner of [gone, never]) {
    await expect(keep('acme', owner, 'f', 'again')).rejects.toMatchObject({ code: 'CONFLICT', reason: 'keys.shredded' })
  }
  const restore = behind('acme', 'insert into sealed_value (owner_id, field, sealed) values ($1, $2, $3)', [
    gone,
    'f',
    copy[0].sealed,
  ])
  await expect(restore).rejects.toThrow(/foreign key/)
  await expect(behind('acme', 'delete from data_key where owner_id = $1', [gone])).rejects.toThrow(/permission denied/)
})

test('a text that cannot be stored is INVALID', async () => {
  await expect(keep('acme', randomUUID(), 'f', 'a\ud800')).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'text.malformed',
  })
})

test('requests never see tenants’ keys, and another tenant sees no data key', async () => {
  for (const table of ['tenant_key', 'tenant_secret']) {
    await expect(behind('acme', `select * from ${table}`)).rejects.toThrow(/permission denied/)
  }
  const { rows } = await behind(
    'nobody',
    'select (select count(*) from data_key) + (select count(*) from sealed_value) as n',
  )
  expect(rows).toEqual([{ n: '0' }])
})

test('a lasting secret is the same for all who ask, and another one for each tenant and purpose', async () => {
  const ask = (tenant: string, purpose: string) => svc.keyring.secret(tenant, purpose)
  const [a, b, c, d] = await Promise.all([ask('acme', 'x'), ask('acme', 'x'), ask('acme', 'y'), ask('globex', 'x')])
  expect(a.equals(b!)).toBe(true)
  expect(new Set([a, c, d].map((secret) => secret!.toString('hex'))).size).toBe(3)
})

const startAgain = (path: string) =>
  run(example, {
    database: svc.urls,
    natsUrl: svc.natsUrl,
    verifier: svc.verifier,
    masterKeys: masterKeyFile(path, { strict: true }),
    peers: { subgraph: () => undefined, token: async () => '' },
    log: createLog({ name: 'test', level: 'silent' }),
    background: false,
    migrate: false,
  })

test('a service refuses to start with a master key that is missing, another one, or has another id', async () => {
  await keep('acme', randomUUID(), 'f', 'x')
  await expect(startAgain(`${svc.masterKeyPath}.none`)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    reason: 'keys.master',
    message: expect.stringMatching(/cannot be read \(ENOENT\)/),
  })
  const path = `${svc.masterKeyPath}.other`
  const { rows } = await admin.query('select distinct master_key_id as id from tenant_key')
  for (const [id, message] of [
    [rows[0].id, /is not the one that was used so far/],
    ['other', /has no key/],
  ]) {
    await writeFile(path, `${id}:${Buffer.alloc(32, 7).toString('base64')}`, { mode: 0o600 })
    await expect(startAgain(path)).rejects.toMatchObject({
      reason: 'keys.master',
      message: expect.stringMatching(message),
    })
  }
  const again = await startAgain(svc.masterKeyPath)
  await expect(again.checks.keys!()).resolves.toBeUndefined()
  await again.stop()
})
