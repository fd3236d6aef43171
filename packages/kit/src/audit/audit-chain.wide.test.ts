import { randomUUID } from 'node:crypto'
import {
  type ChainHead,
  type ChainKey,
  type ChainReport,
  chainHeads,
  chainKeyOf,
  sealing,
  verifyChains,
} from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { backing } from '@clientele/testkit/backing'
import { example } from '@clientele/testkit/example/example.service'
import { noteCreated } from '@clientele/testkit/example/note.actions'
import { Note } from '@clientele/testkit/example/note.entity'
import fc from 'fast-check'
import pg from 'pg'

const svc = await startForTest(example)
const chainKey = chainKeyOf(svc.keyring)
const { system } = svc.database
const seal = () => svc.jobs.at(-2)!.run()

/** Who may do anything in the database, but does not know the key. */
const superuser = new pg.Client({
  connectionString: Object.assign(new URL(backing().adminUrl), { pathname: new URL(svc.urls.url).pathname }).href,
})
await superuser.connect()
svc.defer(() => superuser.end())

const write = (tenant: string, entries: number) =>
  svc
    .context({
      subject: 'anna',
      roles: ['manager'],
      scopes: [],
      tenant,
      territories: [''],
      kind: 'person',
      name: 'crm',
    })
    .transaction(async (tx) => {
      for (let at = 0; at < entries; at++) {
        const note = tx.em.create(Note, { subjectId: randomUUID(), kind: 'PLAIN', title: 'x', rank: 0 } as never)
        tx.emit(noteCreated, note, { subjectId: note.subjectId, kind: note.kind })
      }
    })

/** A tenant with a sealed chain of so many entries. */
const aChain = async (entries = 5) => {
  const tenant = `t${randomUUID().slice(0, 8)}`
  await write(tenant, entries)
  while (await seal());
  return tenant
}

const verify = async (o: { tenant?: string; expected?: ChainHead[]; patience?: number; chainKey?: ChainKey } = {}) => {
  const found: ChainReport[] = []
  const reports = verifyChains(system, { service: 'example', chainKey, patience: 600_000, ...o })
  for await (const report of reports) found.push(report)
  return found
}
const faultOf = async (tenant: string, expected: ChainHead[] = []) => (await verify({ tenant, expected }))[0]?.fault
const headOf = async (tenant: string) => (await chainHeads(system, 'example')).filter((head) => head.tenant === tenant)
const cut = async (tenant: string, above: number) => {
  await superuser.query('delete from audit_entry where tenant = $1 and number > $2', [tenant, above])
  await superuser.query(
    `update audit_head set number = $2::bigint, hash = (select hash from audit_entry where tenant = $1 and number = $2::bigint) where tenant = $1`,
    [tenant, above],
  )
}

test('a chain that nobody touched has no fault, and grows on', async () => {
  const tenant = await aChain()
  const heads = await headOf(tenant)
  await write(tenant, 3)
  await seal()
  expect(await verify({ tenant, expected: heads })).toEqual([
    { service: 'example', tenant, sealed: 8, unsealed: 0, fault: null },
  ])
  expect(heads).toMatchObject([{ service: 'example', number: '5', hash: expect.stringMatching(/^[0-9a-f]{64}$/) }])
})

test('a tenant without entries has no fault; one of which all is gone has, where its head is kept elsewhere', async () => {
  expect(await faultOf('never-was')).toBeNull()
  const tenant = await aChain()
  const expected = await headOf(tenant)
  await superuser.query('delete from audit_entry where tenant = $1', [tenant])
  expect(await faultOf(tenant)).toMatchObject({ kind: 'CUT_OFF', number: '1' })
  await superuser.query('delete from audit_head where tenant = $1', [tenant])
  expect(await faultOf(tenant)).toBeNull()
  expect(await faultOf(tenant, expected)).toMatchObject({ kind: 'CUT_OFF', number: '1' })
  expect((await verify({ expected })).find((report) => report.tenant === tenant)?.fault).toMatchObject({
    kind: 'CUT_OFF',
  })
})

/** Takes entries out and puts them back with other numbers, as SQL says of `m`. */
const renumber = (tenant: string, which: string, number: string, more = '') =>
  superuser.query(
    `create temp table moved as select * from audit_entry where tenant = '${tenant}' and ${which};
     delete from audit_entry where tenant = '${tenant}' and ${which};
     insert into audit_entry overriding system value
     select (jsonb_populate_record(null::audit_entry, to_jsonb(m) || jsonb_build_object('number', ${number}))).* from moved m;
     ${more}; drop table moved`,
  )
const swap = (a: number, b: number) => (tenant: string) =>
  renumber(tenant, `number in (${a}, ${b})`, `${a + b} - m.number`)
const copy = (of: number, to: number) => (tenant: string) =>
  superuser.query(
    `insert into audit_entry overriding system value
     select (jsonb_populate_record(null::audit_entry, to_jsonb(e) || jsonb_build_object('number', $3::int, 'id', gen_random_uuid()))).*
     from audit_entry e where tenant = $1 and number = $2`,
    [tenant, of, to],
  )
const copyBetween = async (tenant: string) => {
  await renumber(tenant, 'number > 2', 'm.number + 1')
  await copy(2, 3)(tenant)
}
const remove = (number: number) => (tenant: string) =>
  superuser.query('delete from audit_entry where tenant = $1 and number = $2', [tenant, number])

test.each<[string, (tenant: string) => Promise<unknown>, object]>([
  ['the first entry is deleted', remove(1), { kind: 'MISSING', number: '1' }],
  ['one in the middle is deleted', remove(3), { kind: 'MISSING', number: '3' }],
  ['the last is deleted', remove(5), { kind: 'CUT_OFF', number: '5' }],
  [
    'one is deleted, and the gap closed',
    async (tenant) => {
      await remove(3)(tenant)
      await superuser.query('update audit_entry set number = 3 where tenant = $1 and number = 4', [tenant])
      await superuser.query('update audit_entry set number = 4 where tenant = $1 and number = 5', [tenant])
    },
    { kind: 'CHANGED', number: '3' },
  ],
  ['two change places', swap(2, 4), { kind: 'REORDERED', number: '2' }],
  ['two neighbours change places', swap(4, 5), { kind: 'REORDERED', number: '4' }],
  ['one is put in between', copyBetween, { kind: 'REORDERED', number: '3' }],
  ['one is put before the first', copy(1, 0), { kind: 'REORDERED', number: '1' }],
  ['one is put far before the first', copy(1, -9), { kind: 'REORDERED', number: '1' }],
  ['one is put behind the last', copy(5, 6), { kind: 'CHANGED', number: '6' }],
  [
    'the table is emptied',
    (tenant) => superuser.query('delete from audit_entry where tenant = $1', [tenant]),
    { kind: 'CUT_OFF', number: '1' },
  ],
  [
    'an old head is restored',
    (tenant) => superuser.query('update audit_head set number = 3 where tenant = $1', [tenant]),
    { kind: 'CUT_OFF' },
  ],
  [
    'the head has another hash',
    (tenant) => superuser.query("update audit_head set hash = '\\x00' where tenant = $1", [tenant]),
    { kind: 'CUT_OFF' },
  ],
  [
    'the head is deleted',
    (tenant) => superuser.query('delete from audit_head where tenant = $1', [tenant]),
    { kind: 'CUT_OFF' },
  ],
  [
    'the chain of another tenant is moved here',
    async (tenant) => {
      const other = await aChain()
      await superuser.query('delete from audit_entry where tenant = $1', [tenant])
      await superuser.query('delete from audit_head where tenant = $1', [tenant])
      for (const table of ['audit_entry', 'audit_head'])
        await superuser.query(`update ${table} set tenant = $1 where tenant = $2`, [tenant, other])
    },
    { kind: 'CHANGED', number: '1' },
  ],
])('found: %s', async (_, tamper, fault) => {
  const tenant = await aChain()
  await tamper(tenant)
  expect(await faultOf(tenant)).toMatchObject(fault)
})

test('the end cut off together with its head is found by a head that was kept elsewhere', async () => {
  const tenant = await aChain()
  const expected = await headOf(tenant)
  await cut(tenant, 3)
  expect(await faultOf(tenant)).toBeNull()
  expect(await faultOf(tenant, expected)).toMatchObject({ kind: 'CUT_OFF', number: '4' })
})

test('a chain that is turned back while the service runs is not sealed over; sealed over by another process it is found by a kept head', async () => {
  const tenant = await aChain()
  const expected = await headOf(tenant)
  await cut(tenant, 3)
  await write(tenant, 4)
  await seal()
  expect((await verify({ tenant }))[0]).toMatchObject({ sealed: 3, unsealed: 4 })
  await sealing('example', chainKey).run({ system, signal: new AbortController().signal } as never)
  expect((await verify({ tenant }))[0]).toMatchObject({ sealed: 7, unsealed: 0, fault: null })
  expect(await faultOf(tenant, expected)).toMatchObject({ kind: 'CUT_OFF', number: '5' })
})

test('entries that wait for too long are found, and those that wait for a moment are not', async () => {
  const tenant = await aChain(1)
  await write(tenant, 2)
  expect((await verify({ tenant }))[0]).toMatchObject({ sealed: 1, unsealed: 2, fault: null })
  expect((await verify({ tenant, patience: -1_000 }))[0]).toMatchObject({ fault: { kind: 'UNSEALED' } })
})

test('under another key nothing fits', async () => {
  const tenant = await aChain()
  const [report] = await verify({ tenant, chainKey: async () => new Uint8Array(32) })
  expect(report?.fault).toMatchObject({ kind: 'CHANGED', number: '1' })
})

test('all tenants are walked, across pages', async () => {
  const many = await aChain(4_100)
  const few = await aChain(1)
  const found = new Map((await verify()).map((report) => [report.tenant, report]))
  expect(found.get(many)).toMatchObject({ sealed: 4_100, fault: null })
  expect(found.get(few)).toMatchObject({ sealed: 1 })
  await remove(3_000)(many)
  expect(await faultOf(many)).toMatchObject({ kind: 'MISSING', number: '3000' })
})

test('any one bit that changes in any column is found', async () => {
  const tenant = await aChain(4)
  await superuser.query(
    `update audit_entry set purpose = 'Rückruf' where false;
     alter table audit_entry alter position drop identity;
     alter table audit_entry drop constraint audit_entry_outcome_check;
     drop index audit_entry_chain`,
  )
  const { rows: columns } = await superuser.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns where table_name = 'audit_entry'`,
  )
  expect(columns.length).toBeGreaterThan(20)
  const found = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...columns),
      fc.integer({ min: 1, max: 4 }),
      fc.nat(),
      async ({ name, type }, at, bit) => {
        const { rows } = await superuser.query<{ id: string; value: string | null }>(
          `select id, ${name}::text as value from audit_entry where tenant = $1 order by position offset $2 limit 1`,
          [tenant, at - 1],
        )
        const { id, value } = rows[0]!
        const set = (to: string | null) =>
          superuser.query(`update audit_entry set ${name} = $1 where id = $2`, [to, id])
        const changed = flip(type, value, bit)
        await set(changed)
        const by = name === 'id' ? changed : id
        const fault = await faultOf(tenant)
        await superuser.query(`update audit_entry set ${name} = $1 where id = $2`, [value, by])
        found.add(name)
        return fault !== null
      },
    ),
    { numRuns: 250 },
  )
  expect(found.size).toBe(columns.length)
  expect(await faultOf(tenant)).toBeNull()
})

/** The text of a value with one bit of it turned; of nothing, something. */
const flip = (type: string, value: string | null, bit: number): string => {
  const whole = (text: string, bits: number) => String(BigInt.asIntN(64, BigInt(text) ^ (1n << BigInt(bit % bits))))
  switch (type) {
    case 'bigint':
    case 'integer':
      return whole(value ?? '0', type === 'bigint' ? 62 : 30)
    case 'uuid':
      return hexFlip(value ?? '00000000-0000-0000-0000-000000000000', bit)
    case 'bytea':
      return `\\x${hexFlip((value ?? '\\x00').slice(2), bit)}`
    case 'inet':
      return `10.0.0.${1 << (bit % 8)}`
    case 'timestamp with time zone': {
      const micros = BigInt(Date.parse(value!)) * 1000n + (1n << BigInt(bit % 40))
      return `${new Date(Number(micros / 1000n)).toISOString().slice(0, -1)}${String(micros % 1000n).padStart(3, '0')}Z`
    }
    case 'ARRAY':
      return `{${textFlip((value ?? '{}').slice(1, -1), bit)}}`
    default:
      return textFlip(value ?? '', bit)
  }
}

const hexFlip = (text: string, bit: number) => {
  const places = [...text].flatMap((letter, at) => (letter === '-' ? [] : [at]))
  const at = places[bit % places.length]!
  return text.slice(0, at) + (Number.parseInt(text[at]!, 16) ^ (1 << (bit % 4))).toString(16) + text.slice(at + 1)
}

const textFlip = (text: string, bit: number) => {
  if (!text) return 'x'
  const at = bit % text.length
  const turned = String.fromCharCode(text.charCodeAt(at) ^ (1 << (bit % 3)))
  return text.slice(0, at) + (/^[\w.:-]$/.test(turned) ? turned : 'é') + text.slice(at + 1)
}
