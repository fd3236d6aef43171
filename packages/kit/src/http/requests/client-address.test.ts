import { clientAddress, trustedProxies } from './client-address.js'

const address = (remoteAddress: string, forwarded?: string, proxies: string[] = ['10.0.0.0/8', 'fd00::/8']) =>
  clientAddress(
    { socket: { remoteAddress } as never, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } },
    trustedProxies(proxies),
  )

test.each<[string, string, string | undefined, string]>([
  ['a client itself', '203.0.113.7', undefined, '203.0.113.7'],
  ['a client that forges the header', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['a client behind a proxy', '10.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['a client that forges the header, behind a proxy', '10.0.0.1', '1.1.1.1, 203.0.113.7', '203.0.113.7'],
  ['two proxies', '10.0.0.1', '1.1.1.1, 203.0.113.7, 10.9.9.9', '203.0.113.7'],
  ['proxies only', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ['a proxy that says nothing', '10.0.0.1', undefined, '10.0.0.1'],
  ['a proxy that says nonsense', '10.0.0.1', 'unknown', '10.0.0.1'],
  ['an IPv4 address in IPv6', '::ffff:203.0.113.7', undefined, '203.0.113.7'],
  ['a proxy with an IPv4 address in IPv6', '::ffff:10.0.0.1', '203.0.113.7', '203.0.113.7'],
  ['an IPv6 client: their network', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
  ['the same network, written shortly', '2001:0db8:1:2::9', undefined, '2001:db8:1:2::/64'],
  ['an address with a gap', '2001:db8::1', undefined, '2001:db8:0:0::/64'],
  ['an IPv6 client behind an IPv6 proxy', 'fd00::1', '2001:db8::1', '2001:db8:0:0::/64'],
  ['this machine', '::1', undefined, '0:0:0:0::/64'],
])('%s', (_, remote, forwarded, expected) => expect(address(remote, forwarded)).toBe(expected))

test('without trusted proxies the header counts for nothing', () => {
  expect(address('10.0.0.1', '203.0.113.7', [])).toBe('10.0.0.1')
})

test.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/', '10.0.0/8', '::/129', ''])('%j is no proxy', (entry) => {
  expect(() => trustedProxies([entry])).toThrow(RangeError)
})
