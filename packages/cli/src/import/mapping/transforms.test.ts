import { CellFault, TransformFault, transformNames, transformOf } from './transforms.js'

const apply = (name: string, argument: unknown, text: string, type = 'String') => {
  const transform = transformOf(name, argument, type)
  if (!transform) throw new Error(`no transform ${name}`)
  return transform(text)
}
const date = (format: string, zone?: string) => ({ format, ...(zone && { zone }) })

const german = { point: ',', group: '.' }
const berlin = (twice?: string) => ({ ...date('yyyy-MM-dd HH:mm', 'Europe/Berlin'), ...(twice && { twice }) })

interface Spellings {
  argument?: unknown
  /** GraphQL type that the value is for. */
  type?: string
  accepted: [written: string, read: string | null][]
  refused?: string[]
  reason?: string
}

const spellings: Record<string, Spellings[]> = {
  trim: [
    {
      accepted: [
        ['  a b ', 'a b'],
        ['   ', null],
      ],
    },
  ],
  lower: [{ accepted: [['ÄB', 'äb']] }],
  upper: [{ accepted: [['äb', 'ÄB']] }],
  integerText: [
    {
      accepted: [
        ['17850.0', '17850'],
        ['17850.00', '17850'],
        ['-3', '-3'],
        ['+3', '3'],
        ['007', '007'],
        [' 7 ', '7'],
      ],
      refused: ['17850.5', 'abc', '1.000', '1,000', '1.785E+04', '', '1.', '--1', '１２'],
      reason: 'cell.integer',
    },
  ],
  decimal: [
    {
      accepted: [
        ['007.50', '7.50'],
        ['-.5', '-0.5'],
        ['+12', '12'],
        ['5.', '5'],
        ['0', '0'],
        ['000', '0'],
        ['1.500', '1.500'],
      ],
      refused: ['1,5', '1e5', '1.2.3', '.', '', '-', '1 000', '12-', '$5', '0x10', 'NaN', '１２'],
      reason: 'cell.decimal',
    },
    {
      argument: german,
      accepted: [
        ['1.234.567,89', '1234567.89'],
        ['1234567,89', '1234567.89'],
        ['1.234', '1234'],
        ['19,99', '19.99'],
        ['-1.234,5', '-1234.5'],
        [',5', '0.5'],
      ],
      refused: [
        '19.99',
        '1.5',
        '0.123',
        '1.2345',
        '12.34.567,8',
        '1234.567',
        '1.234,567.890',
        '1..234',
        '.234',
        '1.234.',
        '1,234,567',
      ],
      reason: 'cell.decimal',
    },
    {
      argument: { group: ',' },
      accepted: [
        ['1,234.5', '1234.5'],
        ['12,345,678', '12345678'],
      ],
      refused: ['12,34,567', '1,5', '19,99', '1.234,5'],
      reason: 'cell.decimal',
    },
    {
      argument: { point: ',', group: ' ' },
      accepted: [
        ['1 234,5', '1234.5'],
        ['1\u00a0234\u00a0567', '1234567'],
        ['1\u202f234', '1234'],
      ],
      refused: ['1 23', '1  234', '1 234\u00a0567', '1.5'],
      reason: 'cell.decimal',
    },
    { argument: { point: ',' }, accepted: [['1,5', '1.5']], refused: ['1.5', '1.234,5'], reason: 'cell.decimal' },
  ],
  date: [
    {
      argument: date('yyyy-MM-dd HH:mm:ss.SSS', 'UTC'),
      accepted: [['1996-07-04 00:00:00.000', '1996-07-04T00:00:00.000Z']],
      refused: ['1996-07-04', '1996-07-04 00:00:00', '1996-07-04T00:00:00.000'],
    },
    { argument: date('d.M.yyyy', 'Asia/Shanghai'), accepted: [['4.7.1996', '1996-07-03T16:00:00.000Z']] },
    {
      argument: date('dd/MM/yyyy H:mm', 'Europe/London'),
      accepted: [['01/07/2011 9:30', '2011-07-01T08:30:00.000Z']],
      refused: ['1/7/2011 9:30', '13/13/2011 9:30', '01/07/11 9:30'],
    },
    {
      argument: date('yyyy-MM-dd HH:mm', 'America/St_Johns'),
      accepted: [['2026-01-05 12:00', '2026-01-05T15:30:00.000Z']],
    },
    {
      argument: date('yyyy-MM-dd', 'UTC'),
      accepted: [['2024-02-29', '2024-02-29T00:00:00.000Z']],
      refused: ['2023-02-29', '2023-2-3', '2023-00-10', '2023-04-31', ''],
    },
    { argument: date('yyyy-MM-dd HH:mm', 'UTC'), accepted: [], refused: ['2023-02-03 24:00', '2023-02-03 12:60'] },
    { argument: date('yyyyMMdd'), type: 'Date', accepted: [['20240229', '2024-02-29']], refused: ['20230229'] },
    // The clocks of Berlin show 02:30 twice in October 2026, and never in March.
    { argument: berlin(), accepted: [['2026-10-25 01:59', '2026-10-24T23:59:00.000Z']] },
    { argument: berlin(), accepted: [], refused: ['2026-10-25 02:30'], reason: 'cell.date_twice' },
    { argument: berlin('refuse'), accepted: [], refused: ['2026-10-25 02:30'], reason: 'cell.date_twice' },
    { argument: berlin('earlier'), accepted: [['2026-10-25 02:30', '2026-10-25T00:30:00.000Z']] },
    { argument: berlin('later'), accepted: [['2026-10-25 02:30', '2026-10-25T01:30:00.000Z']] },
    ...['refuse', 'earlier', 'later'].map((twice) => ({
      argument: berlin(twice),
      accepted: [['2026-03-29 03:00', '2026-03-29T01:00:00.000Z']] as [string, string][],
      refused: ['2026-03-29 02:30'],
      reason: 'cell.date_skipped',
    })),
    // Lord Howe moves its clocks by half an hour.
    {
      argument: date('yyyy-MM-dd HH:mm', 'Australia/Lord_Howe'),
      accepted: [['2026-04-05 02:00', '2026-04-04T15:30:00.000Z']],
      refused: ['2026-04-05 01:45'],
      reason: 'cell.date_twice',
    },
    // A day begins at one where midnight is skipped, and at the first of two midnights.
    {
      argument: date('yyyy-MM-dd', 'America/Sao_Paulo'),
      accepted: [
        ['2018-11-04', '2018-11-04T03:00:00.000Z'],
        ['2018-02-18', '2018-02-18T03:00:00.000Z'],
      ],
    },
    { argument: date('yyyy-MM-dd', 'Asia/Beirut'), accepted: [['2024-03-31', '2024-03-30T22:00:00.000Z']] },
    { argument: date('yyyy-MM-dd', 'Africa/Cairo'), accepted: [['2024-04-26', '2024-04-25T22:00:00.000Z']] },
    {
      argument: { ...date('d.M.yyyy', 'America/Havana'), twice: 'later' },
      accepted: [['2.11.2025', '2025-11-02T04:00:00.000Z']],
    },
    // Samoa had no 30 December 2011.
    {
      argument: date('yyyy-MM-dd', 'Pacific/Apia'),
      accepted: [['2011-12-31', '2011-12-30T10:00:00.000Z']],
      refused: ['2011-12-30'],
      reason: 'cell.date_skipped',
    },
    {
      argument: date('yyyy-MM-dd HH:mm', 'America/Sao_Paulo'),
      accepted: [],
      refused: ['2018-11-04 00:00'],
      reason: 'cell.date_skipped',
    },
  ],
  map: [
    {
      argument: { f: 'FEMALE', '-': null },
      accepted: [
        ['f', 'FEMALE'],
        ['-', null],
      ],
      refused: ['x', 'F', ' f', '', 'toString'],
      reason: 'cell.unmapped',
    },
    {
      argument: { f: 'FEMALE', '*': 'OTHER' },
      accepted: [
        ['f', 'FEMALE'],
        ['x', 'OTHER'],
      ],
    },
  ],
  startsWith: [
    {
      argument: { text: 'C', yes: 'CANCELLATION', no: 'SALE' },
      accepted: [
        ['C536379', 'CANCELLATION'],
        ['536379', 'SALE'],
        ['c1', 'SALE'],
      ],
    },
    { argument: { text: 'C', yes: 'x' }, accepted: [['536379', null]] },
  ],
  part: [
    {
      argument: { of: ' ', at: 1 },
      accepted: [
        ['Maria Anders', 'Maria'],
        ['  Maria', 'Maria'],
      ],
    },
    {
      argument: { of: ' ', at: 2 },
      accepted: [
        ['Maria  Anders', 'Anders'],
        ['Maria', null],
      ],
    },
    { argument: { of: ' ', at: -1 }, accepted: [['Maria Anders', 'Anders']] },
    { argument: { of: ',', at: 2 }, accepted: [['a,,b', null]] },
  ],
  prefix: [{ argument: 'C-', accepted: [['7', 'C-7']] }],
  suffix: [{ argument: ' kg', accepted: [['7', '7 kg']] }],
}

test('every transform has a table of what it accepts and refuses', () => {
  expect(Object.keys(spellings)).toEqual(transformNames)
})

const tables = Object.entries(spellings).flatMap(([name, each]) =>
  each.map((table) => [name, table.argument, table] as const),
)

describe.each(tables)(
  '%s %j',
  (name, argument, { type = 'DateTime', accepted, refused = [], reason = 'cell.date' }) => {
    if (accepted.length) {
      test.each(accepted)('reads "%s" as %s', (written, read) => {
        expect(apply(name, argument, written, type)).toBe(read)
      })
    }
    if (refused.length) {
      test.each(refused)('refuses "%s"', (written) => {
        expect(() => apply(name, argument, written, type)).toThrow(expect.objectContaining({ reason }))
        expect(() => apply(name, argument, written, type)).toThrow(CellFault)
      })
    }
  },
)

test.each<[string, unknown]>([
  ['trim', 'x'],
  ['prefix', undefined],
  ['prefix', ['x']],
  ['date', undefined],
  ['date', { format: 'yyyy-MM-dd' }],
  ['date', { format: 'yy-MM-dd', zone: 'UTC' }],
  ['date', { format: 'yyyy-MM', zone: 'UTC' }],
  ['date', { format: 'yyyy-MM-dd', zone: 'Mars/Olympus' }],
  ['date', { format: 'yyyy-MM-dd', zone: 'UTC', twice: 'both' }],
  ['decimal', { points: ',' }],
  ['decimal', { point: ',', group: ',' }],
  ['decimal', { group: '.' }],
  ['decimal', { point: '' }],
  ['decimal', { point: ', ' }],
  ['decimal', { group: '1' }],
  ['map', [1]],
  ['map', {}],
  ['startsWith', { text: 'C' }],
  ['part', { of: ' ', at: 'first' }],
  ['part', { of: ' ', at: 0 }],
  ['part', { of: '', at: 1 }],
])('%s takes no %j', (name, argument) => {
  expect(() => transformOf(name, argument, 'DateTime')).toThrow(TransformFault)
})

test('an unknown transform is none, nor is what objects have anyway', () => {
  expect(transformOf('trimm', undefined, 'String')).toBeUndefined()
  expect(transformOf('toString', undefined, 'String')).toBeUndefined()
})
