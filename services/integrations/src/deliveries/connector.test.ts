import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { selfSigned } from '@clientele/testkit'
import type { Agent } from 'undici'
import { startReceiver } from '../../fixture/receiver.js'
import { newSecret } from '../webhook-endpoints/webhook-secret.js'
import { type ConnectorOptions, openAgent } from './connector.js'
import { post } from './post.js'

const receiver = await startReceiver()
const agents: Agent[] = []
afterAll(() => Promise.all(agents.map((agent) => agent.destroy())))

const agentWith = (options: Partial<ConnectorOptions>) => {
  const agent = openAgent({ loopback: false, connectTimeoutMs: 15_000, ...options })
  agents.push(agent)
  return agent
}
const parcelTo = (url: string) => ({ url, eventId: 'e1', body: '{}', secrets: [newSecret()], isTest: false })

/** Connects past the check of the text, so that only the connector stands between the URL and us. */
const connect = (url: string, options: Partial<ConnectorOptions>) =>
  agentWith(options)
    .request({ origin: new URL(url).origin, path: '/', method: 'POST', body: '{}' })
    .then(
      async ({ statusCode, body }) => {
        await body.dump()
        return statusCode
      },
      (error: { code: string }) => error.code,
    )

const { port } = receiver

test.each([
  `http://127.0.0.1:${port}`,
  `http://127.1:${port}`,
  `http://2130706433:${port}`,
  `http://0x7f.1:${port}`,
  `http://0177.0.0.1:${port}`,
  `http://0.0.0.0:${port}`,
  `http://0:${port}`,
  `http://[::1]:${port}`,
  `http://[::]:${port}`,
  `http://[::ffff:127.0.0.1]:${port}`,
  `http://[::ffff:7f00:1]:${port}`,
  `http://[::127.0.0.1]:${port}`,
  `http://[64:ff9b::7f00:1]:${port}`,
  `http://169.254.169.254:${port}`,
  `http://10.0.0.1:${port}`,
  `http://localhost:${port}`,
])('the connector itself refuses %s', async (url) => {
  expect(await connect(url, {})).toBe('CLIENTELE_URL_REFUSED')
  expect(receiver.connections()).toBe(0)
})

test.each([
  [['127.0.0.1']],
  [['8.8.8.8', '127.0.0.1']],
  [['2606:4700::1111', '::1']],
  [['::ffff:127.0.0.1']],
  [['10.1.2.3']],
  [['169.254.169.254']],
  [['168.63.129.16']],
  [['0.0.0.0']],
  [['fe80::1%eth0']],
  [['not an address']],
  [[]],
])('a name that resolves to %j is refused', async (addresses) => {
  expect(await connect(`http://partner.com:${port}`, { lookup: async () => addresses })).toBe('CLIENTELE_URL_REFUSED')
  expect(receiver.connections()).toBe(0)
})

test('a name is looked up once per connection, and what was checked is what is connected to', async () => {
  const answers = [['127.0.0.1'], ['10.0.0.1']]
  let lookups = 0
  const lookup = async () => answers[lookups++]!
  expect(await connect(`http://partner.com:${port}`, { loopback: true, lookup })).toBe(204)
  expect(lookups).toBe(1)
})

test('a name that does not resolve is told as such', async () => {
  const lookup = async () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }))
  expect(await connect('http://partner.com', { lookup })).toBe('ENOTFOUND')
})

describe('over TLS', () => {
  const { cert, key } = selfSigned('partner.com')
  let tlsPort = 0
  let names: (string | false | null | undefined)[] = []
  const answer: RequestListener = (request, response) => {
    names.push((request.socket as { servername?: string | false }).servername)
    response.writeHead(200).end('taken')
  }
  const server = createServer({ cert, key }, answer)
  const trusted = getCACertificates('default')

  beforeAll(() =>
    new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready)).then(() => {
      tlsPort = (server.address() as AddressInfo).port
    }),
  )
  afterAll(async () => {
    setDefaultCACertificates(trusted)
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })
  const deliver = (host: string) =>
    post(parcelTo(`https://${host}:${tlsPort}/hook`), {
      agent: agentWith({ loopback: true, lookup: async () => ['127.0.0.1'] }),
      rules: { ports: [tlsPort], loopback: true },
      timeoutMs: 15_000,
      now: () => new Date(),
    })

  test('a certificate that nobody vouches for is refused', async () => {
    expect(await deliver('partner.com')).toMatchObject({ statusCode: null, error: 'tls' })
    expect(names).toEqual([])
  })

  test('the name, not the address, is what the certificate must be for', async () => {
    setDefaultCACertificates([...trusted, cert])
    expect(await deliver('partner.com')).toMatchObject({ statusCode: 200, error: null, snippet: 'taken' })
    expect(names).toEqual(['partner.com'])
    names = []
    expect(await deliver('other.com')).toMatchObject({ statusCode: null, error: 'tls' })
    expect(await deliver('127.0.0.1')).toMatchObject({ statusCode: null, error: 'tls' })
    expect(names).toEqual([])
  })
})
