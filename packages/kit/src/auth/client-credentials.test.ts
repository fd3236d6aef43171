import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { clientCredentials } from './client-credentials.js'

/** An issuer that answers the client with this; resolves with its address and how it goes away. */
const issuerThatGives = async (answer: object, port = 0) => {
  const server = createServer((request, response) => {
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const body = request.url?.startsWith('/.well-known') ? { issuer, token_endpoint: `${issuer}/token` } : answer
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body))
  })
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  const goAway = () =>
    new Promise<void>((gone) => {
      // Later than the moment at which it was last there.
      server.close(() => setTimeout(gone, 5))
      server.closeAllConnections()
    })
  onTestFinished(goAway)
  return { issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, goAway }
}
const account = (issuer: string, reachedMs: number) =>
  clientCredentials({ issuer, clientId: 'clientele-profiles', clientSecret: 's', reachedMs })

test('an issuer that goes away is told while the token is valid, and no more when it is back', async () => {
  const { issuer, goAway } = await issuerThatGives({ access_token: 'one', expires_in: 300 })
  const own = account(issuer, 1)
  expect(await own.token()).toBe('one')
  expect(await own.check()).toBeUndefined()
  await goAway()
  expect(await own.check()).toBe(
    `The issuer cannot be reached at ${issuer}: nobody new signs in, and this service has a token that is valid still.`,
  )
  expect(await own.token()).toBe('one')
  await issuerThatGives({ access_token: 'two', expires_in: 300 }, Number(new URL(issuer).port))
  expect(await own.check()).toBeUndefined()
})

test('without a valid token it says that the service cannot ask others', async () => {
  const { issuer, goAway } = await issuerThatGives({ access_token: 'short', expires_in: 1 })
  const own = account(issuer, 1)
  expect(await own.token()).toBe('short')
  await goAway()
  expect(await own.check()).toMatch(/cannot be reached .* this service cannot ask other services\.$/)
  await expect(own.token()).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'issuer' })
})

test('an issuer that was just there is not asked again', async () => {
  const { issuer, goAway } = await issuerThatGives({ access_token: 'one', expires_in: 300 })
  const own = account(issuer, 60_000)
  expect(await own.check()).toBeUndefined()
  await goAway()
  expect(await own.check()).toBeUndefined()
})

test('an account that the issuer refuses is a fault', async () => {
  const { issuer } = await issuerThatGives({ error: 'invalid_client' })
  await expect(account(issuer, 1).check()).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'issuer.client' })
})

test.each([
  [404, { error: 'Realm does not exist' }],
  [403, {}],
  [429, {}],
  [200, {}],
  [503, {}],
])('an issuer that answers %i without saying where its tokens are is told', async (status, body) => {
  const server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body)))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  const own = account(`http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/none`, 60_000)
  expect(await own.check()).toMatch(/^The issuer cannot be reached at .* this service cannot ask other services\.$/)
})

test('an issuer that is there and gives no token is told', async () => {
  const { issuer } = await issuerThatGives({ error: 'temporarily_unavailable' })
  expect(await account(issuer, 60_000).check()).toMatch(/this service cannot ask other services\.$/)
})
