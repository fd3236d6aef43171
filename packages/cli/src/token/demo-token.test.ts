import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, setEnded, startIssuer } from '@clientele/embedded'
import { createVerifier } from '@clientele/kit'
import { UsageError } from '../command.js'
import { demoToken } from './demo-token.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-token-'))
const issuer = await startIssuer({ dir, port: await freePort() })
afterAll(async () => {
  await issuer.stop()
  await rm(dir, { recursive: true })
})
const config = { OIDC_AUDIENCE: 'clientele-api' }
const platform = { issuer: issuer.issuer, issuerDir: dir }

test('holds the user, the tenant and the span that were asked for', async () => {
  const signed = await demoToken(platform, config, { as: 'sales', tenant: 'globex', expires: '15m' })
  const claims = JSON.parse(Buffer.from(signed.split('.')[1] as string, 'base64url').toString())
  expect(claims).toMatchObject({ iss: issuer.issuer, aud: 'clientele-api', organization: ['globex'] })
  expect(claims.exp - claims.iat).toBe(900)
})

const roles = ['admin', 'manager', 'sales', 'service', 'analyst', 'privacy_officer', 'partner']
test.each(roles)('the platform takes the token of %s, at its own tenant and at another', async (as) => {
  const verifier = createVerifier({ issuer: issuer.issuer, audience: 'clientele-api' })
  for (const tenant of [undefined, 'globex', 'initech']) {
    const actor = await verifier.verify(await demoToken(platform, config, { as, tenant }))
    expect(actor).toMatchObject({ tenant: tenant ?? 'acme', kind: as === 'partner' ? 'service' : 'person' })
    // The partner of globex is one of events alone.
    expect(actor.roles).toEqual(as === 'partner' && tenant === 'globex' ? [] : [as])
  }
})

test.each([
  [{ as: 'nobody' }, 'There is nobody called "nobody"'],
  [{ as: 'manager', expires: 'soon' }, '"soon" is not a span of time'],
  [{ as: 'manager', tenant: 'No Slug' }, '"No Slug" is not a tenant'],
])('%j is a mistake of the user', async (options, message) => {
  const failure = await demoToken(platform, config, options).catch((error) => error)
  expect(failure).toBeInstanceOf(UsageError)
  expect(failure.message).toContain(message)
})

test('who has ended gets none until they return, and the others still do', async () => {
  await setEnded(dir, 'sales-fr', true)
  const ended = demoToken(platform, config, { as: 'sales-fr' })
  await expect(ended).rejects.toThrow('The account of sales-fr has ended; "clientele demo-user return sales-fr"')
  expect(await demoToken(platform, config, { as: 'sales' })).toContain('.')
  await setEnded(dir, 'sales-fr', false)
  expect(await demoToken(platform, config, { as: 'sales-fr' })).toContain('.')
  await expect(setEnded(dir, 'nobody', true)).rejects.toThrow(
    'There is no demo user called "nobody". There are: admin,',
  )
})

test('an issuer of its own gives its tokens itself', async () => {
  await expect(demoToken({ ...platform, issuerDir: null }, config, { as: 'manager' })).rejects.toThrow(UsageError)
})
