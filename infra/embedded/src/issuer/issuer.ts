import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type Provider from 'oidc-provider'
import { refuseProduction } from '../config.js'
import type { Running } from '../processes/child.js'
import { claimPort } from '../processes/ports.js'
import { adminAnswer } from './admin-api.js'
import { DEMO_PASSWORD, demoUsers } from './demo-users.js'
import { endedUsers } from './ended-users.js'
import { ensureIssuerKeys, type PrivateKey, rotateIssuerKeys } from './issuer-keys.js'
import { createProvider, isLoopback } from './issuer-provider.js'
import { memoryStore } from './issuer-store.js'
import { loginPage, messagePage } from './login-page.js'
import { DEFAULT_AUDIENCE, signToken, type TokenOptions } from './token.js'

export interface IssuerOptions {
  /** The signing key and the clients' secrets are kept here (mode 0600), so that tokens outlive a restart. */
  dir: string
  port: number
  /** The name of the setting that moves the port, for the message when it is taken. */
  portSetting?: string
  /** The `aud` of access tokens; default `clientele-api`. */
  audience?: string
  /** What it is called where it is reached by a way of others, such as a port that leads here from a cluster; default `http://127.0.0.1:<port>`. */
  url?: string
}

export interface Issuer extends Running {
  /** The `iss` of every token; discovery is below it. */
  issuer: string
  /** Signs an access token without a login, for example for the command line. */
  token(o: TokenOptions): Promise<string>
  /** The secret of a program that signs in by client credentials, for example `clientele-profiles`. */
  clientSecret(clientId: string): string
  /** The private key of a program that signs its requests for tokens, for example `partner-globex`. */
  clientKey(clientId: string): PrivateKey
  /** From now on signs with a new key. What the one before has signed stays valid; sign-ins go on. */
  rotateKeys(): Promise<void>
}

/**
 * Starts the development issuer on 127.0.0.1: OpenID discovery, JWKS, sign-in on a page that lists the demo users, and
 * client credentials, and what Clientele reads of the admin API. Its access tokens carry the claims of the Keycloak realm. Throws when the port is taken and with
 * NODE_ENV=production.
 */
export async function startIssuer(o: IssuerOptions): Promise<Issuer> {
  refuseProduction('issuer', 'OIDC_ISSUER_URL')
  const dir = resolve(o.dir)
  const audience = o.audience ?? DEFAULT_AUDIENCE
  const issuer = o.url ?? `http://127.0.0.1:${o.port}`
  await claimPort(o.port, o.portSetting ?? 'CLIENTELE_ISSUER_PORT')
  const keys = await ensureIssuerKeys(dir)
  const store = memoryStore()
  let provider = createProvider({ issuer, audience, keys, store })
  const admin = (request: IncomingMessage) =>
    adminAnswer(dir, issuer, (request.url ?? '').slice('/admin'.length), request.headers.authorization)
  const server = createServer((request, response) => route({ dir, issuer, provider, admin }, request, response))
  server.listen(o.port, '127.0.0.1')
  await once(server, 'listening')
  return {
    issuer,
    token: (options) => signToken({ ...options, dir, issuer, audience }),
    clientSecret(clientId) {
      const secret = keys.clients[clientId]
      if (!secret) throw new Error(`There is no client "${clientId}" at the issuer.`)
      return secret
    },
    clientKey(clientId) {
      const key = keys.clientKeys[clientId]
      if (!key) throw new Error(`There is no client "${clientId}" with a key at the issuer.`)
      return key
    },
    async rotateKeys() {
      provider = createProvider({ issuer, audience, keys: await rotateIssuerKeys(dir), store })
    },
    async stop() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

interface Routed {
  dir: string
  issuer: string
  provider: Provider
  admin(request: IncomingMessage): Promise<{ status: number; body: unknown }>
}

function route({ dir, issuer, provider, admin }: Routed, request: IncomingMessage, response: ServerResponse): void {
  const { url, headers } = request
  // Another name for this address would be a foreign web page's way in (DNS rebinding).
  if (!isLoopback(`http://${headers.host}`) && headers.host !== new URL(issuer).host) {
    send(response, 421, messagePage('Wrong address', 'The issuer answers on 127.0.0.1 and localhost only.'))
  } else if (url?.startsWith('/admin/') && request.method === 'GET') {
    admin(request).then(
      ({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      () => response.writeHead(500).end(),
    )
  } else if (url?.startsWith('/login/')) {
    login(dir, provider, request, response).catch(() =>
      send(response, 400, messagePage('Sign-in failed', 'This sign-in has ended. Start again from the application.')),
    )
  } else {
    void provider.callback()(request, response)
  }
}

async function login(
  dir: string,
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response)
  if (request.method !== 'POST') return send(response, 200, loginPage())
  const form = new URLSearchParams(await text(request))
  const user = picked(form) ?? signedIn(form)
  if (!user || (await endedUsers(dir)).has(user.subject))
    return send(response, 400, loginPage({ refused: user?.name ?? form.get('username') ?? '' }))
  await provider.interactionFinished(request, response, { login: { accountId: user.subject } })
}

const picked = (form: URLSearchParams) => demoUsers.find(({ subject }) => subject === form.get('subject'))

const signedIn = (form: URLSearchParams) =>
  form.get('password') === DEMO_PASSWORD ? demoUsers.find(({ name }) => name === form.get('username')) : undefined

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  })
  response.end(html)
}
