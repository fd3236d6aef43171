import { normalizeLine } from '@clientele/contracts'
import type { ValidationIssues } from '@clientele/kit'
import { addUnknown } from './add-unknown.js'
import type { Condition } from './condition.js'
import type { Vocabulary } from './vocabulary.js'

/** How large a condition may be: levels of `all`, `any`, `not` and comparisons, and the nodes of all levels. */
export const mostLevels = 10
export const mostNodes = 100

type Given = Record<string, unknown>

/**
 * The condition without members that are null, its texts as they are stored, with its issues by path: `condition.empty`, `condition.ambiguous`,
 * `condition.unknown_field`, `condition.too_deep`, `condition.too_large`, and those of its operands.
 */
export const checkCondition = (
  vocabulary: Vocabulary<never>,
  issues: ValidationIssues,
  path: string,
  input: object,
): Condition => {
  const condition = withoutNulls(input) as Given
  const nodes = checkNode(vocabulary, condition, path, 1, issues)
  issues.must(nodes <= mostNodes, path, 'condition.too_large', `at most ${mostNodes} nodes; these are ${nodes}`, {
    most: mostNodes,
    found: nodes,
  })
  return condition
}

/** GraphQL bounds neither depth nor size of an input; what is too deep to look at is cut off, and its depth is the issue. */
const withoutNulls = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return normalizeLine(value)
  if (typeof value !== 'object' || value === null || depth > 3 * mostLevels) return value
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, depth + 1))
  const given = Object.entries(value).filter(([, member]) => member !== null && member !== undefined)
  return Object.fromEntries(given.map(([name, member]) => [name, withoutNulls(member, depth + 1)]))
}

const isNode = (value: unknown): value is Given => typeof value === 'object' && value !== null && !Array.isArray(value)

const checkNode = (
  vocabulary: Vocabulary<never>,
  node: unknown,
  path: string,
  level: number,
  issues: ValidationIssues,
): number => {
  if (level > mostLevels) {
    issues.add(path, 'condition.too_deep', `at most ${mostLevels} levels`, { most: mostLevels })
    return 1
  }
  if (!isNode(node)) {
    issues.add(path, 'condition.malformed', 'a condition')
    return 1
  }
  const names = Object.keys(node)
  if (!names.length) issues.add(path, 'condition.empty', 'one condition')
  if (names.length > 1)
    issues.add(path, 'condition.ambiguous', `one condition, not ${names.join(', ')}: combine them in all or any`, {
      names,
    })
  return names.reduce(
    (nodes, name) => nodes + checkMember(vocabulary, name, node[name], `${path}.${name}`, level, issues),
    1,
  )
}

const checkMember = (
  vocabulary: Vocabulary<never>,
  name: string,
  value: unknown,
  path: string,
  level: number,
  issues: ValidationIssues,
): number => {
  if (name === 'not') return checkNode(vocabulary, value, path, level + 1, issues)
  if (name === 'all' || name === 'any') {
    if (!Array.isArray(value) || !value.length) {
      issues.add(path, 'condition.empty', 'at least one condition')
      return 0
    }
    return value.reduce((nodes, part, at) => nodes + checkNode(vocabulary, part, `${path}.${at}`, level + 1, issues), 0)
  }
  const field = Object.hasOwn(vocabulary, name) ? vocabulary[name] : undefined
  if (!field) addUnknown(issues, path, 'field', Object.keys(vocabulary))
  else if (!isNode(value)) issues.add(path, 'condition.malformed', 'a comparison')
  else field.check(issues, path, value)
  return 0
}
