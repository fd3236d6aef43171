import type { ListLimit } from '@clientele/contracts'
import { Invalid } from '../errors/errors.js'
import type { ValidationIssues } from './validation-issues.js'

/** The list, or as much of it as is allowed, with its issues; `undefined` (not given) stays, null is an empty list. */
export const checkList = <T>(
  issues: ValidationIssues,
  path: string,
  given: readonly T[] | null | undefined,
  { least, most }: Omit<ListLimit, 'form'>,
): readonly T[] | undefined => {
  if (given === undefined) return undefined
  const list = given ?? []
  issues.must(list.length >= least, path, 'list.too_short', `at least ${least} ${least === 1 ? 'entry' : 'entries'}`, {
    least,
  })
  issues.must(list.length <= most, path, 'list.too_long', `at most ${most} entries`, { most })
  return list.slice(0, most)
}

/** The entries whose identity no entry before them has. Each of the others is an issue, or a warning in an import; `field` is what repeats. */
export const withoutRepeats = <T>(
  issues: ValidationIssues,
  path: string,
  list: readonly T[],
  identity: (one: T) => string | null | undefined,
  field = '',
): T[] => {
  const seen = new Set<string>()
  return list.filter((one, index) => {
    const own = identity(one)
    if (own == null) return true
    if (!seen.has(own)) return seen.add(own)
    issues.doubt(
      `${path}.${index}${field && `.${field}`}`,
      'list.repeated',
      'an entry that the list does not have already; leave this one out',
    )
    return false
  })
}

/** Throws INVALID `list.too_long` where a query asks by more than so many at once; `path` is the argument that has them. */
export const checkAtOnce = (path: string, given: readonly unknown[], most: number): void => {
  if (given.length <= most) return
  const reason = 'list.too_long'
  const params = { most }
  throw new Invalid(`At most ${most} ${path} at once.`, {
    reason,
    params,
    fields: [{ path, reason, message: `must have at most ${most} entries`, params }],
  })
}
