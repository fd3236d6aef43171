import { createHash, randomBytes } from 'node:crypto'
import { type Actor, type Context, NotFound, type Transaction } from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { SurveyInvitation } from './invitation.entity.js'

const form = /^([a-z0-9-]{1,63})\.[A-Za-z0-9_-]{43}$/

/** A token that nobody can guess: the tenant, so that the public endpoint finds it, and 256 random bits in base64url. */
export const createToken = (tenant: string) => `${tenant}.${randomBytes(32).toString('base64url')}`

/** What is stored of a token: its SHA-256 in hexadecimal. */
export const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** The tenant that a token names, undefined for a text that cannot be one. */
export const tenantOf = (token: string) => form.exec(token)?.[1]

/** Somebody of this tenant who holds a token and no role. */
const holder = (tenant: string, subject: string): Actor => ({
  subject,
  roles: [],
  tenant,
  territories: [],
  scopes: [],
  kind: 'person',
})

// Whoever holds the token reaches its invitation: no role and no filter by roles says so.
const byToken = { filters: false } as const

/**
 * The invitation of a token, and the request as its holder. Throws NOT_FOUND `invitation.unknown`, whether tenant, token or form is
 * wrong: a tenant that does not exist looks like one that does.
 */
export const enter = async (ctx: Context, token: string) => {
  const tenant = tenantOf(token)
  const as = tenant && ctx.as(holder(tenant, 'invitation'))
  const invitation = as && (await as.em.findOne(SurveyInvitation, { tokenHash: hashOf(token) }, byToken))
  if (!invitation) throw new NotFound('There is no such invitation.', { reason: 'invitation.unknown' })
  return { invitation, guest: ctx.as(holder(tenant, `invitation:${invitation.id}`)) }
}

/** The invitation that its holder has entered with, locked for change. */
export const lockEntered = (tx: Transaction, { id }: SurveyInvitation) =>
  tx.em.findOneOrFail(SurveyInvitation, { id }, { ...byToken, lockMode: LockMode.PESSIMISTIC_WRITE })
