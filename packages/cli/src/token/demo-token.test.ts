import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startIssuer } from '@clientele/embedded'
import { UsageError } from '../command.js'
import { demoToken } from './demo-token.js'

const dir = await mkdtemp(join(tmpdir(), 'clientele-token-'))
const issuer = await startIssuer({ dir, port: 0 })
afterAll(async () => {
  await issuer.stop()
  await rm(dir, { recursive: true })
})
const config = { OIDC_AUDIENCE: 'clientele-api' }
const platform = { issuer: issuer.issuer, issuerDir: dir }

test('holds the user, the tenant and the span that were asked for', async () => {
  const signed = await demoToken(platform, config, { as: 'sales', tenant: 'globex', expires: '15m' })
  const claims = JSON.parse(Buffer.from(signed.split('.')[1] as string, 'base64url').toString())
  expect(claims).toMatchObject({ iss: issuer.issuer, aud: 'clientele-api', tenant: 'globex' })
  expect(claims.exp - claims.iat).toBe(900)
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

test('an issuer of its own gives its tokens itself', async () => {
  await expect(demoToken({ ...platform, issuerDir: null }, config, { as: 'manager' })).rejects.toThrow(UsageError)
})
