import { line, list, number, text } from '../limit.js'

export const automations = {
  /** Automations of a tenant that are there, running or not. */
  automations: list(0, 100),
  automationName: line(200),
  automationDescription: text(2_000),
  automationActions: list(1, 10),
  /** What somebody is told by one. */
  automationText: text(500),
  /** Names of fields that a change must have touched. */
  automationFields: list(1, 20),
  automationTags: list(1, 20),
  /** Until a task is due, in hours. */
  automationDueHours: number(1, 8_760),
  /** Days of the week of a schedule. */
  automationWeekdays: list(1, 7),
  automationDayOfMonth: number(1, 31),
  /** Days within which a schedule takes a customer once: for so long runs are kept. */
  automationOnceInDays: number(1, 90),
  /** Customers that a schedule takes at one moment. */
  automationCustomers: number(1, 10_000),
  /** How far back a dry run looks. */
  dryRunDays: number(1, 30),
} as const
