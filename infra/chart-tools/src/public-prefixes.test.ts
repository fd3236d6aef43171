import { services } from '@clientele/cli/services'
import { publicPrefixes } from './public-prefixes.js'

test('a prefix is what comes before the token, once, by service', () => {
  const routes = ['/files/a/:token', '/files/a/:token', '/calendar/:token.ics'].map((path) => ({ path })) as never
  expect(publicPrefixes([{ name: 'a', routes }, { name: 'b' }])).toEqual({ a: ['/calendar', '/files/a'] })
})

test('no two services share a prefix, so that ingress can tell them apart', () => {
  const prefixes = Object.values(publicPrefixes(services)).flat()
  const within = prefixes.filter((one) => prefixes.some((other) => one !== other && `${one}/`.startsWith(`${other}/`)))
  expect({ within, twice: prefixes.length - new Set(prefixes).size }).toEqual({ within: [], twice: 0 })
})
