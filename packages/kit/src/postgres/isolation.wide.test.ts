import { randomUUID } from 'node:crypto'
import type { Context } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { Note } from '@clientele/testkit/example/note.entity'

const svc = await startForTest(example)
const tenants = Array.from({ length: 8 }, (_, i) => `tenant-${i}`)
const contextOf = (tenant: string) =>
  svc.context({ subject: `of-${tenant}`, roles: ['manager'], tenant, territories: [], kind: 'person' })
const all = async (ctx: Context) =>
  ctx.em.execute<{ tenant: string; seen_as: string; title: string }[]>(
    'select tenant, title, current_tenant() as seen_as from note',
  )
const written = new Map(tenants.map((tenant) => [tenant, new Set<string>()]))

const aNote = (title: string) =>
  ({ subjectId: randomUUID(), kind: 'PLAIN', title, rank: 0 }) as unknown as Parameters<Context['em']['create']>[1]

const write = (ctx: Context, title: string, spoil?: (ctx: Context) => Promise<unknown>) =>
  ctx.transaction(async (tx) => {
    tx.em.create(Note, aNote(title) as never)
    await tx.em.flush()
    if (spoil) await spoil(tx as never)
  })

const moves: ((tenant: string, ctx: Context, at: number) => Promise<unknown>)[] = [
  (_, ctx) => all(ctx),
  (_, ctx) => ctx.em.find(Note, {}, { limit: 5 }),
  async (tenant, ctx, at) => {
    await write(ctx, `${tenant} ${at}`)
    written.get(tenant)?.add(`${tenant} ${at}`)
  },
  (tenant, ctx, at) => write(ctx, `lost ${tenant} ${at}`, () => Promise.reject(new Error('rolled back'))),
  (tenant, ctx, at) => write(ctx, `lost ${tenant} ${at}`, (tx) => tx.em.execute('select 1 / 0')),
  (_, ctx) => ctx.em.execute("insert into note (tenant, id) values ('tenant-0', gen_random_uuid())"),
  async (_, ctx) => {
    await ctx.em.begin({ readOnly: true })
    try {
      await all(ctx)
      await ctx.em.execute('select * from nowhere')
    } finally {
      await ctx.em.rollback()
    }
  },
]

test('8 tenants with 4 workers each share a few connections, with errors and roll-backs in between: nobody sees a foreign row', async () => {
  let failures = 0
  const foreign: unknown[] = []
  const worker = async (tenant: string, number: number) => {
    for (let round = 0; round < 48; round++) {
      const ctx = contextOf(tenant)
      const at = number * 1_000 + round
      await moves[(at * 31 + number) % moves.length]?.(tenant, ctx, at).catch(() => failures++)
      const rows = await all(contextOf(tenant))
      foreign.push(...rows.filter((row) => row.tenant !== tenant || row.seen_as !== tenant))
    }
  }
  await Promise.all(tenants.flatMap((tenant) => Array.from({ length: 4 }, (_, number) => worker(tenant, number))))
  expect(foreign).toEqual([])
  expect(failures).toBeGreaterThan(500)
  for (const tenant of tenants) {
    const titles = (await all(contextOf(tenant))).map(({ title }) => title)
    expect(new Set(titles)).toEqual(written.get(tenant))
    expect(titles).toHaveLength(written.get(tenant)?.size ?? 0)
  }
})

test('without a tenant, and anonymously, every connection of the pool shows no row and knows no tenant', async () => {
  const ctx = () => contextOf('')
  const reads = await Promise.all(Array.from({ length: 40 }, () => all(ctx())))
  expect(reads.flat()).toEqual([])
  const bare = await Promise.all(
    Array.from({ length: 40 }, () =>
      svc.database.orm.em.fork().execute<{ tenant: string | null }[]>('select current_tenant() as tenant'),
    ),
  )
  expect(new Set(bare.flat().map(({ tenant }) => tenant))).toEqual(new Set([null]))
})

test.each([
  ["a read of another tenant's rows", "select * from note where tenant = 'tenant-0'", 0],
  ["a change of another tenant's rows", "update note set title = 'x' where tenant = 'tenant-0' returning id", 0],
  ['a change of everything', 'delete from note returning tenant', undefined],
])('%s stays within the tenant', async (_, sql, expected) => {
  const before = (await all(contextOf('tenant-0'))).length
  const rows = await contextOf('tenant-1').em.execute<object[]>(sql)
  if (expected !== undefined) expect(rows).toHaveLength(expected)
  expect((await all(contextOf('tenant-0'))).length).toBe(before)
})

test.each([
  ['moved to', "update note set tenant = 'tenant-1'"],
  [
    'written for',
    `insert into note (tenant, id, created_at, created_by, updated_at, updated_by, subject_id, rank, kind, title)
     values ('tenant-1', gen_random_uuid(), now(), 'x', now(), 'x', gen_random_uuid(), 0, 'PLAIN', 'x')`,
  ],
])('a row cannot be %s another tenant', async (_, sql) => {
  await expect(contextOf('tenant-0').em.execute(sql)).rejects.toThrow(/row-level security/)
})
