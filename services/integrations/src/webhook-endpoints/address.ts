import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

// The only IPv6 addresses that are given out; everything beside them is local, transitional or reserved.
const globalUnicast = ipaddr.parseCIDR('2000::/3')

/**
 * Whether an endpoint may be at this IP address: it must be reachable from everywhere, hence neither private, local, metadata,
 * carrier-grade NAT, mapped or translated IPv4, nor reserved. `loopback` allows this machine as well.
 */
export const isAllowedAddress = (address: string, { loopback }: { loopback: boolean }): boolean => {
  if (!isIP(address) || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  const range = parsed.range()
  if (range === 'loopback') return loopback
  if (range !== 'unicast') return false
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast)
}

/** Whether an IP address means this machine. */
export const isLoopback = (address: string) => isIP(address) > 0 && ipaddr.parse(address).range() === 'loopback'
