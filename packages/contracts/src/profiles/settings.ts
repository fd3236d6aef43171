import { event } from '../event.js'
import {
  businessCalendar,
  calendarExample,
  exchangeRates,
  ratesExample,
  settingsExample,
  tenantSettings,
} from '../replicas/settings.js'

export const tenantSettingsChanged = event(
  'clientele.profiles.tenant_settings.changed.v1',
  'The settings of the tenant were made with their defaults, or changed.',
  tenantSettings,
  settingsExample,
)

export const calendarSaved = event(
  'clientele.profiles.calendar.saved.v1',
  'A calendar of working time was made or changed, its holidays included.',
  businessCalendar,
  calendarExample,
)

export const calendarArchived = event(
  'clientele.profiles.calendar.archived.v1',
  'A calendar of working time was taken out of use.',
  businessCalendar,
  { ...calendarExample, version: 2, status: 'ARCHIVED' },
)

export const exchangeRatesChanged = event(
  'clientele.profiles.exchange_rates.changed.v1',
  'The latest rate of some pair of currencies changed: a new day was recorded, or a rate was corrected.',
  exchangeRates,
  ratesExample,
)
