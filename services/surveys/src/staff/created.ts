import { creatorResolvers, keyNamedBy } from '@clientele/kit'
import { reads, row } from '@clientele/query-compiler'
import { SurveyInvitation } from '../invitations/invitation.entity.js'
import { SurveyResponse } from '../responses/response.entity.js'
import { Survey } from '../surveys/survey.entity.js'
import { staff } from './staff.actions.js'
import { Staff } from './staff.ref.js'

/** What somebody created. */
const created = [Survey, SurveyInvitation, SurveyResponse]

export const createdResolvers = creatorResolvers({ type: Staff, find: keyNamedBy(staff, 'staff', 'sub') }, created)

export const createdReads = created.map(({ name }) =>
  reads(name, { creator: row((one) => `select staff.id from staff where staff.sub = ${one}.created_by`) }),
)
