import fc from 'fast-check'
import { readRecords } from './csv-records.js'

async function* inChunks(text: string, size = 3) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

const read = async (text: string, delimiter = ',', size = 3, limits?: { cell: number; row: number }) => {
  const records: [line: number, ...cells: string[]][] = []
  const faults: [line: number, reason: string, written: string][] = []
  for await (const { line, cells, fault } of readRecords(inChunks(text, size), delimiter, limits)) {
    if (fault) faults.push([line, fault.reason, cells[0] as string])
    else records.push([line, ...cells])
  }
  return { records, faults }
}

test.each<[string, string, [number, ...string[]][]]>([
  [
    'plain cells',
    'a,b\n1,2\n',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'no line end at the end',
    'a,b\n1,2',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'CRLF',
    'a,b\r\n1,2\r\n',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'CR alone',
    'a,b\r1,2\r',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'empty lines are skipped and counted',
    'a,b\n\n\n1,2\n',
    [
      [1, 'a', 'b'],
      [4, '1', '2'],
    ],
  ],
  [
    'empty cells',
    ',\n"",\n',
    [
      [1, '', ''],
      [2, '', ''],
    ],
  ],
  [
    'a quoted delimiter and a doubled quote',
    'a,b\n"x,""y""",2\n',
    [
      [1, 'a', 'b'],
      [2, 'x,"y"', '2'],
    ],
  ],
  [
    'a line break in a cell',
    'a,b\n"x\ny",2\n3,4\n',
    [
      [1, 'a', 'b'],
      [2, 'x\ny', '2'],
      [4, '3', '4'],
    ],
  ],
  [
    'Chinese and emoji',
    '名称,备注\n青禾,👍🏽\n',
    [
      [1, '名称', '备注'],
      [2, '青禾', '👍🏽'],
    ],
  ],
])('%s', async (_, text, records) => {
  expect(await read(text)).toEqual({ records, faults: [] })
})

test.each<[string, string, number[], [number, string][]]>([
  ['text behind a closed quote', 'a,b\n1,"x"y\n3,4\n5,6\n', [1, 3, 4], [[2, 'csv.quote']]],
  ['a quote within a cell', 'a,b\n1,5" pipe and 6" pipe\n3,4\n', [1, 3], [[2, 'csv.quote']]],
  ['a quote that is never closed', 'a,b\n1,"x\n3,4\n5,6\n', [1, 3, 4], [[2, 'csv.unclosed_quote']]],
  ['an unclosed quote before a good one', 'a,b\n1,"x\n3,"y"\n5,6\n', [1, 3, 4], [[2, 'csv.unclosed_quote']]],
  [
    'two stray quotes with rows between',
    'a,b\n1,"x\n3,4\n5",6\n7,8\n',
    [1, 3, 5],
    [
      [2, 'csv.unclosed_quote'],
      [4, 'csv.unclosed_quote'],
    ],
  ],
  ['an unclosed quote in the last line', 'a,b\n1,2\n3,"', [1, 2], [[3, 'csv.unclosed_quote']]],
])('%s costs only its own line', async (_, text, lines, faults) => {
  const result = await read(text)
  expect(result.records.map(([line]) => line)).toEqual(lines)
  expect(result.faults.map(([line, reason]) => [line, reason])).toEqual(faults)
})

test.each<[string, string, number[], [number, string, string][]]>([
  ['a cell', 'a,b\n1,123456\n3,4\n', [1, 3], [[2, 'csv.cell_too_long', '1']]],
  ['a quoted cell', 'a,b\n1,"123456"\n3,4\n', [1, 3], [[2, 'csv.cell_too_long', '1']]],
  ['a line', `a,b\n1,${'x'.repeat(50)}\n3,4\n`, [1, 3], [[2, 'csv.row_too_long', `1,${'x'.repeat(28)}`]]],
  ['a line of quotes', `a,b\n1,${'"'.repeat(50)}\n3,4\n`, [1, 3], [[2, 'csv.row_too_long', `1,${'"'.repeat(28)}`]]],
  [
    'a line within a quote that is open',
    `a,b\n1,"x\n${'x'.repeat(50)}\n3,4\n`,
    [1, 4],
    [
      [2, 'csv.unclosed_quote', '1,"x'],
      [3, 'csv.row_too_long', 'x'.repeat(30)],
    ],
  ],
  [
    'the last line, which has no end',
    `a,b\n1,${'x'.repeat(50)}`,
    [1],
    [[2, 'csv.row_too_long', `1,${'x'.repeat(28)}`]],
  ],
])('%s beyond the limit costs only its own row', async (_, text, lines, faults) => {
  const limits = { cell: 5, row: 30 }
  for (const size of [1, 3, 7, 1000]) {
    const result = await read(text, ',', size, limits)
    expect(result.records.map(([line]) => line)).toEqual(lines)
    expect(result.faults).toEqual(faults)
  }
})

test('of a line without end no more than the limit is held, and its beginning is what is told', async () => {
  const { faults } = await read(`a\n${'x'.repeat(100_000)}`, ',', 1_000, { cell: 5_000, row: 5_000 })
  expect(faults).toEqual([[2, 'csv.row_too_long', 'x'.repeat(1_000)]])
})

/** Milliseconds of processor time that reading takes, the least of three. */
const costOf = async (text: string) => {
  const costs: number[] = []
  for (let run = 0; run < 3; run++) {
    const before = process.cpuUsage()
    for await (const _ of readRecords(inChunks(text, 65_536), ',')) {
      // Only read.
    }
    const { user, system } = process.cpuUsage(before)
    costs.push((user + system) / 1000)
  }
  return Math.min(...costs)
}

// Eight times the size is 8 times the work where the cost is linear, and 64 times where it is quadratic.
const long = 4 * 1024 * 1024
const short = 64 * 1024
test.each<[string, number, (size: number) => string]>([
  ['one line', long, (size) => 'x'.repeat(size)],
  ['one quoted cell', long, (size) => `"${'x'.repeat(size)}"`],
  ['quotes in one line', long, (size) => '"'.repeat(size)],
  ['cells', long, (size) => ','.repeat(size)],
  ['blank lines', short, (size) => '\n'.repeat(size)],
  ['blank lines within a quote', short, (size) => `"${'\n'.repeat(size)}"`],
  ['stray quotes, one in each line', short, (size) => 'a"b\n'.repeat(size / 4)],
  ['stray quotes apart', short, (size) => `"${'ab\n'.repeat(3_000)}`.repeat(size / 8_192)],
])('the cost of %s is linear', async (_, size, build) => {
  const [small, large] = [await costOf(build(size)), await costOf(build(8 * size))]
  expect(large).toBeLessThan(20 * Math.max(small, 5))
})

test('an unclosed quote at the start of a large file does not swallow it', async () => {
  const rows = Array.from({ length: 60_000 }, (_, at) => `${at},some text that makes the row longer`)
  const { records, faults } = await read(['a,b', '1,"x', ...rows].join('\n'), ',', 65_536)
  expect(faults).toEqual([[2, 'csv.unclosed_quote', '1,"x']])
  expect(records).toHaveLength(rows.length + 1)
})

test('whatever is written with quotes is read back', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', ' ', '名', '\t', "'") })
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }))
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom(',', ';', '\t'),
      fc.integer({ min: 1, max: 9 }),
      async (rows, delimiter, size) => {
        const text = rows
          .map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(delimiter))
          .join('\n')
        const { records, faults } = await read(text, delimiter, size)
        expect(faults).toEqual([])
        expect(records.map(([, ...cells]) => cells)).toEqual(rows)
      },
    ),
  )
})
