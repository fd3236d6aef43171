import { Invalid, type ValidationIssue } from '../errors/errors.js'
import type { Said } from '../messages/reasons.js'

/** What was found about one input, all of it before anything is said: issues refuse the input, warnings let it pass. Paths are relative to `at`. */
export interface ValidationIssues {
  readonly found: ValidationIssue[]
  readonly warnings: ValidationIssue[]
  /** Imports keep what they can: a blank text counts as absent, a wrong e-mail address stays and is marked. */
  readonly lenient: boolean
  /** `message` says what would be right, with `params` where it has any. */
  add(path: string, ...said: Said): void
  /** Lets the input pass and tells of it. */
  warn(path: string, ...said: Said): void
  /** An issue at the API; a warning in an import, where the value can be kept. */
  doubt(path: string, ...said: Said): void
  /** An issue unless the condition holds. */
  must(holds: boolean, path: string, ...said: Said): void
  /** For a part of the input: what is found there is found here. */
  below(path: string): ValidationIssues
  /** Throws INVALID with all issues, if there are any; its reason is that of the first. */
  refuse(): void
}

/** `at` is where the input is in the request, empty for a row of an import. */
export const validationIssues = (at = 'input', { lenient = false } = {}): ValidationIssues =>
  collect(at, lenient, [], [])

const collect = (
  at: string,
  lenient: boolean,
  found: ValidationIssue[],
  warnings: ValidationIssue[],
): ValidationIssues => {
  const pathOf = (path: string) => [at, path].filter(Boolean).join('.')
  const note =
    (list: ValidationIssue[]) =>
    (path: string, ...[reason, message, params]: Said) => {
      list.push({ path: pathOf(path), reason, message, ...(params && { params }) } as ValidationIssue)
    }
  const add = note(found)
  const warn = note(warnings)
  return {
    found,
    warnings,
    lenient,
    add,
    warn,
    doubt: lenient ? warn : add,
    must: (holds, path, ...said) => {
      if (!holds) add(path, ...said)
    },
    below: (path) => collect(pathOf(path), lenient, found, warnings),
    refuse: () => {
      const [first, ...others] = found
      if (!first) return
      const { path, message, ...why } = first
      const more = moreIssues(others.length)
      throw new Invalid(`${path}: ${message}.${more}`, { ...why, fields: found })
    },
  }
}

const moreIssues = (count: number) => {
  if (count === 0) return ''
  return count === 1 ? ' There is 1 more issue.' : ` There are ${count} more issues.`
}
