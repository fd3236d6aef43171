import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Actor, loadConfig, masterKeySettings, masterKeysOf, rewrapWithMasterKey } from '@clientele/kit'
import { example } from '@clientele/testkit/example/example.service'
import { startForTest } from '@clientele/testkit/service'
import pg from 'pg'

const { CLIENTELE_TEST_VAULT_ADDR: address, CLIENTELE_TEST_VAULT_TOKEN: rootToken } = process.env
if (!address || !rootToken) {
  console.info('Skipped: set CLIENTELE_TEST_VAULT_ADDR and CLIENTELE_TEST_VAULT_TOKEN to a Vault or OpenBao for tests.')
}

/** On a real Vault or OpenBao, whose root token makes transit keys and a token that may do no more than use them. */
const openVault = async (address: string, rootToken: string) => {
  const dir = await mkdtemp(join(tmpdir(), 'clientele-vault-'))
  const key = `clientele-${randomUUID()}`
  const tokenFile = join(dir, 'token')
  const post = async (path: string, body: object = {}) => {
    const response = await fetch(`${address}/v1/${path}`, {
      method: 'POST',
      headers: { 'x-vault-token': rootToken },
      body: JSON.stringify(body),
    })
    const answer = (await response.text()) || '{}'
    if (!response.ok) throw new Error(`${path}: ${response.status} ${answer}`)
    return JSON.parse(answer)
  }
  await post('sys/mounts/transit', { type: 'transit' }).catch((error: Error) => {
    if (!/already in use/.test(error.message)) throw error
  })
  await post(`transit/keys/${key}`)
  const rules = ['encrypt', 'decrypt'].map((verb) => `path "transit/${verb}/${key}" { capabilities = ["update"] }`)
  await post(`sys/policies/acl/${key}`, { policy: rules.join('\n') })
  const { auth } = await post('auth/token/create', { policies: [key], no_default_policy: true })
  await writeFile(tokenFile, `${auth.client_token}\n`, { mode: 0o600 })
  const keysWith = (settings: object = {}) =>
    masterKeysOf(
      loadConfig(masterKeySettings, {
        CLIENTELE_VAULT_ADDR: address,
        CLIENTELE_VAULT_TOKEN_FILE: tokenFile,
        CLIENTELE_VAULT_KEY: key,
        ...settings,
      }),
    )
  const svc = await startForTest(example, { masterKeys: keysWith(), keysFreshMs: 1 })
  svc.defer(() => rm(dir, { recursive: true }))
  return { svc, dir, key, keysWith, rotate: () => post(`transit/keys/${key}/rotate`) }
}

const opened = address && rootToken ? await openVault(address, rootToken) : undefined
const onVault = opened ? describe : describe.skip

onVault('a master key in the transit engine', () => {
  const { svc, dir, key, keysWith, rotate } = opened ?? ({} as NonNullable<typeof opened>)

  test('wraps and unwraps, for the same context only', async () => {
    const secret = Buffer.from(randomUUID())
    const wrapped = await keysWith().wrap(secret, 'acme')
    expect(wrapped).toMatchObject({
      masterKeyId: `vault:transit/${key}:v1`,
      wrapped: expect.stringMatching(/^vault:v1:/),
    })
    expect((await keysWith().unwrap(wrapped, 'acme')).equals(secret)).toBe(true)
    await expect(keysWith().unwrap(wrapped, 'globex')).rejects.toMatchObject({ reason: 'keys.master' })
    const changed = { ...wrapped, wrapped: wrapped.wrapped.replace(/.{4}$/, 'AAAA') }
    await expect(keysWith().unwrap(changed, 'acme')).rejects.toMatchObject({ reason: 'keys.master' })
  })

  test.each([
    ['key', { CLIENTELE_VAULT_KEY: 'another' }],
    ['mount', { CLIENTELE_VAULT_MOUNT: 'nowhere' }],
  ])('says that another %s is not permitted', async (_, settings) => {
    await expect(keysWith(settings).wrap(Buffer.alloc(32), '')).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/refuses to encrypt with .*permission denied/),
    })
  })

  test('says that a token is not valid', async () => {
    const path = join(dir, 'wrong')
    await writeFile(path, 'nonsense')
    const wrapped = keysWith({ CLIENTELE_VAULT_TOKEN_FILE: path }).wrap(Buffer.alloc(32), '')
    await expect(wrapped).rejects.toMatchObject({ reason: 'keys.master', message: expect.stringMatching(/refuses/) })
  })

  test('keeps a service’s values under it, before and after it is rotated', async () => {
    const actor: Actor = {
      subject: 'keys',
      roles: ['manager'],
      tenant: 'acme',
      territories: [''],
      scopes: [],
      kind: 'person',
    }
    const owner = randomUUID()
    const ctx = svc.context(actor)
    await ctx.transaction((tx) => tx.keys.keep([{ owner, field: 'f', text: '王小明' }]))
    await rotate()
    expect(await ctx.keys.open(owner, 'f')).toBe('王小明')
    const system = new pg.Pool({ connectionString: svc.urls.systemUrl, max: 1 })
    svc.defer(() => system.end())
    expect(await rewrapWithMasterKey('example', system, keysWith())).toBe(1)
    expect(await ctx.keys.open(owner, 'f')).toBe('王小明')
    const { rows } = await system.query('select master_key_id as id from tenant_key')
    expect(rows).toEqual([{ id: `vault:transit/${key}:v2` }])
  })
})
