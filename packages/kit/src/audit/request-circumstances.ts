import { isIP, isIPv6 } from 'node:net'
import { charactersOf, code, limits, normalizeLine } from '@clientele/contracts'
import { Invalid } from '../errors/errors.js'
import { refuseMalformed } from '../graphql/request-texts.js'
import { headerOf, type RequestHeaders } from '../http/requests/contract-headers.js'

/**
 * What the headers say about a request beside who makes it: its purpose, the outside system whose change it is, and the address that the
 * gateway saw it come from.
 * @throws Invalid `text.malformed`, `purpose.invalid`, `origin.invalid`: what was meant for the audit log, or keeps a partner from its own echo, is not dropped
 */
export const circumstancesOf = (headers: RequestHeaders) => {
  const purpose = readable(headerOf(headers, 'x-clientele-purpose') ?? '')
  if (charactersOf(purpose) > limits.purpose.most) {
    const { most } = limits.purpose
    throw new Invalid(`x-clientele-purpose has at most ${most} characters.`, {
      reason: 'purpose.invalid',
      params: { most },
    })
  }
  const changeOrigin = headerOf(headers, 'x-clientele-origin') ?? ''
  if (changeOrigin && !code.safeParse(changeOrigin).success) {
    throw new Invalid('x-clientele-origin is the code of a system: 1 to 64 of A-Z a-z 0-9 . _ : -, such as "erp".', {
      reason: 'origin.invalid',
    })
  }
  const address = headerOf(headers, 'x-clientele-address') ?? ''
  return {
    ...(purpose && { purpose }),
    ...(changeOrigin && { changeOrigin }),
    ...(isAddress(address) && { address }),
  }
}

/** Headers carry bytes: other scripts come percent-encoded, or as the bytes of UTF-8, one character each. */
const readable = (text: string) => {
  const read = /^[ -$&-~]*$/.test(text) ? text : decoded(() => decodeURIComponent(utf8(text)), text)
  refuseMalformed(read, ['x-clientele-purpose'])
  return normalizeLine(read)
}

const utf8 = (text: string) =>
  /^[\0-\xff]*$/.test(text)
    ? decoded(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1')), text)
    : text

const decoded = (decode: () => string, otherwise: string) => {
  try {
    return decode()
  } catch {
    return otherwise
  }
}

/** An address, or the network of one, as the gateway tells of IPv6. */
const isAddress = (text: string) => !text.includes('%') && (isIP(text) > 0 || isIPv6(text.replace(/\/64$/, '')))
