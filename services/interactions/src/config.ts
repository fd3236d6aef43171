import { fileStoreSettings } from '@clientele/files'
import { whole } from '@clientele/kit'

/** What the service may be told beside the settings that every service has. */
export const config = fileStoreSettings.extend({
  /** How long notifications are kept, read or not. */
  NOTIFICATION_DAYS: whole(1, 3_650).default(90),
  /** How long it is kept that the work of somebody was given to others, once that has ended. */
  WORK_REASSIGNMENT_DAYS: whole(1, 3_650).default(90),
})

const defaults = config.parse({})

/** For how many days notifications are kept, by a context's settings. */
export const notificationDays = (settings: Readonly<Record<string, unknown>>): number =>
  ({ ...defaults, ...settings }).NOTIFICATION_DAYS

/** For how many days reassignments of work are kept, likewise. */
export const workReassignmentDays = (settings: Readonly<Record<string, unknown>>): number =>
  ({ ...defaults, ...settings }).WORK_REASSIGNMENT_DAYS
