import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../config/config.js'
import { newKey } from './cipher.js'
import { makeMasterKeyFile, masterKeyFile } from './master-key-file.js'
import { masterKeySettings, masterKeysOf } from './master-keys.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-keys-'))
afterAll(() => rm(dir, { recursive: true }))
let count = 0
const fileOf = async (...lines: string[]) => {
  const path = join(dir, String(count++))
  await writeFile(path, lines.join('\n'), { mode: 0o600 })
  return path
}
const [a, b] = [newKey().toString('base64'), newKey().toString('base64')]
const keysIn = async (...lines: string[]) => masterKeyFile(await fileOf(...lines), { strict: true })

test('what the current key wraps, the file opens after another key became the current one, and no other context', async () => {
  const path = await fileOf(`a:${a}`)
  const keys = masterKeyFile(path, { strict: true })
  const secret = newKey()
  const old = await keys.wrap(secret, 'x')
  expect(old.masterKeyId).toBe('a')
  await writeFile(path, `# newer first\r\nb:${b}\r\n\r\na:${a}\r\n`)
  expect((await keys.wrap(secret, 'x')).masterKeyId).toBe('b')
  expect((await keys.unwrap(old, 'x')).equals(secret)).toBe(true)
  await expect(keys.unwrap(old, 'y')).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'keys.master' })
  await writeFile(path, `b:${b}`)
  await expect(keys.unwrap(old, 'x')).rejects.toThrow(/has no key "a"/)
  await writeFile(path, `b:${b}\na:${b}`)
  await expect(keys.unwrap(old, 'x')).rejects.toThrow(/"a" .* is not the one/)
})

test.each([
  ['nothing', [''], /holds no key/],
  ['only a comment', ['# x'], /holds no key/],
  ['no colon', [a], /line 1 is not of the form/],
  ['a short key', [`a:${a}`, `c:${Buffer.alloc(16).toString('base64')}`], /line 2 holds a key of 16 bytes/],
  ['a long key', [`a:${Buffer.alloc(33).toString('base64')}`], /33 bytes/],
  ['hex', [`a:${'zz'.repeat(32)}`], /48 bytes/],
  ['an id twice', [`a:${a}`, `a:${b}`], /line 2 repeats the id "a"/],
  ['an id with blanks', [`my key:${a}`], /line 1 is not of the form/],
])('a file with %s is refused, and its keys are not quoted', async (_, lines, message) => {
  const keys = await keysIn(...lines)
  const error = await keys.wrap(newKey(), '').catch((thrown) => thrown)
  expect(error).toMatchObject({ code: 'UNAVAILABLE', reason: 'keys.master', message: expect.stringMatching(message) })
  for (const secret of [a, b]) expect(error.message).not.toContain(secret)
})

test('a file that is not there, or that everybody may read, is refused; the latter only where it is strict', async () => {
  await expect(masterKeyFile(join(dir, 'none'), { strict: true }).wrap(newKey(), '')).rejects.toThrow(/ENOENT/)
  const path = await fileOf(`a:${a}`)
  await chmod(path, 0o644)
  await expect(masterKeyFile(path, { strict: true }).wrap(newKey(), '')).rejects.toThrow(/may be read by everybody/)
  await expect(masterKeyFile(path, { strict: false }).wrap(newKey(), '')).resolves.toBeDefined()
  await chmod(path, 0o440)
  await expect(masterKeyFile(path, { strict: true }).wrap(newKey(), '')).resolves.toBeDefined()
})

test('a file that is made is for its owner only, and is made once', async () => {
  const path = join(dir, 'made')
  await makeMasterKeyFile(path)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const wrapped = await masterKeyFile(path, { strict: true }).wrap(newKey(), '')
  await makeMasterKeyFile(path)
  await expect(masterKeyFile(path, { strict: true }).unwrap(wrapped, '')).resolves.toHaveLength(32)
})

const vault = { CLIENTELE_VAULT_ADDR: 'http://127.0.0.1:1', CLIENTELE_VAULT_TOKEN_FILE: '/t', CLIENTELE_VAULT_KEY: 'k' }
test.each([
  [{}, 'CLIENTELE_MASTER_KEY_FILE is missing'],
  [{ CLIENTELE_MASTER_KEY_FILE: '/x', ...vault }, 'both set'],
  [{ CLIENTELE_VAULT_ADDR: vault.CLIENTELE_VAULT_ADDR }, 'CLIENTELE_VAULT_TOKEN_FILE is missing'],
  [{ ...vault, CLIENTELE_VAULT_ADDR: 'vault' }, 'CLIENTELE_VAULT_ADDR is wrong'],
])('settings %j: %s', (env, message) => {
  expect(() => masterKeysOf(loadConfig(masterKeySettings, env))).toThrow(message)
})

test('a vault that cannot be reached is unavailable, and so is one without a token', async () => {
  const token = await fileOf('secret-token')
  const at = (settings: object) => masterKeysOf(loadConfig(masterKeySettings, { ...vault, ...settings }))
  const unreachable = at({ CLIENTELE_VAULT_TOKEN_FILE: token }).wrap(newKey(), '')
  await expect(unreachable).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringMatching(/reached at 127/),
  })
  await expect(at({}).wrap(newKey(), '')).rejects.toThrow(/token file \/t .*ENOENT/)
})
