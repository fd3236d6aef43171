import { limits, responseCompleted } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkNotFuture,
  checkTime,
  NotFound,
  type Transaction,
  validationIssues,
} from '@clientele/kit'
import type { StoredAnswer } from '../answers/answer.entity.js'
import { checkAnswers } from '../answers/check-answers.js'
import { customers } from '../customer/customer.actions.js'
import { InvitationStatus, type SurveyInvitation } from '../invitations/invitation.entity.js'
import { invitationWorkflow } from '../invitations/invitation.workflow.js'
import { contextColumns, contextOf } from '../invitations/survey-context.js'
import { enter, lockEntered } from '../invitations/token.js'
import { QuestionKind } from '../questions/question.entity.js'
import { publishedSurvey } from '../surveys/survey.actions.js'
import { SurveyVersion } from '../surveys/survey-version.entity.js'
import { ResponseMode, SurveyResponse } from './response.entity.js'
import type { RecordResponseInput, SubmitResponseInput } from './response.input.js'
import { responsePolicy } from './response.policy.js'

/**
 * Takes the one response to an invitation, from whoever holds its token. Throws NOT_FOUND `invitation.unknown`,
 * CONFLICT `invitation.answered|expired|revoked` or `survey.not_published`, INVALID with every issue of the answers.
 */
export const submitResponse = async (ctx: Context, input: SubmitResponseInput) => {
  const { invitation: known, guest } = await enter(ctx, input.token)
  return guest.transaction(
    async (tx) => {
      const invitation = await lockEntered(tx, known)
      refuseUnlessOpen(invitation, tx.now())
      await publishedSurvey(tx, invitation.surveyId)
      const { surveyId, surveyVersion, customerId, contextKind, contextId } = invitation
      const answers = await check(tx, { surveyId, surveyVersion, answers: input.answers })
      invitationWorkflow.move(invitation, InvitationStatus.COMPLETED)
      const asked = { surveyId, surveyVersion, customerId, contextKind, contextId, invitationId: invitation.id }
      return keep(tx, { ...asked, mode: ResponseMode.SELF, completedAt: tx.now() }, answers)
    },
    { key: input.idempotencyKey, operation: 'submitResponse', input, withoutRole: true },
  )
}

/** Takes down the answers that a customer gave to staff or on paper. Throws as `submitResponse`, and NOT_FOUND `customer.unknown`. */
export const recordResponse = (ctx: Context, input: RecordResponseInput) =>
  ctx.transaction(
    async (tx) => {
      tx.allow(responsePolicy.record)
      const issues = validationIssues()
      const context = contextColumns(issues, input.context)
      const completedAt = input.completedAt ?? tx.now()
      issues.must(input.mode !== ResponseMode.SELF, 'mode', 'mode.self', 'AGENT or PAPER')
      checkTime(issues, 'completedAt', completedAt, limits.eventTime)
      checkNotFuture(issues, 'completedAt', completedAt, tx.now())
      const survey = await publishedSurvey(tx, input.surveyId)
      const surveyVersion = input.surveyVersion ?? survey.currentVersion
      const answers = await check(tx, { surveyId: survey.id, surveyVersion, answers: input.answers }, issues)
      await customers.require(tx, input.customerId, responsePolicy.record, { archived: 'refused' })
      const asked = {
        surveyId: survey.id,
        surveyVersion,
        customerId: input.customerId,
        invitationId: null,
      }
      return keep(tx, { ...asked, ...context, mode: input.mode, completedAt }, answers)
    },
    { key: input.idempotencyKey, operation: 'recordResponse', input },
  )

const refuseUnlessOpen = ({ status, expiresAt }: SurveyInvitation, now: Date) => {
  const { COMPLETED, EXPIRED, REVOKED } = InvitationStatus
  if (status === COMPLETED)
    throw new Conflict('This invitation was answered already.', { reason: 'invitation.answered' })
  if (status === REVOKED) throw new Conflict('This invitation was taken back.', { reason: 'invitation.revoked' })
  if (status === EXPIRED || expiresAt <= now) {
    throw new Conflict('This invitation has run out.', { reason: 'invitation.expired' })
  }
}

const check = async (
  tx: Transaction,
  given: Pick<RecordResponseInput, 'surveyId' | 'answers'> & { surveyVersion: number },
  issues = validationIssues(),
) => {
  const version = await tx.em.findOne(SurveyVersion, { surveyId: given.surveyId, number: given.surveyVersion })
  if (!version) throw new NotFound('The survey has no such version.', { reason: 'survey.unknown_version' })
  const answers = checkAnswers(issues, 'answers', version.questions, given.answers)
  issues.refuse()
  return answers
}

type Fields = Pick<
  SurveyResponse,
  'surveyId' | 'surveyVersion' | 'customerId' | 'invitationId' | 'mode' | 'completedAt'
> &
  Pick<SurveyInvitation, 'contextKind' | 'contextId'>

const keep = async (tx: Transaction, fields: Fields, answers: readonly StoredAnswer[]) => {
  const { NPS, CSAT, CES } = QuestionKind
  const first = (kind: QuestionKind) => answers.find((answer) => answer.kind === kind)?.score ?? null
  const scores = { nps: first(NPS), csat: first(CSAT), ces: first(CES) }
  const response = tx.em.create(SurveyResponse, { ...fields, ...scores })
  const { surveyId, surveyVersion, customerId, completedAt } = fields
  tx.emit(responseCompleted, response, {
    surveyId,
    surveyVersion,
    customerId,
    invitationId: fields.invitationId,
    completedAt: completedAt.toISOString(),
    ...scores,
    context: contextOf(fields),
  })
  await tx.em.flush()
  await tx.em.execute(
    `insert into survey_answer (response_id, survey_id, survey_version, completed_at, question, kind, score, choices, text)
     select ?, ?, ?, ?, given.* from jsonb_to_recordset(?::jsonb)
       as given (question text, kind text, score smallint, choices text[], text text)`,
    [response.id, surveyId, surveyVersion, completedAt, JSON.stringify(answers)],
  )
  return response
}
