import { workflow } from '@clientele/kit'
import type { InvitationStatus } from './invitation.entity.js'

export const invitationWorkflow = workflow<`${InvitationStatus}`>('invitation', {
  ISSUED: ['COMPLETED', 'EXPIRED', 'REVOKED'],
  COMPLETED: [],
  EXPIRED: [],
  REVOKED: [],
})
