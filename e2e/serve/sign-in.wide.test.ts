import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveAll } from '@clientele/cli/serve/serve'
import { login } from '@clientele/cli/sign-in/login.command'
import { logout } from '@clientele/cli/sign-in/logout.command'
import { whoami } from '@clientele/cli/sign-in/whoami.command'
import { DEMO_PASSWORD } from '@clientele/embedded'
import { until } from '@clientele/testkit/until'
import { vi } from 'vitest'
import { startServeBacking } from './backing.js'
import { formFiller } from './form-filler.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-sign-in-'))
const backing = await startServeBacking(dir)
const serving = await serveAll({ ...backing.env, PORT: '0', LOG_LEVEL: 'error' })
await serving.ready
vi.stubEnv('XDG_CONFIG_HOME', join(dir, 'config'))
vi.stubEnv('CLIENTELE_URL', serving.url)
const file = join(dir, 'config', 'clientele', 'sign-ins.json')

afterAll(async () => {
  vi.unstubAllEnvs()
  await serving.stop()
  await backing.stop()
  await rm(dir, { recursive: true })
})

const out = vi.spyOn(console, 'log').mockImplementation(() => {})
const told = vi.spyOn(console, 'error').mockImplementation(() => {})
beforeEach(() => {
  out.mockClear()
  told.mockClear()
})
const text = (spy: typeof out) => spy.mock.calls.map(([line]) => String(line)).join('\n')
const me = async () => {
  expect(await whoami.run(['--json'])).toBe(0)
  return JSON.parse(text(out))
}

/** What the person at the browser does with the page that the command line shows. */
const atTheBrowser = async (visit: (page: string) => Promise<unknown>, args: string[] = []) => {
  const signingIn = login.run(args)
  const page = await until(() => /Open (\S+)/.exec(text(told))?.[1])
  await visit(page)
  return signingIn
}
const confirm = (user: string) => async (page: string) => {
  const at = formFiller(page)
  await at.open()
  await at.submit()
  await at.submit()
  await at.submit({ username: user, password: DEMO_PASSWORD })
  expect(at.text()).toContain('go back to the command line')
}

test('who confirms the code at a browser is who the commands speak as, until they sign out', async () => {
  expect(await atTheBrowser(confirm('sales-cn'))).toBe(0)
  expect(text(out)).toMatch(/sales, in the tenant acme\.$/)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  out.mockClear()
  expect(await me()).toMatchObject({ tenant: 'acme', roles: ['sales'] })

  expect(await logout.run([])).toBe(0)
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({})
  told.mockClear()
  expect(await whoami.run([])).toBe(2)
  expect(text(told)).toContain('clientele login')
  await expect(logout.run([])).rejects.toThrow('Nobody is signed in')
})

test('a token that ends is renewed, once however many commands ask', async () => {
  await atTheBrowser(confirm('manager'))
  const signIns = JSON.parse(await readFile(file, 'utf8'))
  const before = signIns[serving.url]
  signIns[serving.url].expiresAt = Date.now() + 10_000
  await writeFile(file, JSON.stringify(signIns))
  expect(await Promise.all([1, 2, 3, 4].map(() => whoami.run([])))).toEqual([0, 0, 0, 0])
  const after = JSON.parse(await readFile(file, 'utf8'))[serving.url]
  expect(after.refreshToken).not.toBe(before.refreshToken)
  expect(after.expiresAt).toBeGreaterThan(Date.now() + 60_000)
})

test('a sign-in that has ended at the issuer is told, with what to do', async () => {
  const signIns = JSON.parse(await readFile(file, 'utf8'))
  Object.assign(signIns[serving.url], { expiresAt: 0, refreshToken: 'not a token' })
  await writeFile(file, JSON.stringify(signIns))
  expect(await whoami.run([])).toBe(2)
  expect(text(told)).toMatch(/The sign-in has ended.*clientele login/)
})

test('a code that is refused at the browser signs nobody in', async () => {
  const refuse = async (page: string) => {
    const at = formFiller(page)
    await at.open()
    await at.submit()
    await at.submit({ abort: 'yes' })
  }
  expect(await atTheBrowser(refuse)).toBe(2)
  expect(text(told)).toContain('refused at the browser')
})

test('somebody of another tenant is told that they do not work there', async () => {
  expect(await atTheBrowser(confirm('sales'), ['--tenant', 'globex'])).toBe(1)
  expect(text(told)).toContain('token.tenant')
  expect(JSON.parse(await readFile(file, 'utf8'))[serving.url].tenant).toBeUndefined()
})

test.each([
  ['no gateway', 'http://127.0.0.1:9', 'does not tell where people sign in'],
  ['no URL', 'here', 'is not a URL'],
])('%s is a mistake of the user', async (_, url, message) => {
  const failure = await login.run(['--url', url]).catch((error) => error.message)
  expect(`${failure} ${text(told)}`).toContain(message)
})

test('a damaged file of sign-ins is told by its name', async () => {
  await writeFile(file, '{"http:')
  expect(await whoami.run([])).toBe(2)
  expect(text(told)).toContain(`${file} is damaged`)
})
