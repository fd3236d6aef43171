import { list } from '../limit.js'

export const notifications = {
  /** How many are marked by their ids at once. */
  notificationsMarked: list(1, 100),
} as const
