import type { ValidationIssues } from '@clientele/kit'

/** What is named at a path is none of those that there are. */
export const addUnknown = (
  issues: ValidationIssues,
  path: string,
  what: 'field' | 'comparison' | 'value',
  allowed: readonly string[],
): void => issues.add(path, `condition.unknown_${what}`, `one of ${allowed.join(', ')}`, { allowed })
