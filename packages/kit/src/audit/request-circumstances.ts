import { isIP, isIPv6 } from 'node:net'
import { Invalid } from '../errors/errors.js'

const longest = 200

/**
 * What the headers say about a request beside who makes it: its purpose, and the address that the gateway saw it come from.
 * @throws Invalid `purpose.invalid` for a purpose that is longer than 200 characters: what was meant for the audit log is not dropped
 */
export const circumstancesOf = (headers: Record<string, string>) => {
  const purpose = readable(headers['x-clientele-purpose'] ?? '')
  if ([...purpose].length > longest) {
    throw new Invalid(`x-clientele-purpose has at most ${longest} characters.`, { reason: 'purpose.invalid' })
  }
  const address = headers['x-clientele-address'] ?? ''
  return { ...(purpose && { purpose }), ...(isAddress(address) && { address }) }
}

/** Headers carry bytes: other scripts come percent-encoded, or as the bytes of UTF-8, one character each. */
const readable = (text: string) => {
  if (/^[ -$&-~]*$/.test(text)) return text.trim()
  return decoded(() => decodeURIComponent(utf8(text)), text)
    .replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()
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
