import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../auth/actor.js'

const form = /^([a-z0-9-]{1,63})\.[A-Za-z0-9_-]{43}$/

/** A token that nobody can guess: the tenant, so that a public field or route finds it, and 256 random bits in base64url. */
export const createLinkToken = (tenant: string) => `${tenant}.${randomBytes(32).toString('base64url')}`

/** What is stored of a token: its SHA-256 in hexadecimal. */
export const linkTokenHash = (token: string) => createHash('sha256').update(token).digest('hex')

/** The tenant that a token names, undefined for a text that cannot be one. A tenant that does not exist looks like one that does. */
export const tenantOfLinkToken = (token: string) => form.exec(token)?.[1]

/** Somebody of this tenant who holds a link and has no role. */
export const linkHolder = (tenant: string, subject: string): Actor => ({
  subject,
  roles: [],
  tenant,
  territories: [],
  scopes: [],
  kind: 'person',
})
