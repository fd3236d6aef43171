import { urlFault } from './webhook-url.js'

const strict = { ports: [443], loopback: false }

/** Every way that we know to name a place that only we can reach; none may ever be connected to. */
const refused = [
  // this machine
  'https://localhost/',
  'https://LOCALHOST/',
  'https://localhost./',
  'https://a.localhost/',
  'https://localhost.localdomain/',
  'https://127.0.0.1/',
  'https://127.1/',
  'https://127.0.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0x7f.1/',
  'https://0177.0.0.1/',
  'https://017700000001/',
  'https://0x7f.0x0.0x0.0x1/',
  'https://127.0.0.1./',
  'https://127.255.255.254/',
  'https://127。0。0。1/',
  'https://①②⑦.⓪.⓪.①/',
  'https://%31%32%37.0.0.1/',
  'https://[::1]/',
  'https://[0:0:0:0:0:0:0:1]/',
  // unspecified
  'https://0/',
  'https://0.0.0.0/',
  'https://0.1.2.3/',
  'https://[::]/',
  // IPv4 in IPv6: mapped, compatible, translated, 6to4, Teredo, NAT64
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[::ffff:8.8.8.8]/',
  'https://[::127.0.0.1]/',
  'https://[::ffff:0:127.0.0.1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:7f00:1::]/',
  'https://[64:ff9b::127.0.0.1]/',
  'https://[64:ff9b::a00:1]/',
  'https://[64:ff9b:1::a00:1]/',
  // private, shared, link-local, metadata
  'https://10.0.0.1/',
  'https://10.255.255.255/',
  'https://172.16.0.1/',
  'https://172.31.255.255/',
  'https://192.168.1.1/',
  'https://3232235777/',
  'https://100.64.0.1/',
  'https://100.127.255.254/',
  'https://169.254.169.254/latest/meta-data/',
  'https://0xa9fea9fe/',
  'https://2852039166/',
  'https://[fe80::1]/',
  'https://[fd00:ec2::254]/',
  'https://[fc00::1]/',
  'https://[fec0::1]/',
  'https://metadata.google.internal/',
  'https://instance-data/',
  'https://printer.local/',
  'https://nas.lan/',
  'https://router.home.arpa/',
  'https://kubernetes.default.svc/',
  'https://wiki.intranet/',
  'https://168.63.129.16/machine',
  'https://2822734096/',
  'https://161.26.0.10/',
  'https://166.11.255.255/',
  'https://199.36.153.5/',
  'https://199.36.153.11/',
  'https://100.100.100.200/latest/meta-data/',
  'https://192.0.0.192/latest/',
  'https://[fd20:ce::254]/',
  ...['onion', 'invalid', 'test', 'alt', 'corp', 'home', 'mail', 'consul', 'internal', 'local', 'private'].map(
    (name) => `https://partner.${name}/`,
  ),
  'https://vault.SERVICE.Consul/',
  // reserved, documentation, benchmarks, multicast, broadcast
  'https://192.0.0.1/',
  'https://192.0.2.1/',
  'https://198.18.0.1/',
  'https://198.51.100.1/',
  'https://203.0.113.1/',
  'https://240.0.0.1/',
  'https://255.255.255.255/',
  'https://224.0.0.1/',
  'https://[ff02::1]/',
  'https://[2001:db8::1]/',
  'https://[3fff::1]/',
  'https://[100::1]/',
  'https://[5f00::1]/',
  'https://[4000::1]/',
  // other schemes, ports, credentials, forms
  'http://partner.com/',
  'ftp://partner.com/',
  'file:///etc/passwd',
  'gopher://partner.com/',
  'javascript:alert(1)',
  'data:text/plain,x',
  'https://partner.com:80/',
  'https://partner.com:22/',
  'https://partner.com:8443/',
  'https://8.8.8.8:6379/',
  'https://user:pw@partner.com/',
  'https://user@partner.com/',
  'https://partner.com@127.0.0.1/',
  'https://partner.com/#fragment',
  'https://partner/',
  'https://partner.com./',
  'https:///',
  'https://',
  '//partner.com/',
  '/hooks',
  'partner.com',
  '',
  ' ',
  'https://a b.com/',
  'https://partner.com\\@evil.com/',
  'https://evil.com\\.partner.com/',
  'https:\\\\partner.com/',
  'https:partner.com/',
  'https://134744072/',
  'https://partner.com/a/../b',
  'https://[::1%25eth0]/',
  'https://999.1.1.1/',
  'https://1.2.3.4.5/',
  'https://-partner.com/',
  `https://partner.com/${'x'.repeat(2048)}`,
  `https://${'a'.repeat(64)}.com/`,
]

test.each(refused)('%s is refused', (url) => {
  expect(urlFault(url, strict)).toEqual(expect.any(String))
})

test.each([
  'https://partner.com/',
  'https://partner.com:443/hooks?key=1',
  'https://hooks.partner.co.uk/a/b',
  'https://例え.jp/フック',
  'https://xn--r8jz45g.xn--zckzah/',
  'https://8.8.8.8/',
  'https://168.63.129.17/',
  'https://199.36.153.12/',
  'https://hometest.partner.com/',
  'https://partner.homes/',
  'https://[2606:4700:4700::1111]/',
  'https://localhost.partner.com/',
  'https://127.0.0.1.partner.com/',
])('%s is accepted', (url) => {
  expect(urlFault(url, strict)).toBeUndefined()
})

test('other ports are accepted where the operator lists them', () => {
  expect(urlFault('https://partner.com:8443/', { ...strict, ports: [443, 8443] })).toBeUndefined()
  expect(urlFault('https://partner.com:444/', { ...strict, ports: [443, 8443] })).toContain('443, 8443')
})

const here = { ports: [443], loopback: true }

test.each(['http://127.0.0.1:4900/', 'http://localhost:80/', 'https://localhost:9443/', 'http://[::1]:4900/'])(
  '%s is accepted where loopback is allowed',
  (url) => {
    expect(urlFault(url, here)).toBeUndefined()
  },
)

test.each([
  'http://10.0.0.1/',
  'https://10.0.0.1/',
  'http://partner.com/',
  'http://169.254.169.254/',
  'http://[::ffff:127.0.0.1]/',
  'ftp://localhost/',
  'https://0.0.0.0/',
  'http://u:p@localhost/',
  'http://2130706433:4900/',
])('%s is refused even where loopback is allowed', (url) => {
  expect(urlFault(url, here)).toEqual(expect.any(String))
})
