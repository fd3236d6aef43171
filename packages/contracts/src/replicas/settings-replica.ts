import { calendarArchived, calendarSaved, exchangeRatesChanged, tenantSettingsChanged } from '../profiles.js'

/** How services keep a replica of their tenants' settings: by these events, and by asking profiles where none has arrived yet. */
export const settingsReplica = {
  concept: 'tenant_settings',
  owner: {
    service: 'profiles',
    query: `{ found: tenantSettings { id version country currency languages timeZone ratePivot rateAgeDays defaultCalendar
      approvalLimits { compensation { amount currency } } visitCadences { customerClass days }
      complaintDeadlines { severity acknowledge resolve } branding { name color logoUrl } } }`,
  },
  events: [tenantSettingsChanged],
} as const

/** The same of their calendars, archived ones included. */
export const calendarReplica = {
  concept: 'calendar',
  owner: {
    service: 'profiles',
    query: `{ found: calendars(includeArchived: true) { id version key status timeZone week { day intervals { from to } }
      holidays { date } shiftedWorkingDays { date intervals { from to } } } }`,
  },
  events: [calendarSaved, calendarArchived],
} as const

/** The same of their latest exchange rates. */
export const ratesReplica = {
  concept: 'exchange_rates',
  owner: { service: 'profiles', query: '{ found: currentExchangeRates { id version rates { base quote day rate } } }' },
  events: [exchangeRatesChanged],
} as const
