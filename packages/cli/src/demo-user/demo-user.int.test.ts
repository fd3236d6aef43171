import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startIssuer } from '@clientele/embedded'
import { UsageError } from '../command.js'
import { demoToken } from '../token/demo-token.js'
import { demoUser } from './demo-user.command.js'

const home = await mkdtemp(join(tmpdir(), 'clientele-demo-user-'))
const issuerDir = join(home, 'issuer')
const issuer = await startIssuer({ dir: issuerDir, port: await freePort() })
/** As a platform that runs says where it is. */
const announce = (fields: object = {}) =>
  writeFile(
    join(home, 'running.json'),
    JSON.stringify({
      pid: process.pid,
      url: '',
      natsUrl: '',
      issuer: issuer.issuer,
      issuerDir,
      databases: {},
      ...fields,
    }),
  )
beforeAll(async () => {
  vi.stubEnv('CLIENTELE_HOME', home)
  await announce()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await issuer.stop()
  await rm(home, { recursive: true })
})

const told: string[] = []
beforeEach(() => {
  told.length = 0
  vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line))
})
afterEach(() => void vi.restoreAllMocks())

const token = () => demoToken({ issuer: issuer.issuer, issuerDir }, { OIDC_AUDIENCE: 'clientele-api' }, { as: 'sales' })
test('who has ended gets no token until they return, and it is told how the directory learns of it', async () => {
  expect(await demoUser.run(['end', 'sales'])).toBe(0)
  expect(told).toEqual([
    expect.stringMatching(/\(sales\) cannot sign in any more\. To let the directory know: mutation \{ syncStaff/),
  ])
  await expect(token()).rejects.toThrow('The account of sales has ended')
  expect(await demoUser.run(['end', 'sales'])).toBe(0)
  expect(await demoUser.run(['return', 'sales'])).toBe(0)
  expect(told.at(-1)).toMatch(/\(sales\) can sign in again\./)
  expect(await token()).toContain('.')
})

test.each([
  [[], 'Say what to do with whom'],
  [['end'], 'Say what to do with whom'],
  [['leave', 'sales'], 'Say what to do with whom'],
  [['end', 'sales', 'admin'], 'Say what to do with whom'],
  [['end', 'nobody'], 'There is no demo user called "nobody". There are: admin,'],
])('%j is a mistake of the user, and ends nobody', async (args, message) => {
  const failure = await Promise.resolve(demoUser.run(args)).catch((error) => error)
  expect(failure).toBeInstanceOf(UsageError)
  expect(failure.message).toContain(message)
  expect(await token()).toContain('.')
  expect(told).toEqual([])
})

test('a platform with an issuer of its own, or none that runs, says so', async () => {
  await announce({ issuerDir: null })
  await expect(demoUser.run(['end', 'sales'])).rejects.toThrow('The platform uses an issuer of its own')
  await rm(join(home, 'running.json'))
  await expect(demoUser.run(['end', 'sales'])).rejects.toThrow(`No Clientele runs from ${home}`)
  await announce()
})
