import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { login } from './login.command.js'
import { renew } from './sign-in.js'

/** An issuer that answers every renewal with these tokens. */
const issuerThatGives = async (tokens: object) => {
  const server = createServer((request, response) => {
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const body = request.url?.startsWith('/.well-known')
      ? { issuer, token_endpoint: `${issuer}/token`, device_authorization_endpoint: `${issuer}/device` }
      : { token_type: 'bearer', expires_in: 60, ...tokens }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const signedIn = (issuer: string) => ({ issuer, accessToken: 'old', expiresAt: 0, tenant: 'acme' })

test('a renewal that brings no refresh token goes on with the one that was sent', async () => {
  const issuer = await issuerThatGives({ access_token: 'new' })
  const renewed = await renew({ ...signedIn(issuer), refreshToken: 'first' })
  expect(renewed).toMatchObject({ accessToken: 'new', refreshToken: 'first', tenant: 'acme' })
})

test('a renewal that brings a refresh token goes on with that one', async () => {
  const issuer = await issuerThatGives({ access_token: 'new', refresh_token: 'second' })
  const renewed = await renew({ ...signedIn(issuer), refreshToken: 'first' })
  expect(renewed).toMatchObject({ accessToken: 'new', refreshToken: 'second' })
})

test('a sign-in without a refresh token has ended with its access token, and says what to do', async () => {
  const issuer = await issuerThatGives({ access_token: 'new' })
  await expect(renew(signedIn(issuer))).rejects.toThrow('Sign in again: clientele login')
})

test('Ctrl-C ends a sign-in with 130, and says that nobody was signed in', async () => {
  const device = { device_code: 'd', user_code: 'ABCD', verification_uri: 'http://127.0.0.1/device', interval: 60 }
  const issuer = await issuerThatGives(device)
  const told: string[] = []
  const error = vi.spyOn(console, 'error').mockImplementation((text) => {
    told.push(String(text))
    if (String(text).includes('Ctrl-C')) process.emit('SIGINT')
  })
  onTestFinished(() => error.mockRestore())
  expect(await login.run(['--url', 'http://127.0.0.1:1', '--issuer', issuer])).toBe(130)
  expect(told.at(-1)).toBe('Nobody was signed in.')
})
