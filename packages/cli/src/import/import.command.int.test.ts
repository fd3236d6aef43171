import { access } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { text } from 'node:stream/consumers'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { selfSigned } from '@clientele/testkit'
import { vi } from 'vitest'
import { startImports } from '../../fixture/import.js'
import { createApi } from '../api/api.js'
import { importFile } from './import.command.js'

const { platform, file, path, ...run } = await startImports()
const people = 'system: cli\nrows:\n  externalId: { column: id }\n  kind: PERSON\n  displayName: { column: name }\n'
const map = await file('m.yaml', people)
const good = await file('good.csv', 'id,name\n1,甲\n')
const mixed = await file('mixed.csv', 'id,name\n2,乙\n,丙\n')
const latin = await file('latin.csv', Buffer.from('id,name\n3,Müller\n', 'latin1'))
const token = await platform.token('manager')

const out = vi.spyOn(console, 'log').mockImplementation(() => {})
const err = vi.spyOn(console, 'error').mockImplementation(() => {})
const clientele = async (...args: string[]) => {
  out.mockClear()
  err.mockClear()
  const code = await importFile.run(['--url', platform.url, '--token', token, ...args])
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

test('what was kept and marked is told by column and line, never by its value', async () => {
  const phones = await file(
    'phones.yaml',
    `${people}  contactPoints:\n    - { kind: PHONE, value: { column: phone } }\n    - { kind: EMAIL, value: { column: mail } }\n`,
  )
  const rows = Array.from({ length: 12 }, (_, at) => `P${at},甲,call me ${at},${at === 3 ? 'nowhere' : ''}`)
  const source = await file('phones.csv', ['id,name,phone,mail', ...rows].join('\n'))
  const { code, json, told } = await clientele('customers', source, '--map', phones, '--json')
  expect(code).toBe(0)
  expect(json[0]).toMatchObject({
    warnings: 13,
    marked: [
      { column: 'phone', reason: 'contact_point.phone', count: 12, lines: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
      { column: 'mail', reason: 'contact_point.email', count: 1, lines: [5] },
    ],
  })
  expect(told).toContain('  phone  contact_point.phone  12 values, in lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …')
  expect(told).toContain('  mail  contact_point.email  1 value, in line 5')
  expect(told).not.toMatch(/call me|nowhere/)
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

test('an address where nobody answers is told with the cause while it is tried, and given up', async () => {
  const tried = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const nobody = `http://127.0.0.1:${(closed.address() as { port: number }).port}`
  await new Promise((resolve) => closed.close(resolve))
  const api = createApi({ url: nobody, token: async () => token })
  const given = run.import({ what: 'customers', file: good, map, api, outageMs: 3_000 })
  await expect(given).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'network' })
  const notes = tried.mock.calls.map(([text]) => String(text)).filter((text) => text.includes(nobody))
  tried.mockRestore()
  expect(new Set(notes.map((note) => note.includes('ECONNREFUSED')))).toEqual(new Set([true]))
})

test('a certificate that is another one in the middle is told once, for the file and not for its rows', async () => {
  const [trusted, other] = [selfSigned('localhost'), selfSigned('localhost')]
  const system = getCACertificates('default')
  setDefaultCACertificates([...system, trusted.cert])
  let imports = 0
  const gateway = createTlsServer(trusted, async (request, response) => {
    const { method, url, headers } = request
    const body = await text(request)
    const authorization = headers.authorization as string
    const forwarded = { 'content-type': 'application/json', authorization }
    const answer = await fetch(`${platform.url}${url}`, { method: method as string, headers: forwarded, body })
    if (body.includes('mutation Import') && ++imports === 2) {
      gateway.setSecureContext(other)
      response.on('finish', () => gateway.closeAllConnections())
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  })
  await new Promise<void>((resolve) => gateway.listen(0, 'localhost', resolve))
  const url = `https://localhost:${(gateway.address() as { port: number }).port}`
  try {
    const rows = Array.from({ length: 450 }, (_, at) => `C${at},甲`)
    const source = await file('many.csv', ['id,name', ...rows].join('\n'))
    const importAll = () => clientele('customers', source, '--map', map, '--json', '--url', url)
    const { code, json, told } = await importAll()
    expect([code, imports]).toEqual([1, 2])
    expect(json).toEqual([{ error: expect.objectContaining({ code: 'INVALID', reason: 'network' }) }])
    expect(told.match(/DEPTH_ZERO_SELF_SIGNED_CERT/g)).toHaveLength(1)
    expect(told).toContain('--url')
    await expect(access(`${source}.errors.csv`)).rejects.toThrow('ENOENT')
    setDefaultCACertificates([...system, other.cert])
    expect((await importAll()).json[0]).toMatchObject({ created: 50, unchanged: 400, rejected: 0 })
  } finally {
    setDefaultCACertificates(system)
    gateway.closeAllConnections()
    gateway.close()
  }
})
