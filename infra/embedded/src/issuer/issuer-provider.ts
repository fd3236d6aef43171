import type { JWK } from 'jose'
import Provider, { type ClientMetadata, type Configuration } from 'oidc-provider'
import { demoClients, demoUsers } from './demo-users.js'
import { ALGORITHM, type IssuerKeys, type PrivateKey } from './issuer-keys.js'
import type { memoryStore } from './issuer-store.js'
import { deviceCodePage, deviceConfirmPage, logoutPage, messagePage } from './login-page.js'
import { COMMAND_LINE_CLIENT, CONSOLE_CLIENT, clientPrincipal, personPrincipal } from './principal.js'

/** The provider's name for our API inside; tokens carry the audience instead. */
const API = 'urn:clientele:api'
const PERSON_SCOPES = ['openid', 'profile', 'organization']
const PARTNER_SCOPES = [...new Set(demoClients.flatMap(({ scopes }) => scopes))]

const MINUTE = 60
const HOUR = 60 * MINUTE

export interface ProviderOptions {
  issuer: string
  audience: string
  keys: IssuerKeys
  /** Sign-ins, codes and refresh tokens: those of the provider that this one takes the place of. */
  store: ReturnType<typeof memoryStore>
}

/** The OpenID provider: signs people in by authorization code with PKCE or by a device code, and programs by client credentials. */
export function createProvider({ issuer, audience, keys, store }: ProviderOptions): Provider {
  const configuration: Configuration = {
    adapter: store,
    jwks: { keys: keys.signing },
    cookies: { keys: [keys.cookies] },
    clients: clients(keys),
    scopes: [...PERSON_SCOPES, ...PARTNER_SCOPES],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    clientBasedCORS: (_ctx, origin) => isLoopback(origin),
    interactions: { url: (_ctx, interaction) => `/login/${interaction.uid}` },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    findAccount: (_ctx, subject) => account(subject),
    loadExistingGrant: grantEverything,
    renderError: (ctx, out) => {
      ctx.type = 'html'
      ctx.body = messagePage('Sign-in failed', out.error_description ?? out.error)
    },
    ttl: {
      AccessToken: 5 * MINUTE,
      AuthorizationCode: MINUTE,
      ClientCredentials: 5 * MINUTE,
      DeviceCode: 10 * MINUTE,
      Grant: 14 * 24 * HOUR,
      IdToken: HOUR,
      Interaction: HOUR,
      RefreshToken: 24 * HOUR,
      Session: 14 * 24 * HOUR,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: (ctx, form, _out, error) => {
          ctx.body = deviceCodePage(form, error !== undefined)
        },
        userCodeConfirmSource: (ctx, form, _client, _device, code) => {
          ctx.body = deviceConfirmPage(form, code)
        },
        successSource: (ctx) => {
          ctx.body = messagePage('Signed in', 'You can close this page and go back to the command line.')
        },
      },
      // A public client revokes its own tokens only: the provider has checked whose they are.
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = logoutPage(form)
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = messagePage('Signed out', 'You can close this page.')
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, _resource, client) => ({
          audience,
          scope: isForPeople(client.clientId) ? PERSON_SCOPES.join(' ') : (client.scope ?? ''),
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: ALGORITHM } },
        }),
      },
    },
    formats: {
      customizers: {
        // The provider would write the client's id as the subject of client credentials, and knows none of the realm's claims.
        jwt: (_ctx, token, jwt) => {
          const { subject, claims } = principalOf(token as TokenHolder)
          const { client_id: _, ...payload } = jwt.payload ?? {}
          jwt.payload = { ...payload, sub: subject, ...claims }
        },
      },
    },
  }
  const provider = new Provider(issuer, configuration)
  allowEveryLoopbackRedirect(provider)
  return provider
}

const isForPeople = (clientId: string) => clientId === CONSOLE_CLIENT || clientId === COMMAND_LINE_CLIENT

function clients(keys: IssuerKeys): ClientMetadata[] {
  const programs = demoClients.map(({ id, scopes }) => ({
    client_id: id,
    ...proof(keys.clients[id], keys.clientKeys[id]),
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
  }))
  return [
    {
      client_id: CONSOLE_CLIENT,
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: ['http://127.0.0.1/callback'],
      post_logout_redirect_uris: ['http://127.0.0.1/'],
    },
    {
      client_id: COMMAND_LINE_CLIENT,
      token_endpoint_auth_method: 'none',
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      response_types: [],
      redirect_uris: [],
    },
    ...programs,
  ]
}

function proof(secret: string | undefined, key: PrivateKey | undefined): Partial<ClientMetadata> {
  if (!key) return { client_secret: secret ?? '' }
  return {
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: ALGORITHM,
    jwks: { keys: [publicPart(key)] },
  }
}

const publicPart = ({ kty, n, e, kid, alg, use }: JWK) => ({ kty, n, e, kid, alg, use }) as JWK & { kty: string }

interface TokenHolder {
  accountId?: string
  clientId?: string
  scope?: string
}

function principalOf({ accountId, clientId, scope }: TokenHolder) {
  const user = demoUsers.find((each) => each.subject === accountId)
  if (user) return personPrincipal(user, clientId)
  const client = demoClients.find((each) => each.id === clientId)
  if (client) return clientPrincipal(client, scope?.split(' ') ?? [])
  throw new Error('the token is for nobody who is known here')
}

async function account(subject: string) {
  const user = demoUsers.find((each) => each.subject === subject)
  if (!user) return undefined
  const claims = () => ({ sub: subject, name: user.displayName, preferred_username: user.name })
  return { accountId: subject, claims }
}

/** The console and the command line are ours, so nobody is asked whether they may act for them. */
const grantEverything: Configuration['loadExistingGrant'] = async (ctx) => {
  const { client, session, params, provider } = ctx.oidc
  if (!client || !session?.accountId) return undefined
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope(String(params?.scope ?? 'openid'))
  grant.addResourceScope(API, PERSON_SCOPES.join(' '))
  await grant.save()
  return grant
}

function allowEveryLoopbackRedirect(provider: Provider): void {
  provider.Client.prototype.redirectUriAllowed = isLoopback
  provider.Client.prototype.postLogoutRedirectUriAllowed = isLoopback
}

/** True for a plain-HTTP address on this machine, whatever its port and path. */
export function isLoopback(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
}
