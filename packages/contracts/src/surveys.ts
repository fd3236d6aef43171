import { z } from 'zod'
import { surveyContextKind } from './codes.js'
import { event } from './event.js'
import { taskRequestedBy } from './interactions/task-requested.js'
import { limits, type NumberLimit } from './limits/index.js'
import { changedFields, code, customerId, entity, entityId, instant, key } from './values.js'

const surveyVersion = z.int().min(0).describe('Number of the survey version; 0 while there is none.')
const surveyId = entityId.describe('Identifier of the survey.')

const survey = z.object({
  ...entity('survey'),
  key: key.describe('Key of the survey, unique in the tenant.'),
  surveyVersion,
})

const surveyExample = { id: '0199a1b2-0000-7000-8000-000000000021', version: 1, key: 'after-visit', surveyVersion: 1 }

export const surveyCreated = event(
  'clientele.surveys.survey.created.v1',
  'A survey was drafted.',
  survey,
  surveyExample,
)

export const surveyUpdated = event(
  'clientele.surveys.survey.updated.v1',
  'The title of a survey, or the draft of its next version, changed.',
  survey.extend({ changedFields }),
  { ...surveyExample, version: 2, surveyVersion: 0, changedFields: ['title', 'draft'] },
)

export const surveyPublished = event(
  'clientele.surveys.survey.published.v1',
  'A version of a survey was fixed and opened for answers.',
  survey,
  { ...surveyExample, version: 2 },
)

export const surveyClosed = event('clientele.surveys.survey.closed.v1', 'A survey stopped taking answers.', survey, {
  ...surveyExample,
  version: 3,
})

const invitation = z.object({
  ...entity('invitation'),
  surveyId,
  customerId,
  channel: code.describe('Code of the way the invitation goes out.'),
  expiresAt: instant.describe('When it stops being valid.'),
})

const invitationExample = {
  id: '0199a1b2-0000-7000-8000-000000000022',
  version: 1,
  surveyId: surveyExample.id,
  customerId: '0199a1b2-0000-7000-8000-000000000001',
  channel: 'email',
  expiresAt: '2026-04-10T00:00:00.000Z',
}

export const invitationIssued = event(
  'clientele.surveys.invitation.issued.v1',
  'A customer was invited to a survey.',
  invitation,
  invitationExample,
)

export const invitationExpired = event(
  'clientele.surveys.invitation.expired.v1',
  'An invitation ran out unanswered.',
  invitation,
  { ...invitationExample, version: 2 },
)

export const invitationRevoked = event(
  'clientele.surveys.invitation.revoked.v1',
  'An invitation was taken back.',
  invitation,
  { ...invitationExample, version: 2 },
)

const score = ({ least, most }: NumberLimit) => z.int().min(least).max(most)

const response = z.object({
  ...entity('response'),
  surveyId,
  surveyVersion: z.int().min(1).describe('Number of the survey version that was answered.'),
  customerId,
  invitationId: entityId.nullable().describe('The invitation that was answered.'),
  completedAt: instant.describe('When the last answer came in.'),
  nps: score(limits.nps).nullable().describe('Likelihood to recommend.'),
  csat: score(limits.csat).nullable().describe('Satisfaction.'),
  ces: score(limits.ces).nullable().describe('Ease.'),
  context: z
    .object({
      kind: surveyContextKind.describe('Kind of what the survey asked about.'),
      id: entityId.describe('Identifier of the visit or complaint.'),
    })
    .nullable()
    .describe('What the survey asked about, if one thing.'),
})

export const responseCompleted = event(
  'clientele.surveys.response.completed.v1',
  'A customer answered a survey to its end.',
  response,
  {
    id: '0199a1b2-0000-7000-8000-000000000023',
    version: 1,
    surveyId: surveyExample.id,
    surveyVersion: 1,
    customerId: invitationExample.customerId,
    invitationId: invitationExample.id,
    completedAt: '2026-03-21T18:00:00.000Z',
    nps: 9,
    csat: 4,
    ces: null,
    context: { kind: 'COMPLAINT', id: '0199a1b2-0000-7000-8000-000000000012' },
  },
)

export const surveysTaskRequested = taskRequestedBy('surveys')
