import { randomUUID } from 'node:crypto'
import { type Order, pageByKey, paginate, signature, toWhere } from '@clientele/kit'
import { startForTest } from '@clientele/testkit'
import { example } from '@clientele/testkit/example/example.service'
import { Note } from '@clientele/testkit/example/note.entity'
import { raw } from '@mikro-orm/core'
import fc from 'fast-check'

const svc = await startForTest(example)
const tenants = new Map<string, string>()
const actorOf = (tenant: string) => ({
  subject: 'reader',
  roles: ['manager'],
  tenant,
  territories: [],
  kind: 'person' as const,
})

const fill = async (tenant: string, notes: readonly Partial<Record<string, unknown>>[]) => {
  const em = svc.database.fork(actorOf(tenant), new Date())
  await em.execute(
    `insert into note (id, created_at, created_by, updated_at, updated_by, subject_id, rank, kind, title, remark, amount, due_on)
     select id, created_at, 't', created_at, 't', subject_id, rank, 'PLAIN', title, remark, amount, due_on
     from jsonb_to_recordset(?::jsonb) as n(id uuid, created_at timestamptz, subject_id uuid, rank int, title text, remark text, amount numeric, due_on date)`,
    [
      JSON.stringify(
        notes.map((note) => ({
          id: randomUUID(),
          created_at: '2026-01-01T00:00:00Z',
          subject_id: randomUUID(),
          rank: 0,
          title: 't',
          amount: '0',
          due_on: '2026-01-01',
          ...note,
        })),
      ),
    ],
  )
  tenants.set(tenant, tenant)
}

const awkward = [
  'x',
  'y',
  '100%',
  '100',
  'a_b',
  'acb',
  'back\\slash',
  "it's",
  'what? $1 ?? :x',
  '你好世界',
  '👋🏽 hi',
  'ÄRGER',
  'مرحبا',
]
await fill(
  'filters',
  awkward.flatMap((title) => [
    { title, remark: title },
    { title, remark: null },
  ]),
)

const remarks = async (filter: object) => {
  const ctx = svc.context(actorOf('filters'))
  const page = await paginate(ctx.em, Note, { where: toWhere<Note>(filter), orderBy: [['title', 'asc']], first: 100 })
  expect(await page.totalCount).toBe(page.nodes.length)
  return page.nodes.map(({ remark }) => remark ?? null)
}
const nulls = awkward.map(() => null)
const others = (...without: string[]) => [...awkward.filter((title) => !without.includes(title)), ...nulls]

test.each<[string, object, (string | null)[]]>([
  ['no condition', {}, others()],
  ['eq', { remark: { eq: 'x' } }, ['x']],
  ['eq null', { remark: { eq: null } }, others()],
  ['in', { remark: { in: ['x', 'y', 'z'] } }, ['x', 'y']],
  ['an empty in', { remark: { in: [] } }, []],
  ['not an empty in', { not: { remark: { in: [] } } }, others()],
  ['not eq', { not: { remark: { eq: 'x' } } }, others('x')],
  ['not in', { not: { remark: { in: ['x', 'y'] } } }, others('x', 'y')],
  ['not contains', { not: { remark: { contains: '00' } } }, others('100', '100%')],
  ['not not', { not: { not: { remark: { eq: 'x' } } } }, ['x']],
  ['not of two', { not: { remark: { contains: '0', startsWith: '100%' } } }, others('100%')],
  ['not and', { not: { and: [{ remark: { eq: 'x' } }, { title: { eq: 'x' } }] } }, others('x')],
  ['not or', { not: { or: [{ remark: { eq: 'x' } }, { remark: { eq: 'y' } }] } }, others('x', 'y')],
  ['an empty and', { and: [] }, others()],
  ['an empty or', { or: [] }, []],
  ['not an empty or', { not: { or: [] } }, others()],
  ['or', { or: [{ remark: { eq: 'x' } }, { remark: { eq: 'y' } }] }, ['x', 'y']],
  ['a percent sign', { remark: { contains: '0%' } }, ['100%']],
  ['an underscore', { remark: { contains: 'a_b' } }, ['a_b']],
  ['a backslash', { remark: { contains: 'k\\s' } }, ['back\\slash']],
  ['a quote', { remark: { contains: "t's" } }, ["it's"]],
  ['placeholders', { remark: { contains: '? $1 ?? :x' } }, ['what? $1 ?? :x']],
  ['Chinese', { remark: { contains: '世界' } }, ['你好世界']],
  ['an emoji with its modifier', { remark: { startsWith: '👋🏽' } }, ['👋🏽 hi']],
  ['another case', { remark: { startsWith: 'ärg' } }, ['ÄRGER']],
  ['right to left', { remark: { contains: 'رح' } }, ['مرحبا']],
])('filter: %s', async (_, filter, expected) => {
  expect((await remarks(filter)).toSorted()).toEqual(expected.toSorted())
})

test.each<[string, object, string]>([
  ['an alternative without a condition', { or: [{ remark: { eq: 'x' } }, {}] }, 'filter.or.1'],
  ['an alternative of nothing but null', { or: [{ remark: { eq: null }, title: null, or: null }] }, 'filter.or.0'],
  ['an alternative of an empty and', { or: [{ and: [] }] }, 'filter.or.0'],
  ['an alternative of all that have none', { and: [{ or: [{ and: [{}, { remark: {} }] }] }] }, 'filter.and.0.or.0'],
  ['a negation of nothing', { not: {} }, 'filter.not'],
  ['a negation of a null condition', { not: { remark: { eq: null }, title: null } }, 'filter.not'],
  ['a negation of an empty and', { not: { not: { and: [{}] } } }, 'filter.not.not'],
  ['an alternative of an empty special condition', { or: [{ special: { eq: null } }] }, 'filter.or.0'],
  ['a blank part', { remark: { contains: ' ' } }, 'filter.remark.contains'],
  ['an invisible beginning', { and: [{ remark: { startsWith: '\u200b\u3000' } }] }, 'filter.and.0.remark.startsWith'],
  ['an empty part in a negation', { not: { remark: { contains: '' } } }, 'filter.not.remark.contains'],
  ['an empty text', { remark: { eq: '' } }, 'filter.remark.eq'],
  ['a blank text among others', { remark: { in: ['x', '\u00a0'] } }, 'filter.remark.in.1'],
  ['a blank text of a special condition', { special: { in: [' '] } }, 'filter.special.in.0'],
])('filter: %s is INVALID', (_, filter, path) => {
  const special = { special: () => ({ $and: [] }) }
  expect(() => toWhere<Note>(filter, special)).toThrow(
    expect.objectContaining({ code: 'INVALID', reason: 'filter.empty', fields: [expect.objectContaining({ path })] }),
  )
})

const orders: Order[] = [
  [['rank', 'asc']],
  [['rank', 'desc']],
  [
    ['rank', 'asc'],
    ['title', 'desc'],
  ],
  [['title', 'asc']],
  [['amount', 'desc']],
  [['dueOn', 'asc']],
  [['createdAt', 'desc']],
  [
    ['dueOn', 'desc'],
    ['amount', 'asc'],
    ['createdAt', 'asc'],
  ],
]
const someNote = fc.record({
  rank: fc.integer({ min: -2, max: 2 }),
  title: fc.constantFrom('a', 'B', 'ä', 'ab', '你', '👋', "'", '', ' '),
  amount: fc.constantFrom('0', '-1.5', '0.1', '10', '9', '900719925474099.1234', '900719925474099.1235'),
  due_on: fc.constantFrom('2024-02-29', '2026-01-01', '1969-12-31'),
  created_at: fc.constantFrom('2026-01-01T00:00:00.001Z', '2026-01-01T00:00:00.002Z', '1960-01-01T00:00:00Z'),
  subject_id: fc.constantFrom('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-00000000000a'),
})

test('pages of any size, in any order, walk the whole list once; those by key walk the list of their key', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someNote, { maxLength: 30 }),
      fc.constantFrom(...orders),
      fc.integer({ min: 1, max: 9 }),
      async (notes, orderBy, first) => {
        const tenant = `walk-${tenants.size}`
        await fill(tenant, notes)
        const ctx = svc.context(actorOf(tenant))
        const whole = await paginate(ctx.em, Note, { orderBy, first: 100 })
        expect(whole.nodes).toHaveLength(notes.length)
        const ids = (nodes: readonly Note[]) => nodes.map(({ id }) => id)
        const walk = async (page: (after: string | null) => ReturnType<typeof paginate<Note>>) => {
          const seen: string[] = []
          for (let after: string | null = null; ; ) {
            const { nodes, pageInfo } = await page(after)
            seen.push(...ids(nodes))
            if (!pageInfo.hasNextPage) return seen
            expect(nodes).toHaveLength(first)
            after = pageInfo.endCursor
          }
        }
        expect(await walk((after) => paginate(ctx.em, Note, { orderBy, first, after }))).toEqual(ids(whole.nodes))
        const key = '00000000-0000-4000-8000-00000000000A'
        const ofKey = whole.nodes.filter(({ subjectId }) => subjectId === key.toLowerCase())
        expect(await walk((after) => pageByKey(ctx, Note, { by: 'subjectId', key, orderBy, first, after }))).toEqual(
          ids(ofKey),
        )
      },
    ),
    { numRuns: 40 },
  )
})

const cursorOf = (orderBy: Order, ...values: unknown[]) => cursorOfList('Note', orderBy, ...values)
const cursorOfList = (list: string, orderBy: Order, ...values: unknown[]) =>
  Buffer.from(JSON.stringify([signature({ list, orderBy }), ...values])).toString('base64url')
const id = randomUUID()
const rankOrder: Order = [
  ['rank', 'asc'],
  ['id', 'asc'],
]
const by = (key: string): Order => [
  [key, 'asc'],
  ['id', 'asc'],
]

test.each<[string, Order, string]>([
  ['no cursor at all', rankOrder, 'hello'],
  ['JSON that is no cursor', rankOrder, Buffer.from('{"a":1}').toString('base64url')],
  ['null', rankOrder, Buffer.from('null').toString('base64url')],
  ['an empty text', rankOrder, ''],
  ['a text too long for a cursor', by('title'), cursorOf(by('title'), 'a'.repeat(20_000), id)],
  ['part of a cursor', rankOrder, cursorOf(rankOrder, 1, id).slice(0, -9)],
  ['another list', rankOrder, cursorOfList('Visit', rankOrder, 1, id)],
  [
    'a number beyond all',
    by('amount'),
    Buffer.from(`["${signature({ list: 'Note', orderBy: by('amount') })}",1e999,"${id}"]`).toString('base64url'),
  ],
  ['not a number', by('amount'), cursorOf(by('amount'), 'NaN', id)],
  ['infinity', by('amount'), cursorOf(by('amount'), 'Infinity', id)],
  ['a year before all', by('createdAt'), cursorOf(by('createdAt'), { at: '-000005-01-01T00:00:00.000Z' }, id)],
  ['the year 0', by('createdAt'), cursorOf(by('createdAt'), { at: '0000-01-01T00:00:00.000Z' }, id)],
  ['a day of the year 0', by('dueOn'), cursorOf(by('dueOn'), '0000-01-01', id)],
  ['milliseconds for a time', by('createdAt'), cursorOf(by('createdAt'), { at: 5 }, id)],
  ['another order', rankOrder, cursorOf(by('title'), 'a', id)],
  ['too few values', rankOrder, cursorOf(rankOrder, 1)],
  ['a text for a number', rankOrder, cursorOf(rankOrder, 'a', id)],
  ['a fraction for a whole number', rankOrder, cursorOf(rankOrder, 1.5, id)],
  ['a number out of range', rankOrder, cursorOf(rankOrder, 1e20, id)],
  ['null for a number', rankOrder, cursorOf(rankOrder, null, id)],
  ['a list', rankOrder, cursorOf(rankOrder, [1], id)],
  ['an object', rankOrder, cursorOf(rankOrder, { $gt: 1 }, id)],
  ['an id that is none', rankOrder, cursorOf(rankOrder, 1, 'x')],
  ['a number for an id', rankOrder, cursorOf(rankOrder, 1, 5)],
  ['a number for a text', by('title'), cursorOf(by('title'), 5, id)],
  ['a text that cannot be stored', by('title'), cursorOf(by('title'), 'a\u0000b', id)],
  ['half a character', by('title'), cursorOf(by('title'), 'a\ud800', id)],
  ['a text for a time', by('createdAt'), cursorOf(by('createdAt'), 'yesterday', id)],
  ['no time', by('createdAt'), cursorOf(by('createdAt'), { at: 'yesterday' }, id)],
  ['a time out of range', by('createdAt'), cursorOf(by('createdAt'), { at: '+200000-01-01T00:00:00.000Z' }, id)],
  ['a time for a number', rankOrder, cursorOf(rankOrder, { at: '2026-01-01T00:00:00.000Z' }, id)],
  ['a text for a date', by('dueOn'), cursorOf(by('dueOn'), 'x', id)],
  ['a day that does not exist', by('dueOn'), cursorOf(by('dueOn'), '2026-02-30', id)],
  ['a text for a decimal', by('amount'), cursorOf(by('amount'), '1.x', id)],
])('cursor: %s is INVALID', async (_, orderBy, after) => {
  const ctx = svc.context(actorOf('filters'))
  const invalid = { code: 'INVALID', reason: 'cursor.invalid' }
  const page = { orderBy, after, first: 2 }
  await expect(paginate(ctx.em, Note, page)).rejects.toMatchObject(invalid)
  await expect(pageByKey(ctx, Note, { ...page, by: 'subjectId', key: id })).rejects.toMatchObject(invalid)
})

test.each([{ after: null }, { after: cursorOf(by('title'), '', id) }])(
  'a page of none tells what follows: %j',
  async ({ after }) => {
    const ctx = svc.context(actorOf('filters'))
    const page = { orderBy: by('title'), first: 0, after }
    const pages = [
      await paginate(ctx.em, Note, page),
      await paginate(ctx.em, Note, { ...page, where: { title: 'nobody has this' } }),
      await pageByKey(ctx, Note, { ...page, by: 'subjectId', key: id }),
    ]
    expect(pages.map(({ nodes, pageInfo }) => [nodes, pageInfo.hasNextPage])).toEqual([
      [[], true],
      [[], false],
      [[], false],
    ])
  },
)

test('lists by key keep apart conditions that differ in their SQL, its parameters or special texts only', async () => {
  const subject_id = randomUUID()
  const titles = ["it's; drop table note; --", 'what? ?? $1', 'back\\slash', '{"a"}', '你好 👋']
  await fill(
    'keys',
    titles.map((title, rank) => ({ title, rank, subject_id })),
  )
  const ctx = svc.context(actorOf('keys'))
  const wheres = [
    ...titles.map((title) => toWhere<Note>({ title: { contains: title } })),
    ...titles.map((_, rank) => ({ id: { $in: raw('(select id from note where rank = ?)', [rank]) } })),
    ...titles.map((_, rank) => ({ [raw('rank + 0') as never]: rank })),
  ]
  const pages = await Promise.all(
    wheres.map((where) =>
      pageByKey(ctx, Note, {
        by: 'subjectId',
        key: subject_id,
        where: where as never,
        orderBy: [['rank', 'asc']],
        first: 5,
      }),
    ),
  )
  expect(pages.map(({ nodes }) => nodes.map(({ title }) => title))).toEqual(
    [...titles, ...titles, ...titles].map((title) => [title]),
  )
  expect(await Promise.all(pages.map((page) => page.totalCount))).toEqual(pages.map(() => 1))
})

test.each([
  [{ and: Array(83_000).fill({}) }, 'list.too_long'],
  [{ and: Array(300).fill({}) }, 'filter.too_large'],
  [{ or: Array(20).fill({ and: Array(20).fill({}) }) }, 'filter.too_large'],
  [{ title: { in: Array(1_001).fill('a') } }, 'list.too_long'],
])('a subgraph that is asked directly refuses too much input before it is built (%#)', async (filter, reason) => {
  const headers = { authorization: `Bearer ${await svc.issuer.token({ roles: ['manager'] })}` }
  const query = 'query ($filter: NoteFilter) { notes(filter: $filter) { totalCount } }'
  const { errors } = await svc.subgraph.execute({ query, variables: { filter }, headers })
  expect(errors).toEqual([
    expect.objectContaining({ extensions: expect.objectContaining({ code: 'INVALID', reason }) }),
  ])
})
