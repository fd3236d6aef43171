import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { list } from '../../config/config.js'

export type TrustedProxies = BlockList | undefined

/** Addresses and subnets of the proxies in front of this process, such as `10.0.0.0/8`; undefined for none. Throws a RangeError for one that is none. */
export function trustedProxies(list: readonly string[]): TrustedProxies {
  if (list.length === 0) return undefined
  const proxies = new BlockList()
  for (const entry of list) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address)
    const length = bits === undefined ? (family === 6 ? 128 : 32) : /^\d{1,3}$/.test(bits) ? Number(bits) : -1
    if (family === 0 || length < 0 || length > (family === 6 ? 128 : 32)) throw new RangeError('not an address')
    proxies.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4')
  }
  return proxies
}

/**
 * The address a request comes from. `X-Forwarded-For` counts only as far as trusted proxies wrote it: from its right end
 * to the first address that is not one of them. An IPv6 client owns a whole /64, so that is what is returned for it.
 */
export function clientAddress(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  proxies: TrustedProxies,
): string {
  let address = plain(socket.remoteAddress ?? '')
  const forwarded = proxies ? String(headers['x-forwarded-for'] ?? '').split(',') : []
  while (proxies && isTrusted(address, proxies)) {
    const next = plain(forwarded.pop()?.trim() ?? '')
    if (isIP(next) === 0) break
    address = next
  }
  return isIP(address) === 6 ? network(address) : address
}

/** Whether one of the trusted proxies has sent the request, whose other `X-Forwarded-…` headers then count too. */
export const isFromProxy = ({ socket }: Pick<IncomingMessage, 'socket'>, proxies: TrustedProxies): boolean =>
  proxies !== undefined && isTrusted(plain(socket.remoteAddress ?? ''), proxies)

const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')

function isTrusted(address: string, proxies: BlockList): boolean {
  const family = isIP(address)
  return family !== 0 && proxies.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** The first four groups of an IPv6 address, written out. */
function network(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('%')[0]!.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group])) : []
  const gap = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  const groups = [...left, ...gap, ...right].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}

/** A setting that lists proxies whose `X-Forwarded-For` is believed. */
export const proxies = () => list(isProxy).describe('addresses or subnets such as 10.0.0.0/8, with commas between them')

function isProxy(entry: string): boolean {
  try {
    trustedProxies([entry])
    return true
  } catch {
    return false
  }
}
