import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

// The only IPv6 addresses that are given out; everything beside them is local, transitional or reserved.
const globalUnicast = ipaddr.parseCIDR('2000::/3')

// Public by their numbers, and yet only what a cloud gives to the machines within it: names, metadata, its own services.
const cloudInternal = [
  '168.63.129.16/32', // Azure, the WireServer
  '161.26.0.0/16', // IBM Cloud, services of the infrastructure
  '166.8.0.0/14', // IBM Cloud, service endpoints
  '199.36.153.4/30', // Google Cloud, APIs as seen from within
  '199.36.153.8/30',
].map((range) => ipaddr.parseCIDR(range) as [ipaddr.IPv4, number])

/**
 * Whether an endpoint may be at this IP address: it must be reachable from everywhere, hence neither private, local, metadata,
 * of a cloud's inside, carrier-grade NAT, mapped or translated IPv4, nor reserved. `loopback` allows this machine as well.
 */
export const isAllowedAddress = (address: string, { loopback }: { loopback: boolean }): boolean => {
  if (!isIP(address) || address.includes('%')) return false
  const parsed = ipaddr.parse(address)
  const range = parsed.range()
  if (range === 'loopback') return loopback
  if (range !== 'unicast') return false
  if (parsed instanceof ipaddr.IPv4) return !cloudInternal.some((range) => parsed.match(range))
  return parsed.match(globalUnicast)
}

/** Whether an IP address means this machine. */
export const isLoopback = (address: string) => isIP(address) > 0 && ipaddr.parse(address).range() === 'loopback'
