import { invitationExpired, invitationIssued, invitationRevoked, limits } from '@clientele/contracts'
import {
  type Context,
  checkNumber,
  checkRequiredText,
  createLinkToken,
  expectVersion,
  linkTokenHash,
  locked,
  validationIssues,
} from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { customers } from '../customer/customer.actions.js'
import { publishedSurvey } from '../surveys/survey.actions.js'
import { InvitationStatus, SurveyInvitation } from './invitation.entity.js'
import type { InviteToSurveyInput, RevokeInvitationInput } from './invitation.input.js'
import { invitationPolicy } from './invitation.policy.js'
import { invitationWorkflow } from './invitation.workflow.js'
import { contextColumns } from './survey-context.js'

const dayMs = 24 * 60 * 60 * 1000

/**
 * Invites a customer to the current version of a survey. The token is in nobody's hands but the caller's: a repetition of an
 * idempotency key answers without it. Throws INVALID, NOT_FOUND `customer.unknown`, CONFLICT `survey.not_published`, `customer.archived`.
 */
export const inviteToSurvey = async (ctx: Context, input: InviteToSurveyInput) => {
  let token: string | null = null
  const invitation = await ctx.transaction(
    async (tx) => {
      tx.allow(invitationPolicy.write)
      const fields = check(input)
      const survey = await publishedSurvey(tx, input.surveyId)
      await customers.require(tx, input.customerId, invitationPolicy.write, { archived: 'refused' })
      token = createLinkToken(tx.actor.tenant)
      const invitation = tx.em.create(SurveyInvitation, {
        ...fields,
        surveyId: survey.id,
        surveyVersion: survey.currentVersion,
        customerId: input.customerId,
        status: InvitationStatus.ISSUED,
        tokenHash: linkTokenHash(token),
        expiresAt: new Date(tx.now().getTime() + input.expiresInDays * dayMs),
      })
      tx.emit(invitationIssued, invitation, factsOf(invitation))
      return invitation
    },
    { key: input.idempotencyKey, operation: 'inviteToSurvey', input },
  )
  return { invitation, token }
}

/** Takes an unanswered invitation back. Throws CONFLICT `invitation.illegal_transition`. */
export const revokeInvitation = (ctx: Context, input: RevokeInvitationInput) =>
  ctx.transaction(async (tx) => {
    const invitation = await locked(tx, SurveyInvitation, input.id, invitationPolicy.write)
    expectVersion(invitation, input.expectedVersion)
    invitationWorkflow.move(invitation, InvitationStatus.REVOKED)
    tx.emit(invitationRevoked, invitation, factsOf(invitation))
    return invitation
  })

/** Expires those of the given invitations whose time has come and that still wait; answers how many. */
export const expireInvitations = (ctx: Context, ids: readonly string[]) =>
  ctx.transaction(async (tx) => {
    const due = await tx.em.find(
      SurveyInvitation,
      { id: { $in: [...ids] }, status: InvitationStatus.ISSUED, expiresAt: { $lte: tx.now() } },
      { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
    )
    for (const invitation of due) {
      invitationWorkflow.move(invitation, InvitationStatus.EXPIRED)
      tx.emit(invitationExpired, invitation, factsOf(invitation))
    }
    return due.length
  })

const check = (input: InviteToSurveyInput) => {
  const issues = validationIssues()
  const channel = checkRequiredText(issues, 'channel', input.channel, limits.code)
  checkNumber(issues, 'expiresInDays', input.expiresInDays, limits.invitationDays)
  const context = contextColumns(issues, input.context)
  issues.refuse()
  return { channel, ...context }
}

const factsOf = ({ surveyId, customerId, channel, expiresAt }: SurveyInvitation) => ({
  surveyId,
  customerId,
  channel,
  expiresAt: expiresAt.toISOString(),
})
