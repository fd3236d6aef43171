import { whole } from '@clientele/kit'
import { z } from 'zod'

/** What the service may be told beside the settings that every service has. */
export const config = z.object({
  /** How long notifications are kept, read or not. */
  NOTIFICATION_DAYS: whole(1, 3_650).default(90),
})

const defaults = config.parse({})

/** For how many days notifications are kept, by a context's settings. */
export const notificationDays = (settings: Readonly<Record<string, unknown>>): number =>
  ({ ...defaults, ...settings }).NOTIFICATION_DAYS
