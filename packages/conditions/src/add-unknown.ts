import type { ValidationIssues } from '@clientele/kit'

/** Codes that a standard lists: too many to name them all. */
export interface Standard {
  /** What it is called, such as `ISO 4217`. */
  name: string
  example: string
  codes: { has(code: string): boolean }
}

/** What is named at a path is none of those that there are. */
export const addUnknown = (
  issues: ValidationIssues,
  path: string,
  what: 'field' | 'comparison' | 'value',
  allowed: readonly string[],
): void => issues.add(path, `condition.unknown_${what}`, `one of ${allowed.join(', ')}`, { allowed })

/** A text that is no code of its standard is an issue; what is no text is one already. */
export const checkStandard = (
  issues: ValidationIssues,
  path: string,
  value: unknown,
  { name, example, codes }: Standard,
): void =>
  issues.must(
    typeof value !== 'string' || codes.has(value),
    path,
    'condition.unknown_code',
    `a code of ${name}, such as ${example}`,
    { standard: name, example },
  )
