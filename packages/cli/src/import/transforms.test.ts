import { CellFault, TransformFault, transformOf } from './transforms.js'

const apply = (name: string, argument: unknown, text: string, type = 'String') => {
  const transform = transformOf(name, argument, type)
  if (!transform) throw new Error(`no transform ${name}`)
  return transform(text)
}
const date = (format: string, zone?: string) => ({ format, ...(zone && { zone }) })

test.each<[string, unknown, string, string | null, string?]>([
  ['trim', undefined, '  a b ', 'a b'],
  ['trim', undefined, '   ', null],
  ['lower', undefined, 'ÄB', 'äb'],
  ['upper', undefined, 'äb', 'ÄB'],
  ['integerText', undefined, '17850.0', '17850'],
  ['integerText', undefined, '-3', '-3'],
  ['decimal', undefined, '007.50', '7.50'],
  ['decimal', undefined, '-.5', '-0.5'],
  ['decimal', undefined, '+12', '12'],
  ['decimal', { point: ',', group: '.' }, '1.234.567,89', '1234567.89'],
  ['decimal', { group: ',' }, '1,234.5', '1234.5'],
  ['date', date('yyyy-MM-dd HH:mm:ss.SSS', 'UTC'), '1996-07-04 00:00:00.000', '1996-07-04T00:00:00.000Z', 'DateTime'],
  ['date', date('d.M.yyyy', 'Asia/Shanghai'), '4.7.1996', '1996-07-03T16:00:00.000Z', 'DateTime'],
  ['date', date('dd/MM/yyyy H:mm', 'Europe/London'), '01/07/2011 9:30', '2011-07-01T08:30:00.000Z', 'DateTime'],
  ['date', date('yyyy-MM-dd HH:mm', 'Europe/Berlin'), '2026-10-25 02:30', '2026-10-25T00:30:00.000Z', 'DateTime'],
  ['date', date('yyyy-MM-dd HH:mm', 'America/St_Johns'), '2026-01-05 12:00', '2026-01-05T15:30:00.000Z', 'DateTime'],
  ['date', date('yyyyMMdd'), '20240229', '2024-02-29', 'Date'],
  ['map', { f: 'FEMALE', '*': 'OTHER' }, 'f', 'FEMALE'],
  ['map', { f: 'FEMALE', '*': 'OTHER' }, 'x', 'OTHER'],
  ['map', { '-': null }, '-', null],
  ['startsWith', { text: 'C', yes: 'CANCELLATION', no: 'SALE' }, 'C536379', 'CANCELLATION'],
  ['startsWith', { text: 'C', yes: 'CANCELLATION', no: 'SALE' }, '536379', 'SALE'],
  ['startsWith', { text: 'C', yes: 'x' }, '536379', null],
  ['part', { of: ' ', at: 1 }, 'Maria Anders', 'Maria'],
  ['part', { of: ' ', at: -1 }, 'Maria Anders', 'Anders'],
  ['part', { of: ' ', at: 3 }, 'Maria Anders', null],
  ['prefix', 'C-', '7', 'C-7'],
  ['suffix', ' kg', '7', '7 kg'],
])('%s %j of "%s"', (...[name, argument, text, expected, type]) => {
  expect(apply(name, argument, text, type)).toBe(expected)
})

test.each<[string, unknown, string, string]>([
  ['integerText', undefined, '17850.5', 'cell.integer'],
  ['integerText', undefined, 'abc', 'cell.integer'],
  ['decimal', undefined, '1,5', 'cell.decimal'],
  ['decimal', { point: ',' }, '1.5', 'cell.decimal'],
  ['decimal', undefined, '1e5', 'cell.decimal'],
  ['date', date('yyyy-MM-dd', 'UTC'), '2023-02-29', 'cell.date'],
  ['date', date('yyyy-MM-dd', 'UTC'), '2023-2-3', 'cell.date'],
  ['date', date('yyyy-MM-dd HH:mm', 'UTC'), '2023-02-03 24:00', 'cell.date'],
  ['date', date('yyyy-MM-dd HH:mm', 'Europe/Berlin'), '2026-03-29 02:30', 'cell.date'],
  ['map', { f: 'FEMALE' }, 'x', 'cell.unmapped'],
])('%s %j refuses "%s"', (name, argument, text, reason) => {
  expect(() => apply(name, argument, text, 'DateTime')).toThrow(expect.objectContaining({ reason }))
  expect(() => apply(name, argument, text, 'DateTime')).toThrow(CellFault)
})

test.each<[string, unknown]>([
  ['trim', 'x'],
  ['prefix', undefined],
  ['prefix', ['x']],
  ['date', undefined],
  ['date', { format: 'yyyy-MM-dd' }],
  ['date', { format: 'yy-MM-dd', zone: 'UTC' }],
  ['date', { format: 'yyyy-MM', zone: 'UTC' }],
  ['date', { format: 'yyyy-MM-dd', zone: 'Mars/Olympus' }],
  ['decimal', { points: ',' }],
  ['map', [1]],
  ['map', {}],
  ['startsWith', { text: 'C' }],
  ['part', { of: ' ', at: 'first' }],
])('%s takes no %j', (name, argument) => {
  expect(() => transformOf(name, argument, 'DateTime')).toThrow(TransformFault)
})

test('an unknown transform is none, nor is what objects have anyway', () => {
  expect(transformOf('trimm', undefined, 'String')).toBeUndefined()
  expect(transformOf('toString', undefined, 'String')).toBeUndefined()
})
