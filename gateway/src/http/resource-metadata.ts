import type { IncomingMessage } from 'node:http'
import { isFromProxy, type TrustedProxies, type Verifier } from '@clientele/kit'

/** Where RFC 9728 has clients look for the issuer of a resource's tokens. */
export const resourceMetadataPath = '/.well-known/oauth-protected-resource'

/** What the gateway says of itself to clients that have no token yet (RFC 9728); `resource` is the origin that they asked at. */
export function resourceMetadata(request: IncomingMessage, { issuer }: Verifier, proxies: TrustedProxies) {
  const forwarded = isFromProxy(request, proxies) ? request.headers['x-forwarded-proto'] : undefined
  const scheme = forwarded === 'https' ? 'https' : 'http'
  return {
    resource: `${scheme}://${request.headers.host}`,
    authorization_servers: [issuer],
    bearer_methods_supported: ['header'],
  }
}
