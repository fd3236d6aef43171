import { isDeepStrictEqual } from 'node:util'
import { accountRoleOf, calendarSaved, limits, serviceRole, tenantSettingsChanged } from '@clientele/contracts'
import {
  type Actor,
  Conflict,
  type Context,
  expectVersion,
  inTurn,
  type Transaction,
  validationIssues,
} from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { BusinessCalendar } from '../calendars/calendar.entity.js'
import { calendarEvent } from '../calendars/calendar-event.js'
import { defaultCalendar } from '../calendars/default-calendar.js'
import { longestDeadline } from '../calendars/longest-deadline.js'
import { ownSettingsOf } from '../config.js'
import { checkSettings } from './check-settings.js'
import { defaultCalendarName, defaultSettings } from './default-settings.js'
import { settingsPolicy } from './settings.policy.js'
import type { ComplaintDeadline } from './settings-values.js'
import { TenantSettings } from './tenant-settings.entity.js'
import type { ChangeTenantSettingsInput } from './tenant-settings.input.js'

const standard = 'standard'

// Row-level security leaves the one row of the tenant.
const ofTenant = { id: { $ne: null } }
const forUpdate = { lockMode: LockMode.PESSIMISTIC_WRITE } as const

/** The settings of the tenant; made with defaults where nobody has needed them yet, by the service itself and not by who reads them first. */
export const settingsOf = async (ctx: Context): Promise<TenantSettings> =>
  (await ctx.em.findOne(TenantSettings, ofTenant)) ?? (await makeSettings(ctx))

/** Work on the settings of the tenant, or on its calendars: such changes follow one another. */
export const changeSettled = async <T>(
  ctx: Context,
  work: (tx: Transaction, settings: TenantSettings) => Promise<T>,
): Promise<T> => {
  await settingsOf(ctx)
  return ctx.transaction(async (tx) => work(tx, await tx.em.findOneOrFail(TenantSettings, ofTenant, forUpdate)))
}

const makeSettings = (ctx: Context) => {
  const { tenant } = ctx.actor
  const roles = [serviceRole, accountRoleOf('profiles')]
  const self: Actor = { subject: 'service:profiles', roles, tenant, territories: [], kind: 'service', itself: true }
  return ctx.as(self).transaction(async (tx) => {
    // What is not there cannot be locked: who comes second waits here, and finds it then.
    await inTurn(tx, 'tenant settings')
    return (await tx.em.findOne(TenantSettings, ofTenant)) ?? makeDefaults(tx)
  })
}

const makeDefaults = async (tx: Transaction) => {
  const { DEFAULT_COUNTRY: country, DEFAULT_TIME_ZONE: timeZone } = ownSettingsOf(tx)
  const made = defaultSettings(country, timeZone)
  const calendar = tx.em.create(BusinessCalendar, {
    key: standard,
    name: defaultCalendarName(made.languages[0] as string),
    status: 'ACTIVE',
    ...defaultCalendar(country, made.timeZone),
  })
  tx.emit(calendarSaved, calendar, calendarEvent(calendar))
  await tx.em.flush()
  const settings = tx.em.create(TenantSettings, { ...made, defaultCalendar: standard })
  tx.emit(tenantSettingsChanged, settings, settingsEvent(settings))
  await tx.em.flush()
  return settings
}

/** Changes what is given. Throws INVALID, also for deadlines that are too far by the default calendar, CONFLICT `version.stale`, CONFLICT `calendar.unusable`. */
export const changeTenantSettings = (ctx: Context, input: ChangeTenantSettingsInput) =>
  changeSettled(ctx, async (tx, settings) => {
    tx.allow(settingsPolicy.change)
    expectVersion(settings, input.expectedVersion)
    const next = checkSettings(input, settings)
    const changed = Object.entries(next).filter(
      ([field, value]) => !isDeepStrictEqual(value, settings[field as keyof typeof next]),
    )
    if (!changed.length) return settings
    if (next.defaultCalendar !== settings.defaultCalendar || input.complaintDeadlines) {
      refuseTooFar(input, next.complaintDeadlines, await usableCalendar(tx, next.defaultCalendar))
    }
    Object.assign(settings, Object.fromEntries(changed))
    tx.emit(tenantSettingsChanged, settings, settingsEvent(settings))
    return settings
  })

const usableCalendar = async (tx: Transaction, key: string) => {
  const found = await tx.em.findOne(BusinessCalendar, { key, status: 'ACTIVE' })
  if (found) return found
  const reason = 'calendar.unusable'
  throw new Conflict('There is no such calendar in use.', {
    reason,
    fields: [{ path: 'input.defaultCalendar', reason, message: 'the key of a calendar that is in use' }],
  })
}

/** Refuses deadlines that are too far by the default calendar. */
const refuseTooFar = (
  input: ChangeTenantSettingsInput,
  deadlines: readonly ComplaintDeadline[],
  { week }: BusinessCalendar,
) => {
  const issues = validationIssues()
  const most = longestDeadline(week)
  for (const { severity, resolve } of deadlines) {
    const at = input.complaintDeadlines?.findIndex((given) => given.severity === severity) ?? -1
    const path = at < 0 ? 'defaultCalendar' : `complaintDeadlines.${at}.resolve`
    const message = `at most ${most} working hours, which the default calendar has in ${limits.deadlineWeeks.most} weeks`
    issues.must(resolve <= most, path, 'deadline.too_far', message)
  }
  issues.refuse()
}

const settingsEvent = (settings: TenantSettings) => ({
  country: settings.country,
  currency: settings.currency,
  languages: settings.languages,
  timeZone: settings.timeZone,
  ratePivot: settings.ratePivot,
  rateAgeDays: settings.rateAgeDays,
  defaultCalendar: settings.defaultCalendar,
  approvalLimits: settings.approvalLimits,
  visitCadences: settings.visitCadences,
  complaintDeadlines: settings.complaintDeadlines,
  branding: settings.branding,
})
