import { createHash } from 'node:crypto'
import { canonicalId, isUuid } from '../texts/text.js'

/** The namespace of name-based identifiers of staff (RFC 9562 §5.5). */
const namespace = Buffer.from('6f9d2b7c51e84f0a9d3ac4b1e07a52d6', 'hex')

/**
 * The identifier of the member of staff whom tokens, owners and assignees name by this subject (`sub`): the subject itself where it is a
 * UUID, as Keycloak's are, else the UUID version 5 of it. Everybody computes it alone, nobody has to look it up, and the identifier of an
 * identifier is itself.
 */
export const staffEntityId = (subject: string): string => {
  if (isUuid(subject)) return canonicalId(subject)
  const hash = createHash('sha1').update(namespace).update(subject).digest().subarray(0, 16)
  hash[6] = (hash[6]! & 0x0f) | 0x50
  hash[8] = (hash[8]! & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
