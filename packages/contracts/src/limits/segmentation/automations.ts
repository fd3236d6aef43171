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
  /** How far back a dry run looks. */
  dryRunDays: number(1, 30),
} as const
