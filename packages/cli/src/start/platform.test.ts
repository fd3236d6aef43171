import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../config.js'
import { startPlatform } from './platform.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-start-'))
afterAll(() => rm(dir, { recursive: true }))

test.each<[string, Record<string, string>, RegExp]>([
  ['a master key that is missing', { CLIENTELE_MASTER_KEY_FILE: join(dir, 'none') }, /none cannot be read \(ENOENT\)/],
  ['two places for it', { CLIENTELE_MASTER_KEY_FILE: '/x', CLIENTELE_VAULT_ADDR: 'http://127.0.0.1:1' }, /both set/],
  ['a wrong setting of the gateway', { RATE_LIMITS: 'fast' }, /RATE_LIMITS is wrong/],
  ['production without its address', { NODE_ENV: 'production' }, /PUBLIC_URL is missing/],
  [
    'production without its own parts',
    { NODE_ENV: 'production', PUBLIC_URL: 'https://crm.example' },
    /NODE_ENV=production makes no master key/,
  ],
])('%s is told before anything is started', async (_, env, message) => {
  const lines: string[] = []
  const set = { ...env, CLIENTELE_HOME: join(dir, 'home') }
  await expect(startPlatform(readConfig(set), (line) => lines.push(line), set)).rejects.toThrow(message)
  expect(lines).toEqual([])
  expect(await readdir(join(dir, 'home')).catch(() => [])).toEqual([])
})
