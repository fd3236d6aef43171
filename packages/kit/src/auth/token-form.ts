import { refused } from './token-refusal.js'

type JsonObject = Readonly<Record<string, unknown>>

/** Header and claims of a signed token, read strictly but not verified: nothing in them is to be believed yet. */
export interface TokenForm {
  header: JsonObject
  claims: JsonObject
}

const MAX_LENGTH = 16_384
const MAX_LEVELS = 16

/** Keys that travel with the token (RFC 8725 §3.10), extensions that must be understood, and tokens inside tokens. */
const NOT_ACCEPTED = ['jwk', 'jku', 'x5c', 'x5u', 'crit', 'b64', 'cty', 'zip', 'enc']

/**
 * Takes a token apart. Its algorithm must be one of those given, and its header ask for nothing beyond that.
 * @throws Unauthenticated `token.malformed`, `token.algorithm`, `token.header`
 */
export function readToken(token: string, algorithms: readonly string[]): TokenForm {
  if (token.length > MAX_LENGTH) throw refused('token.malformed', 'The token is too long.')
  const [head, body, signature, ...more] = token.split('.')
  if (head === undefined || body === undefined || signature === undefined || more.length > 0) {
    throw refused('token.malformed', 'The token is not a signed one, which has three parts.')
  }
  const header = objectIn(head)
  if (typeof header.alg !== 'string' || !algorithms.includes(header.alg)) throw refused('token.algorithm')
  if (NOT_ACCEPTED.some((name) => Object.hasOwn(header, name)) || !isKeyId(header.kid)) throw refused('token.header')
  bytesIn(signature)
  return { header, claims: objectIn(body) }
}

const isKeyId = (kid: unknown) => kid === undefined || (typeof kid === 'string' && /^[\x21-\x7e]{1,256}$/.test(kid))

/** Only the one right spelling of the bytes: decoders skip blanks, padding, foreign letters and spare bits. */
function bytesIn(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url')
  if (bytes.toString('base64url') !== part) throw refused('token.malformed')
  return bytes
}

function objectIn(part: string): JsonObject {
  const bytes = bytesIn(part)
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && isPlain(text))
      return value as JsonObject
  } catch {}
  throw refused('token.malformed')
}

/** Whether JSON says the same to every reader: no name twice in an object (readers keep the first, the last or both), none that JavaScript gives a meaning, no abyss. */
function isPlain(json: string): boolean {
  const open: Set<string>[] = []
  for (const [mark, name] of json.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (mark === '{' || mark === '[') open.push(new Set())
    else if (mark === '}' || mark === ']') open.pop()
    else if (name !== undefined) {
      const names = open.at(-1)!
      const key = JSON.parse(name) as string
      if (key === '__proto__' || names.has(key)) return false
      names.add(key)
    }
    if (open.length > MAX_LEVELS) return false
  }
  return true
}
