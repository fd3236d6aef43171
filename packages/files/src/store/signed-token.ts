import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { checkedKey } from './file-store.js'

const claims = z.union([
  z.object({ put: z.string(), bytes: z.int(), until: z.int() }),
  z.object({ get: z.string(), name: z.string(), mediaType: z.string(), until: z.int() }),
])

/** What a link of the local folder allows, until a moment in milliseconds. */
export type LinkClaims = z.output<typeof claims>

const macOf = (secret: Buffer, payload: string) => createHmac('sha256', secret).update(payload).digest('base64url')

export const signToken = (secret: Buffer, allowed: LinkClaims) => {
  const payload = Buffer.from(JSON.stringify(allowed)).toString('base64url')
  return `${payload}.${macOf(secret, payload)}`
}

/** What a token allows; undefined where it was not signed with this secret, or its time is over. */
export const openToken = (secret: Buffer, token: string, now: Date): LinkClaims | undefined => {
  const [payload = '', mac = ''] = token.split('.')
  const [given, right] = [Buffer.from(mac), Buffer.from(macOf(secret, payload))]
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
  const allowed = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()))
  checkedKey('put' in allowed ? allowed.put : allowed.get)
  return allowed.until > now.getTime() ? allowed : undefined
}
