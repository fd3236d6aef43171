import { domainToASCII, domainToUnicode } from 'node:url'

/** What an input method for Chinese or Japanese writes in the stead of ASCII, and the full stop that stands for a point. */
const wide = /[\uff01-\uffef]+/gu
const fullStops = /\u3002/g

// RFC 5321's dot-atom, with the letters, marks and digits of every script beside ASCII (RFC 6531).
const letter = '\\p{L}\\p{M}\\p{Nd}\\u200c\\u200d'
const atom = `[${letter}!#$%&'*+/=?^_\`{|}~\\-]+`
const localPart = new RegExp(`^${atom}(?:\\.${atom})*$`, 'u')

/** A name of at least two labels, the last of which begins with a letter, so that an IPv4 address is none. */
const hostName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/

// IDNA2008 has letters, marks, digits, the hyphen and characters that are letters in their context (RFC 5892, appendix A).
const labels = new RegExp(`^[${letter}\\u00b7\\u0375\\u05f3\\u05f4\\u30fb.-]+$`, 'u')

/**
 * The one e-mail address that a text is, at most 254 octets, or undefined: the part before the @ as written, in NFC and with ASCII in its
 * usual width; the domain as DNS has it, in lower case and in its ASCII form. Quoted local parts, address literals, comments and
 * display names, which RFC 5322 also has, are not read.
 */
export const readEmailAddress = (text: string): string | undefined => {
  const plain = text
    .trim()
    .replace(wide, (characters) => characters.normalize('NFKC'))
    .replace(fullStops, '.')
  const at = plain.lastIndexOf('@')
  const local = plain.slice(0, at).normalize('NFC')
  if (at < 1 || octets(local) > 64 || !localPart.test(local) || local !== local.normalize('NFKC')) return undefined
  const domain = domainOf(plain.slice(at + 1))
  const address = `${local}@${domain}`
  return domain && octets(address) <= 254 ? address : undefined
}

/** A stored address as people write it: the domain in its own script. */
export const shownEmailAddress = (address: string): string => {
  const at = address.lastIndexOf('@')
  return address.slice(0, at + 1) + domainToUnicode(address.slice(at + 1))
}

// The functions of the URL standard take what stands before a path or port and undo percent-encoding: they are asked for names alone.
const domainOf = (written: string) => {
  if (!labels.test(written)) return undefined
  const ascii = domainToASCII(written)
  const shown = domainToUnicode(ascii)
  return hostName.test(ascii) && isReadable(shown) && domainToASCII(shown) === ascii ? ascii : undefined
}

// A label in ASCII form that says nothing stays as it is.
const isReadable = (shown: string) => labels.test(shown) && !/(?:^|\.)xn--/.test(shown)

const octets = (text: string) => Buffer.byteLength(text)
