import pg from 'pg'
import { startImports } from '../../fixture/import.js'

const { platform, sql, api, file, path, read, refused, events, ...run } = await startImports()

const people = `
system: people
rows:
  externalId: { column: 编号 }
  kind: PERSON
  displayName: { column: 名称 }
  person.birthDate: { column: 生日 }
  contactPoints:
    - { kind: MOBILE, value: { column: 电话 }, country: CN }
`
const map = await file('people.yaml', people)
const customers = (system = 'people') =>
  sql<{ key: string; name: string }>(
    'select origin_external_id as key, display_name as name from customer where origin_system = ? order by 1',
    [system],
  )

// 上海华星 and 北京, in GB18030, which Node reads but does not write.
const gb18030 = { header: 'b1e0bac53bc3fbb3c63bc9fac8d53bb5e7bbb0', shanghai: 'c9cfbaa3bbaad0c7', beijing: 'b1b1bea9' }

test('a GB18030 file with semicolons keeps its Chinese names; a second run changes nothing and emits nothing', async () => {
  const text = Buffer.concat([
    Buffer.from(gb18030.header, 'hex'),
    Buffer.from('\r\nG1;'),
    Buffer.from(gb18030.shanghai, 'hex'),
    Buffer.from(';1990-01-02;13800138000\r\nG2;'),
    Buffer.from(gb18030.beijing, 'hex'),
    Buffer.from(';;123\r\n'),
  ])
  const source = await file('gb.csv', text)
  const first = await run.import({ what: 'customers', file: source, map })
  expect(first).toMatchObject({ created: 2, rejected: 0, warnings: 1, errorFile: null, stopped: false })
  expect(await customers()).toEqual([
    { key: 'G1', name: '上海华星' },
    { key: 'G2', name: '北京' },
  ])
  const before = await events()
  expect(before).toBe(2)
  expect(await run.import({ what: 'customers', file: source, map })).toMatchObject({
    created: 0,
    updated: 0,
    unchanged: 2,
  })
  expect(await events()).toBe(before)
})

test('bad rows stop no other: broken CSV, what the mapping and what the API refuses, each with line, column and reason', async () => {
  const bad = await file(
    'bad.csv',
    [
      '编号,名称,生日,电话',
      'B1,好,,',
      'B2,"x"y,,',
      'B3,a,b,c,d',
      'B4,a,1990-02-30,',
      'B5,a,2999-01-01,',
      ',a,,',
      'B7,"a',
      'B8,好,,',
      'B1,别,,',
      'B1,好,,',
    ].join('\n'),
  )
  const summary = await run.import({ what: 'customers', file: bad, map })
  expect(summary).toMatchObject({ rows: 10, created: 1, unchanged: 0, rejected: 9, rejectedRows: 9 })
  expect((await refused(summary.errorFile)).map((row) => row.join(' '))).toEqual([
    '3  csv.quote',
    '4  csv.columns',
    '5 生日 scalar.Date',
    '6 生日 date.out_of_range',
    '7 编号 cell.empty',
    '8  csv.unclosed_quote',
    '9  csv.behind_unclosed_quote',
    '10  csv.behind_unclosed_quote',
    '11  csv.behind_unclosed_quote',
  ])
})

test('text of a cell never becomes a customer or a line, however wrong its row is', async () => {
  const head = '编号,名称,生日,电话\nC1,"好\n'
  for (const end of [',,,c', '', ',1990-02-30,"1"2', ',,"']) {
    const source = await file('cell.csv', `${head}C9,鬼,,\n"${end}\n`)
    const summary = await run.import({ what: 'customers', file: source, map })
    expect(summary).toMatchObject({ created: 0, updated: 0 })
    expect((await refused(summary.errorFile))[0]).toEqual(['2', '', expect.stringContaining('csv.')])
  }
  expect((await customers()).filter(({ key }) => key.startsWith('C'))).toEqual([])
})

test('ids that are stored alike are one id: the second row goes back, and an equal one changes nothing', async () => {
  const source = await file('alike.csv', '编号,名称,生日,电话\nA1,甲,,\nA1\u3000,乙,,\nA2,甲,,\nA2,甲,,\nA1\0,丙,,\n')
  const told = { created: 2, unchanged: 1, rejected: 2 }
  for (const dryRun of [true, false]) {
    const summary = await run.import({ what: 'customers', file: source, map, dryRun })
    expect(summary).toMatchObject(told)
    expect((await refused(summary.errorFile)).map((row) => row.join(' '))).toEqual([
      '3  row.repeated',
      '6 编号 text.malformed',
    ])
  }
  expect((await customers()).filter(({ key }) => key.startsWith('A'))).toEqual([
    { key: 'A1', name: '甲' },
    { key: 'A2', name: '甲' },
  ])
})

test('the error file can be corrected and imported', async () => {
  const source = await file('fix.csv', '编号,名称,生日,电话\nF1,=好,1990-99-01,\nF2,好,,\n')
  const { errorFile } = await run.import({ what: 'customers', file: source, map })
  const corrected = await file('fixed.csv', (await read(errorFile)).replace('1990-99-01', '1990-09-01'))
  expect(await run.import({ what: 'customers', file: corrected, map })).toMatchObject({ created: 1, errorFile: null })
  expect(await customers()).toEqual(expect.arrayContaining([{ key: 'F1', name: '=好' }]))
})

test('a tenth of the rows is bad, and all others are there', async () => {
  const lines = Array.from({ length: 500 }, (_, at) => (at % 10 ? `T${at},客户 ${at},,` : `T${at},客户 ${at},never,`))
  const source = await file('tenth.csv', ['编号,名称,生日,电话', ...lines].join('\n'))
  expect(await run.import({ what: 'customers', file: source, map })).toMatchObject({ created: 450, rejected: 50 })
  expect((await customers()).filter(({ key }) => key.startsWith('T'))).toHaveLength(450)
})

test('a dry run tells the same and leaves nothing', async () => {
  const source = await file('dry.csv', '编号,名称,生日,电话\nD1,好,,\nD2,好,2999-01-01,\n')
  const before = await events()
  const dry = await run.import({ what: 'customers', file: source, map, dryRun: true })
  expect(dry).toMatchObject({ dryRun: true, created: 1, rejected: 1, rejectedRows: 1 })
  expect(await events()).toBe(before)
  expect((await customers()).filter(({ key }) => key.startsWith('D'))).toEqual([])
})

test('a row that no request can carry is refused alone', async () => {
  const source = await file('huge.csv', `编号,名称,生日,电话\nH1,好,,\nH2,${'好'.repeat(120_000)},,\nH3,好,,\n`)
  const summary = await run.import({ what: 'customers', file: source, map })
  expect(summary).toMatchObject({ created: 2, rejected: 1 })
  expect(await refused(summary.errorFile)).toEqual([['3', '', 'body.too_large']])
})

const sales = await file(
  'sales.yaml',
  `
system: people
rows:
  externalId: { column: order }
  customer.externalId: { column: who }
  orderedAt: { column: day, transform: { date: { format: yyyy-MM-dd, zone: Asia/Shanghai } } }
  currency: CNY
lines:
  key: order
  fields: { sku: { column: sku }, quantity: { column: n }, unitPrice: { column: price } }
`,
)
const totals = () =>
  sql<{ key: string; total: string; lines: number }>(
    `select origin_external_id as key, total::text, (select count(*)::int from purchase_line l where l.purchase_id = p.id) as lines
     from purchase p where origin_system = 'people' order by 1`,
  )

test('lines of a purchase need not stand together, and one that is wrong refuses its whole purchase', async () => {
  const source = await file(
    'sales.csv',
    [
      'order,who,day,sku,n,price',
      'S1,G1,2026-01-02,a,1,10.5',
      'S2,G1,2026-01-02,a,1,1',
      'S1,G1,2026-01-02,b,2,0.25',
      'S2,G1,2026-01-02,b,many,1',
      'S3,nobody,2026-01-02,a,1,1',
      'S4,G1,2026-01-02,a,1,1',
      'S4,G2,2026-01-02,b,1,1',
      'S5,G1,2026-01-02,a,1,"1"1',
      'S5,G1,2026-01-02,b,1,1',
      'S6,G2,2026-01-02,a,0,1',
      'S7,G1,2026-01-02,a,1,1',
      'S7,G1,2026-01-02,"b',
      'S8,G1,2026-01-02,c,1,1',
      '",1,5" pipe',
    ].join('\n'),
  )
  const summary = await run.import({ what: 'purchases', file: source, map: sales })
  expect(summary).toMatchObject({ rows: 12, created: 1, lines: 2, rejected: 6, rejectedRows: 10 })
  expect(new Set((await refused(summary.errorFile)).map((row) => row.join(' ')))).toEqual(
    new Set([
      '3  purchase.rejected',
      '5 n cell.decimal',
      '6 who customer.unknown',
      '7  purchase.rejected',
      '8  purchase.customers',
      '9  csv.quote',
      '10  purchase.rejected',
      '11 n number.out_of_range',
      '12  purchase.rejected',
      '13  csv.quote',
    ]),
  )
  expect(await totals()).toEqual([{ key: 'S1', total: '11.0000', lines: 2 }])
})

test('lines of a file of their own; what fits nothing goes to the error file of its file', async () => {
  const heads = await file(
    'heads.csv',
    'order,who,day\nJ1,G1,2026-01-02\nJ2,G1,2026-01-02\nJ3,G1,2026-01-02\nJ1,G1,2026-01-02\n',
  )
  const lines = await file('lines.csv', 'order,sku,n,price\nJ1,a,1,2\nJ9,a,1,2\nJ2,a,1,x\nJ1,b,1,3\n')
  const summary = await run.import({ what: 'purchases', file: heads, lines, map: sales })
  expect(summary).toMatchObject({ created: 1, lines: 2, rejected: 4, rejectedRows: 5 })
  expect(await refused(summary.errorFile)).toEqual([
    ['3', '', 'purchase.rejected'],
    ['4', 'order', 'purchase.no_lines'],
    ['5', 'order', 'row.repeated'],
  ])
  expect(await refused(summary.linesErrorFile)).toEqual([
    ['3', 'order', 'line.no_purchase'],
    ['4', 'price', 'cell.decimal'],
  ])
})

test('nothing is sent when the mapping is wrong, nor without permission', async () => {
  const source = await file('none.csv', '编号,名称,生日,电话\nN1,好,,\n')
  const wrong = await file('wrong.yaml', people.replace('displayName', 'displayNam'))
  await expect(run.import({ what: 'customers', file: source, map: wrong })).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'mapping.invalid',
    fields: [{ path: 'rows.displayNam', reason: 'mapping.unknown_field' }],
  })
  await expect(run.import({ what: 'customers', file: source, map, api: api('analyst') })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  const system = await file('system.yaml', people.replace('system: people', 'system: two words'))
  await expect(run.import({ what: 'customers', file: source, map: system })).rejects.toMatchObject({
    code: 'INVALID',
    fields: [{ path: 'input.system' }],
  })
  expect((await customers()).filter(({ key }) => key.startsWith('N'))).toEqual([])
})

test('customers outside the access scope of whoever imports are refused with their column; the others become theirs', async () => {
  const placed = await file('placed.yaml', `${people}  territory: { column: 区域 }\n`)
  const source = await file(
    'placed.csv',
    '编号,名称,生日,电话,区域\nR1,好,,,华东/上海\nR2,好,,,华东区\nR3,好,,,\nG1,好,,,华东\n',
  )
  const manager = { roles: ['manager'], territories: ['华东'], subject: 'mia' }
  const importing = { what: 'customers', file: source, map: placed, api: api(manager) } as const
  const summary = await run.import(importing)
  expect(summary).toMatchObject({ created: 2, rejected: 2 })
  expect(new Set((await refused(summary.errorFile)).map((row) => row.join(' ')))).toEqual(
    new Set(['3 区域 customer.out_of_scope', '5 编号 customer.out_of_scope']),
  )
  expect(await run.import(importing)).toMatchObject({ unchanged: 2, rejected: 2 })
  expect(
    await sql('select origin_external_id as key, owner_id, territory from customer where owner_id = ?', ['mia']),
  ).toEqual([{ key: 'R3', owner_id: 'mia', territory: '华东' }])
})

test('a stop lets the batch in flight end; running it again goes on', async () => {
  const lines = Array.from({ length: 900 }, (_, at) => `Z${at},客户 ${at},,`)
  const source = await file('stop.csv', ['编号,名称,生日,电话', ...lines].join('\n'))
  const stopping = new AbortController()
  const manager = api()
  const stopsAfterFirst: typeof manager = {
    call: async (query, variables, signal) => {
      if (query.startsWith('mutation')) stopping.abort()
      return manager.call(query, variables, signal)
    },
  }
  const first = await run.import({
    what: 'customers',
    file: source,
    map,
    api: stopsAfterFirst,
    signal: stopping.signal,
  })
  expect(first).toMatchObject({ stopped: true, rejected: 0 })
  expect(first.created).toBeLessThanOrEqual(200)
  const second = await run.import({ what: 'customers', file: source, map })
  // A batch that took too long is in all the same; it only was not waited for.
  expect(second).toMatchObject({ stopped: false, created: expect.any(Number), unchanged: expect.any(Number) })
  expect([700, 900]).toContain(second.created)
  expect(second.created + second.unchanged).toBe(900)
})

test('a row that fails in the database or with its event, whatever the reason, is told alone and stops no other', async () => {
  const owner = new pg.Client({ connectionString: platform.urls('profiles').ownerUrl })
  await owner.connect()
  platform.defer(() => owner.end())
  await owner.query(`
    create function fail_for_test() returns trigger language plpgsql as $$ declare row jsonb = to_jsonb(new); begin
      if row ->> 'origin_external_id' like 'fails %' then
        raise exception 'for test' using errcode = substr(row ->> 'origin_external_id', 7, 5);
      end if;
      if row ->> 'event' like '%"FAILS-1"%' then raise exception 'event'; end if;
      return new;
    end $$;
    create trigger fail_for_test before insert on customer for each row execute function fail_for_test();
    create trigger fail_for_test before insert on purchase for each row execute function fail_for_test();
    create trigger fail_for_test before insert on outbox for each row execute function fail_for_test();`)
  const numbered = await file('numbered.yaml', `${people}  number: { column: 号码 }\n`)
  // A check, a number too large, a key that is there, a fault of the program.
  const codes = new Map([
    [5, '23514'],
    [6, '22003'],
    [40, '23505'],
    [59, 'XX000'],
  ])
  const wrong = [...codes].map(([at, code]) => `${at + 2}  ${code === '23505' ? 'write.conflict' : 'row.failed'}`)
  const told = async (path: string | null) => (await refused(path)).map((row) => row.join(' '))
  const rows = (row: (id: string, at: number) => string) =>
    Array.from({ length: 60 }, (_, at) => row(codes.has(at) ? `fails ${codes.get(at)}` : `I${at}`, at))

  const customerRows = rows((id, at) => `${id},好,,,${at === 50 ? 'FAILS-1' : ''}`)
  const source = await file('isolated.csv', ['编号,名称,生日,电话,号码', ...customerRows].join('\n'))
  for (const dryRun of [true, false]) {
    const made = await run.import({ what: 'customers', file: source, map: numbered, dryRun })
    expect(made).toMatchObject({ created: 55, rejected: 5 })
    expect(new Set(await told(made.errorFile))).toEqual(new Set([...wrong, '52  row.failed']))
  }
  const dry = await run.import({
    what: 'purchases',
    file: await file(
      'isolated.csv',
      ['order,who,day,sku,n,price', ...rows((id) => `${id},I1,2026-01-02,a,1,1`)].join('\n'),
    ),
    map: sales,
    dryRun: true,
  })
  expect(dry).toMatchObject({ created: 56, rejected: 4 })
  expect(new Set(await told(dry.errorFile))).toEqual(new Set(wrong))
  expect((await customers()).filter(({ key }) => key.startsWith('I'))).toHaveLength(55)
})

test('every customer and purchase has exactly one event', async () => {
  const count = await events()
  const [{ rows } = { rows: 0 }] = await sql<{ rows: number }>(
    'select (select count(*) from customer)::int + (select count(*) from purchase)::int as rows',
  )
  expect(count).toBe(rows)
})
