import { calendars, tenantSettings } from './settings.actions.js'

export const replicateSettings = tenantSettings.consumer('interactions-tenant-settings-replica')
export const replicateCalendars = calendars.consumer('interactions-calendar-replica')
