import { of, type Step, step } from './step.js'

const answers = [{ question: 'words', text: 'fine' }]

export const surveysSteps: readonly Step[] = [
  step(
    'createSurvey',
    () => ({ key: 'words', title: 'Words', questions: [{ key: 'words', kind: 'TEXT', text: { en: 'Well?' } }] }),
    { as: 'survey', other: { title: 'Other' } },
  ),
  step('updateSurvey', (made) => ({ ...of('survey')(made), title: 'In words' })),
  step('publishSurvey', of('survey')),
  step(
    'inviteToSurvey',
    ({ survey, customer }) => ({ surveyId: survey.id, customerId: customer.id, channel: 'mail' }),
    {
      as: 'invited',
      selection: 'token invitation { id }',
      other: { channel: 'phone' },
    },
  ),
  step('submitResponse', ({ invited }) => ({ token: invited.token, answers }), {
    selection: '__typename',
    other: { answers: [{ question: 'words', text: 'no' }] },
  }),
  step(
    'recordResponse',
    ({ survey, customer }) => ({ surveyId: survey.id, customerId: customer.id, mode: 'AGENT', answers }),
    {
      other: { answers: [{ question: 'words', text: 'no' }] },
    },
  ),
  step('inviteToSurvey', ({ survey, customer }) => ({ surveyId: survey.id, customerId: customer.id, channel: 'sms' }), {
    as: 'revoked',
    selection: 'invitation { id }',
    other: { channel: 'phone' },
  }),
  step('revokeInvitation', ({ revoked }) => ({ id: revoked.invitation.id })),
  step('closeSurvey', of('survey')),
]
