import { lookup as resolve } from 'node:dns/promises'
import { isIP } from 'node:net'
import { Agent, buildConnector } from 'undici'
import { isAllowedAddress } from '../webhook-endpoints/address.js'

/** Thrown instead of connecting to an address where no endpoint may be. */
export class RefusedAddress extends Error {
  readonly code = 'CLIENTELE_URL_REFUSED'
  constructor() {
    super('The address is not one that everybody can reach.')
  }
}

export interface ConnectorOptions {
  /** Whether this machine may be connected to. */
  loopback: boolean
  connectTimeoutMs: number
  /** All IP addresses of a name; the system's resolver unless given. */
  lookup?: (hostname: string) => Promise<readonly string[]>
}

const systemLookup = async (hostname: string) =>
  (await resolve(hostname, { all: true, verbatim: true })).map(({ address }) => address)

/**
 * An HTTP agent that looks names up by itself and connects to exactly the address that it has checked: a name that resolves to
 * something else a moment later gains nothing. A name with one refused address is refused as a whole. Literal addresses, which never
 * reach a look-up, are checked in the same place. Close it with `destroy()`.
 */
export const openAgent = ({ loopback, connectTimeoutMs, lookup = systemLookup }: ConnectorOptions): Agent => {
  const connect = buildConnector({ timeout: connectTimeoutMs, allowH2: false })
  return new Agent({
    pipelining: 1,
    keepAliveTimeout: 10_000,
    maxHeaderSize: 16 * 1024,
    connect: (options, callback) => {
      const hostname = options.hostname.replace(/^\[|\]$/g, '')
      addressOf(hostname, lookup, loopback).then(
        (address) => {
          const servername = isIP(hostname) ? '' : hostname
          connect({ ...options, hostname: address, servername }, callback)
        },
        (error: Error) => callback(error, null),
      )
    },
  })
}

const addressOf = async (hostname: string, lookup: NonNullable<ConnectorOptions['lookup']>, loopback: boolean) => {
  const addresses = isIP(hostname) ? [hostname] : await lookup(hostname)
  const [first] = addresses
  if (!first || !addresses.every((address) => isAllowedAddress(address, { loopback }))) throw new RefusedAddress()
  return first
}
