import { scrubText } from '../config/scrub-text.js'
import { causesOf, toldCauses } from '../errors/causes.js'
import { ClienteleError } from '../errors/errors.js'
import type { Context } from '../service/context.js'
import { inTime } from '../service/in-time.js'

/** How it stands with one thing that was looked at; neither text holds a secret or personal data. */
export interface Finding {
  /** What was looked at, such as `database.profiles.roles`. */
  check: string
  state: 'ok' | 'warning' | 'fault'
  found: string
  /** What to do; nothing where all is well. */
  remedy?: string
}

/** Takes what a check finds, each under a name below its own. */
export interface Report {
  ok(what: string, found: string): void
  warning(what: string, found: string, remedy: string): void
  fault(what: string, found: string, remedy: string): void
  /** What the work brings; undefined, and a fault, where it fails or takes too long. */
  attempt<T>(what: string, remedy: string, work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined>
}

/** Looks at one thing around a process: reads only, and never throws for what it finds. */
export interface Check {
  name: string
  run(report: Report): Promise<void>
}

const patience = 5_000

/** Runs checks side by side. Each of their attempts has 5 seconds, so that this ends also where nothing answers. Findings are in the order of the checks. */
export const runChecks = async (checks: readonly Check[]): Promise<Finding[]> => {
  const found = await Promise.all(
    checks.map(async ({ name, run }) => {
      const findings: Finding[] = []
      const report = reportTo(findings, name)
      await run(report).catch((error: unknown) => report.fault('', saidBy(error), 'Read what it says.'))
      return findings
    }),
  )
  return found.flat()
}

const reportTo = (findings: Finding[], name: string): Report => {
  const tell = (state: Finding['state'], what: string, found: string, remedy?: string) => {
    const check = what ? `${name}.${what}` : name
    findings.push({ check, state, found: scrubText(found), ...(remedy && { remedy }) })
  }
  return {
    ok: (what, found) => tell('ok', what, found),
    warning: (what, found, remedy) => tell('warning', what, found, remedy),
    fault: (what, found, remedy) => tell('fault', what, found, remedy),
    attempt: async (what, remedy, work) => {
      try {
        return await inTime(patience, work)
      } catch (error) {
        tell('fault', what, saidBy(error), remedy)
        return undefined
      }
    },
  }
}

/** What an error and its causes say, in one line and without the values that they quote. */
export const saidBy = (error: unknown): string => {
  const causes = [...causesOf(error)]
  const said = toldCauses(error).map(({ message, code }, at) => {
    const isOurs = causes[at] instanceof ClienteleError
    return code && !isOurs && !message.includes(code) ? `${message} (${code})`.trim() : message
  })
  return [...new Set(said.filter(Boolean))].join(' < ') || 'it failed, and says nothing'
}

/** A number with its word: `1 event`, `2 events`. */
export const counted = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`

/** What a service alone knows to look at, such as its store of files, by those of its settings that are right. */
export interface Diagnosis {
  name: string
  run(report: Report, around: Pick<Context, 'account' | 'settings'>): Promise<void>
}
