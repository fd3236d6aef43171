import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

export type TrustedProxies = BlockList | undefined

/** Addresses and subnets of the proxies in front of the gateway, such as `10.0.0.0/8`; undefined for none. Throws a RangeError for one that is none. */
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
