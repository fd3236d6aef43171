import type { ValidationIssues } from '@clientele/kit'

/** A colour in the form in which it is stored; `undefined` (not given) and null (to be cleared) stay. */
export const checkColor = (issues: ValidationIssues, given: string | null | undefined) => {
  const isColor = given == null || /^#[0-9a-fA-F]{6}$/.test(given)
  issues.must(isColor, 'color', 'color.malformed', 'a colour of the form #rrggbb')
  return given?.toLowerCase() ?? given
}
