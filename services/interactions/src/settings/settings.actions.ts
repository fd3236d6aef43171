import { calendarReplica, type SharedCalendar, type SharedSettings, settingsReplica } from '@clientele/contracts'
import { documentReplica } from '@clientele/kit'

/** What this service knows of the settings of tenants, which belong to profiles. */
export const tenantSettings = documentReplica<SharedSettings>(settingsReplica)

/** What this service knows of their calendars. */
export const calendars = documentReplica<SharedCalendar>(calendarReplica)
