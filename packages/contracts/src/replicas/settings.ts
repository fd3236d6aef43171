import { z } from 'zod'
import { calendarStatus, complaintSeverity, dayOfWeek } from '../codes.js'
import { limits, patternOf } from '../limits/index.js'
import { country, currency, day, entity, key, language, money, rate, timeOfDay, timeZone } from '../values.js'

const hours = z.int().min(limits.deadlineHours.least).max(limits.deadlineHours.most)

/** What a tenant has settled for all services. Nothing in it is about a person: its events carry the whole of it. */
export const tenantSettings = z.object({
  ...entity('settings'),
  country: country.describe('Country that the tenant is at home in, ISO 3166-1.'),
  currency: currency.describe('Currency that sums are told in, ISO 4217.'),
  languages: z.array(language).max(limits.languages.most).describe('Languages by BCP 47, the first is the default.'),
  timeZone: timeZone.describe('Time zone by IANA.'),
  ratePivot: currency.describe('Currency over which others are converted that have no rate to each other, ISO 4217.'),
  rateAgeDays: z
    .int()
    .min(limits.rateAgeDays.least)
    .max(limits.rateAgeDays.most)
    .describe('Days after which an exchange rate is too old to convert by.'),
  defaultCalendar: key.describe('Key of the calendar that counts where no other is named.'),
  approvalLimits: z
    .object({
      compensation: money
        .nullable()
        .describe(
          'Compensation of a complaint above which admin or manager tells the customer the decision, nobody else; null where there is no limit.',
        ),
    })
    .describe('Amounts above which somebody has to approve.'),
  visitCadences: z
    .array(
      z.object({
        customerClass: key.describe('Key of the class of customers.'),
        days: z.int().min(1).max(limits.cadenceDays.most).describe('Days from one visit to the next.'),
      }),
    )
    .max(limits.visitCadences.most)
    .describe('How often customers of a class are visited.'),
  complaintDeadlines: z
    .array(
      z.object({
        severity: complaintSeverity.describe('How grave a complaint is.'),
        acknowledge: hours.describe('Working hours until it is acknowledged.'),
        resolve: hours.describe('Working hours until the customer is told a decision.'),
      }),
    )
    .max(limits.complaintDeadlines.most)
    .describe('How long a complaint may take; one entry per severity.'),
  branding: z
    .object({
      name: z
        .string()
        .regex(patternOf(limits.brandName))
        .nullable()
        .describe('Name that customers know the tenant by.'),
      color: z
        .string()
        .regex(/^#[0-9a-f]{6}$/)
        .nullable()
        .describe('Main colour, #rrggbb.'),
      logoUrl: z
        .string()
        .regex(/^https:\/\/[!-~]{1,2040}$/)
        .nullable()
        .describe('Where the logo is.'),
    })
    .describe('How the tenant shows itself to customers.'),
})

/** The settings of a tenant, as events carry them and replicas keep them. */
export type SharedSettings = z.infer<typeof tenantSettings>

/** The latest exchange rates of a tenant. */
export const exchangeRates = z.object({
  ...entity('list of latest rates'),
  rates: z
    .array(
      z.object({
        base: currency.describe('Currency of which it is one unit.'),
        quote: currency.describe('Currency that the rate is in.'),
        day: day.describe('Day that it is of.'),
        rate: rate.describe('Units of the second currency for one unit of the first.'),
      }),
    )
    .max(limits.ratePairs.most)
    .describe('The latest rate of each pair of currencies.'),
})

/** The latest rates, as events carry them and replicas keep them. */
export type SharedRates = z.infer<typeof exchangeRates>

const intervals = z
  .array(
    z.object({
      from: timeOfDay.describe('When work begins.'),
      to: timeOfDay.describe('When it ends; 24:00 is midnight.'),
    }),
  )
  .max(limits.workingIntervals.most)

/** When people of a tenant work. Names of calendars and holidays are asked for. */
export const businessCalendar = z.object({
  ...entity('calendar'),
  key: key.describe('Key of the calendar, unique in the tenant.'),
  status: calendarStatus.describe('Whether it is in use.'),
  timeZone: timeZone.describe('Time zone by IANA.'),
  week: z
    .array(
      z.object({
        day: dayOfWeek.describe('Day of the week.'),
        intervals: intervals.describe('When people work on it, in order.'),
      }),
    )
    .max(limits.workingDays.most)
    .describe('Weekdays that are worked; those left out are free.'),
  holidays: z
    .array(z.object({ date: day.describe('Day that is free.') }))
    .max(limits.holidays.most)
    .describe('Days that are free whatever the weekday, in order.'),
  shiftedWorkingDays: z
    .array(
      z.object({
        date: day.describe('Day with working time of its own.'),
        intervals: intervals.describe('When people work on it.'),
      }),
    )
    .max(limits.shiftedWorkingDays.most)
    .describe('Days with working time of their own, such as those worked in exchange for others, in order.'),
})

/** A calendar, as events carry it and replicas keep it. */
export type SharedCalendar = z.infer<typeof businessCalendar>

/** Examples that are shown to partners. */
export const settingsExample: SharedSettings = {
  id: '0199a1b2-0000-7000-8000-0000000000a1',
  version: 2,
  country: 'DE',
  currency: 'EUR',
  languages: ['de', 'en'],
  timeZone: 'Europe/Berlin',
  ratePivot: 'EUR',
  rateAgeDays: 31,
  defaultCalendar: 'standard',
  approvalLimits: { compensation: { amount: '500', currency: 'EUR' } },
  visitCadences: [{ customerClass: 'vip', days: 30 }],
  complaintDeadlines: [{ severity: 'CRITICAL', acknowledge: 4, resolve: 16 }],
  branding: { name: 'Acme', color: '#0055aa', logoUrl: 'https://acme.example/logo.svg' },
}

export const ratesExample: SharedRates = {
  id: '0199a1b2-0000-7000-8000-0000000000a3',
  version: 7,
  rates: [{ base: 'EUR', quote: 'CNY', day: '2026-03-20', rate: '7.8312' }],
}

export const calendarExample: SharedCalendar = {
  id: '0199a1b2-0000-7000-8000-0000000000a2',
  version: 1,
  key: 'standard',
  status: 'ACTIVE',
  timeZone: 'Asia/Shanghai',
  week: [
    {
      day: 'MONDAY',
      intervals: [
        { from: '09:00', to: '12:00' },
        { from: '13:00', to: '18:00' },
      ],
    },
  ],
  holidays: [{ date: '2026-10-01' }],
  shiftedWorkingDays: [{ date: '2026-10-10', intervals: [{ from: '09:00', to: '12:00' }] }],
}
