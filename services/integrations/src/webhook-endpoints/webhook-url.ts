import { isIP } from 'node:net'
import { limits } from '@clientele/contracts'
import { unambiguousUrl } from '@clientele/kit'
import { isAllowedAddress, isLoopback } from './address.js'

export interface UrlRules {
  /** Ports that an endpoint may listen on. */
  ports: readonly number[]
  /** Allows this machine, over http and on any port. */
  loopback: boolean
}

// Top-level names that are reserved (RFC 6761, 6762, 7686, 8375, 9476, ICANN) or used by networks for themselves.
const localNames =
  /(^|\.)(localhost|local|localdomain|internal|intranet|private|lan|svc|home\.arpa|home|corp|mail|consul|onion|alt|test|invalid)$/
const dnsName = /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/

/**
 * Why an endpoint must not be at this URL, as far as the text tells; undefined where it may. What its name resolves to is
 * checked again at each connection.
 */
export const urlFault = (text: string, { ports, loopback }: UrlRules): string | undefined => {
  const url = unambiguousUrl(text)
  if (!url)
    return 'an absolute URL that every parser reads alike, such as "https://partner.com/hooks": host written out, no user name, backslash, blank or dot segment'
  if (url.href.length > limits.url.most) return `at most ${limits.url.most} characters`
  if (url.hash) return 'no fragment in it'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const here = loopback && (host === 'localhost' || isLoopback(host))
  if (here) return undefined
  if (url.protocol !== 'https:') return 'https'
  if (!ports.includes(Number(url.port || 443))) return `one of the ports ${ports.join(', ')}`
  if (isIP(host)) return isAllowedAddress(host, { loopback }) ? undefined : 'an address that everybody can reach'
  if (host.length > 253 || !dnsName.test(host) || localNames.test(host)) return 'a name that everybody can resolve'
  return undefined
}
