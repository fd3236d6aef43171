import { number } from '../limit.js'

export const invitations = {
  invitationDays: number(1, 365),
} as const
