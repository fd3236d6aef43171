import { vi } from 'vitest'
import { startImports } from '../../fixture/import.js'
import { importFile } from './import.command.js'

const { platform, file, path } = await startImports()
const map = await file(
  'm.yaml',
  'system: cli\nrows:\n  externalId: { column: id }\n  kind: PERSON\n  displayName: { column: name }\n',
)
const good = await file('good.csv', 'id,name\n1,甲\n')
const mixed = await file('mixed.csv', 'id,name\n2,乙\n,丙\n')
const latin = await file('latin.csv', Buffer.from('id,name\n3,Müller\n', 'latin1'))
const token = await platform.token('manager')

const out = vi.spyOn(console, 'log').mockImplementation(() => {})
const err = vi.spyOn(console, 'error').mockImplementation(() => {})
const clientele = async (...args: string[]) => {
  out.mockClear()
  err.mockClear()
  const code = await importFile.run([...args, '--url', platform.url, '--token', token])
  return {
    code,
    json: out.mock.calls.map(([text]) => JSON.parse(String(text)) as any),
    told: err.mock.calls.join('\n'),
  }
}

test('all accepted: exit code 0 and one summary', async () => {
  const { code, json, told } = await clientele('customers', good, '--map', map, '--json')
  expect(code).toBe(0)
  expect(json).toEqual([
    expect.objectContaining({
      imported: 'customers',
      created: 1,
      rejected: 0,
      errorFile: null,
      seconds: expect.any(Number),
    }),
  ])
  expect(told).toContain('1 created')
})

test('some refused: exit code 3 and the error file beside the file', async () => {
  const { code, json } = await clientele('customers', mixed, '--map', map, '--json')
  expect(code).toBe(3)
  expect(json[0]).toMatchObject({ created: 1, rejected: 1, errorFile: path('mixed.csv.errors.csv') })
})

test.each<[string, string[], number, string]>([
  ['wrong encoding', ['customers', latin, '--map', map], 1, 'file.encoding'],
  ['a mapping for something else', ['purchases', good, '--map', map], 2, 'mapping.invalid'],
])('%s: told with its code, also as JSON', async (_, args, code, reason) => {
  const result = await clientele(...args, '--json')
  expect(result.code).toBe(code)
  expect(result.json).toEqual([{ error: expect.objectContaining({ code: 'INVALID', reason }) }])
  expect(result.told).toContain(`INVALID ${reason}`)
})

test.each<[string, string[], RegExp]>([
  ['nothing', [], /customers FILE/],
  ['something else', ['orders', good, '--map', map], /customers FILE/],
  ['no file', ['customers', '--map', map], /one file/],
  ['two files', ['customers', good, mixed, '--map', map], /one file/],
  ['no mapping', ['customers', good], /--map/],
  ['lines of customers', ['customers', good, '--map', map, '--lines', mixed], /--lines/],
  ['an unknown encoding', ['customers', good, '--map', map, '--encoding', 'klingon'], /klingon/],
  ['an unknown delimiter', ['customers', good, '--map', map, '--delimiter', '|'], /semicolon/],
  ['a file that is not there', ['customers', path('none.csv'), '--map', map], /ENOENT/],
  ['a mapping that is not there', ['customers', good, '--map', path('none.yaml')], /ENOENT/],
  ['a demo user elsewhere', ['customers', good, '--map', map, '--as', 'manager'], /--token/],
  ['the file as its error file', ['customers', good, '--map', map, '--errors', good], /--errors/],
])('%s is used wrongly', async (_, args, message) => {
  const { code, told } = await clientele(...args)
  expect(code).toBe(2)
  expect(told).toMatch(message)
})
