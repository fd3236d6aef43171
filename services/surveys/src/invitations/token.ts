import {
  type Context,
  linkHolder,
  linkTokenHash,
  type Transaction,
  tenantOfLinkToken,
  unknownEntity,
} from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { SurveyInvitation } from './invitation.entity.js'

// Whoever holds the token reaches its invitation: no role and no filter by roles says so.
const byToken = { filters: false } as const

/**
 * The invitation of a token, and the request as its holder. Throws NOT_FOUND `invitation.unknown`, whether tenant, token or form is
 * wrong: a tenant that does not exist looks like one that does.
 */
export const enter = async (ctx: Context, token: string) => {
  const tenant = tenantOfLinkToken(token)
  const as = tenant && ctx.as(linkHolder(tenant, 'invitation'))
  const invitation = as && (await as.em.findOne(SurveyInvitation, { tokenHash: linkTokenHash(token) }, byToken))
  if (!invitation) throw unknownEntity('invitation')
  return { invitation, guest: ctx.as(linkHolder(tenant, `invitation:${invitation.id}`)) }
}

/** The invitation that its holder has entered with, locked for change. */
export const lockEntered = (tx: Transaction, { id }: SurveyInvitation) =>
  tx.em.findOneOrFail(SurveyInvitation, { id }, { ...byToken, lockMode: LockMode.PESSIMISTIC_WRITE })
