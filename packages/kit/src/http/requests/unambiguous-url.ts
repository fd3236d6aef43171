import { domainToUnicode } from 'node:url'

/**
 * The URL of a text that all parsers read alike (RFC 3986 and the WHATWG standard), or undefined. Refused is what one of them mends, drops or
 * takes for something else: a backslash, a blank, user info, a host that is not written out, a dot segment. The scheme is http or https;
 * other scripts may stand in host, path and query.
 */
export const unambiguousUrl = (text: string): URL | undefined => {
  const { scheme = '', host = '', port, rest = '' } = form.exec(text)?.groups ?? {}
  const url = scheme ? URL.parse(text) : null
  if (!url) return undefined
  const hasPort = port !== undefined && port !== defaultPorts[url.protocol]
  const asGiven =
    isSameHost(host, url.hostname) &&
    url.port === (hasPort ? port : '') &&
    url.pathname + url.search + url.hash === written(rest)
  return asGiven ? url : undefined
}

const defaultPorts: Record<string, string> = { 'http:': '80', 'https:': '443' }

// Letters and marks of other scripts, but no blanks, controls or characters that change how the others are shown.
const other = '[^ -~\\p{C}\\p{Z}]'
const inPath = `(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2}|${other})`
const form = new RegExp(
  `^(?<scheme>https?)://(?<host>\\[[0-9a-f:.]+\\]|(?:[a-z0-9._-]|${other})+)(?::(?<port>[1-9]\\d{0,4}))?` +
    `(?<rest>(?:/${inPath}*)?(?:\\?(?:${inPath}|\\?)*)?(?:#(?:${inPath}|\\?)*)?)$`,
  'iu',
)

// What IDNA 2003 and 2008 read as different names.
const deviating = /[ßẞς\u200c\u200d]/u

const isSameHost = (given: string, read: string) => {
  const host = given.toLowerCase().normalize('NFC')
  if (given.startsWith('[')) return true
  return host === read || (!deviating.test(given) && host === domainToUnicode(read))
}

const written = (rest: string) => {
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/su.exec(rest) ?? []
  return encoded(path || '/') + encoded(query === '?' ? '' : query).replaceAll("'", '%27') + encoded(fragment)
}

const encoded = (text: string) => text.replace(/[^ -~]+/gu, encodeURIComponent)
