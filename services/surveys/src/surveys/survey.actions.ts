import { isDeepStrictEqual } from 'node:util'
import { limits, surveyClosed, surveyCreated, surveyPublished, surveyUpdated } from '@clientele/contracts'
import {
  Conflict,
  type Context,
  checkRequiredText,
  expectVersion,
  isId,
  locked,
  type Transaction,
  unknownEntity,
  validationIssues,
} from '@clientele/kit'
import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core'
import { checkQuestions } from '../questions/check-questions.js'
import { Survey, SurveyStatus } from './survey.entity.js'
import type { CloseSurveyInput, CreateSurveyInput, PublishSurveyInput, UpdateSurveyInput } from './survey.input.js'
import { surveyPolicy } from './survey.policy.js'
import { surveyWorkflow } from './survey.workflow.js'
import { SurveyVersion } from './survey-version.entity.js'

/** Drafts a survey. Throws INVALID with every fault of the input, CONFLICT `survey.key_taken`. */
export const createSurvey = (ctx: Context, input: CreateSurveyInput) =>
  ctx
    .transaction(
      async (tx) => {
        tx.allow(surveyPolicy.write)
        const issues = validationIssues()
        const key = checkRequiredText(issues, 'key', input.key, limits.key)
        const title = checkRequiredText(issues, 'title', input.title, limits.surveyTitle)
        const questions = checkQuestions(issues, 'questions', input.questions)
        issues.refuse()
        const survey = tx.em.create(Survey, {
          key,
          title,
          status: SurveyStatus.DRAFT,
          currentVersion: 0,
          draft: questions,
        })
        tx.emit(surveyCreated, survey, numbersOf(survey))
        return survey
      },
      { key: input.idempotencyKey, operation: 'createSurvey', input },
    )
    .catch((error: unknown) => {
      if (!isKeyTaken(error)) throw error
      throw new Conflict('There is a survey with this key already.', {
        reason: 'survey.key_taken',
        fields: [{ path: 'input.key', reason: 'survey.key_taken', message: 'another survey has this key' }],
      })
    })

/** Changes title and draft; what is published stays as it is. Nothing changed, nothing emitted. Throws CONFLICT `survey.closed`. */
export const updateSurvey = (ctx: Context, input: UpdateSurveyInput) =>
  ctx.transaction(async (tx) => {
    const survey = await locked(tx, Survey, input.id, surveyPolicy.write)
    expectVersion(survey, input.expectedVersion)
    if (survey.status === SurveyStatus.CLOSED) {
      throw new Conflict('A closed survey cannot be changed.', { reason: 'survey.closed' })
    }
    const issues = validationIssues()
    const title =
      input.title == null ? survey.title : checkRequiredText(issues, 'title', input.title, limits.surveyTitle)
    const questions = input.questions && checkQuestions(issues, 'questions', input.questions)
    issues.refuse()
    const changedFields: string[] = []
    if (title !== survey.title) {
      survey.title = title
      changedFields.push('title')
    }
    if (questions && !isDeepStrictEqual(questions, survey.draft)) {
      survey.draft = questions
      changedFields.push('draft')
    }
    if (changedFields.length) tx.emit(surveyUpdated, survey, { ...numbersOf(survey), changedFields })
    return survey
  })

/** Fixes the draft as the next version. Throws CONFLICT `survey.nothing_to_publish`, `survey.no_questions`, `survey.too_many_versions`, `survey.illegal_transition`. */
export const publishSurvey = (ctx: Context, input: PublishSurveyInput) =>
  ctx.transaction(async (tx) => {
    const survey = await locked(tx, Survey, input.id, surveyPolicy.write)
    expectVersion(survey, input.expectedVersion)
    surveyWorkflow.move(survey, SurveyStatus.PUBLISHED)
    const { draft } = survey
    if (!draft)
      throw new Conflict('Nothing has been drafted since the last version.', { reason: 'survey.nothing_to_publish' })
    if (!draft.length) throw new Conflict('A survey needs at least one question.', { reason: 'survey.no_questions' })
    const { most } = limits.surveyVersions
    if (survey.currentVersion >= most) {
      const message = `A survey has at most ${most} versions: start another one.`
      throw new Conflict(message, { reason: 'survey.too_many_versions', params: { most } })
    }
    survey.currentVersion += 1
    survey.draft = null
    tx.em.create(SurveyVersion, {
      surveyId: survey.id,
      number: survey.currentVersion,
      title: survey.title,
      questions: draft,
      publishedAt: tx.now(),
      publishedBy: tx.actor.subject,
    })
    tx.emit(surveyPublished, survey, numbersOf(survey))
    return survey
  })

/** Stops a survey from taking answers. Throws CONFLICT `survey.illegal_transition`. */
export const closeSurvey = (ctx: Context, input: CloseSurveyInput) =>
  ctx.transaction(async (tx) => {
    const survey = await locked(tx, Survey, input.id, surveyPolicy.write)
    expectVersion(survey, input.expectedVersion)
    surveyWorkflow.move(survey, SurveyStatus.CLOSED)
    survey.draft = null
    tx.emit(surveyClosed, survey, numbersOf(survey))
    return survey
  })

/**
 * A survey that takes answers, and does so until the commit; also for the holder of an invitation's token, who has no role.
 * Throws NOT_FOUND, CONFLICT `survey.not_published`.
 */
export const publishedSurvey = async (tx: Transaction, id: string) => {
  if (!isId(id)) throw unknownEntity('survey')
  const survey = await tx.em.findOneOrFail(Survey, { id }, { lockMode: LockMode.PESSIMISTIC_READ, filters: false })
  if (survey.status === SurveyStatus.PUBLISHED) return survey
  throw new Conflict('This survey takes no answers.', { reason: 'survey.not_published' })
}

const numbersOf = ({ key, currentVersion }: Survey) => ({ key, surveyVersion: currentVersion })

const isKeyTaken = (error: unknown) =>
  error instanceof UniqueConstraintViolationException && (error as { constraint?: string }).constraint === 'survey_key'
