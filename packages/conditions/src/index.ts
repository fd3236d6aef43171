export type { Standard } from './add-unknown.js'
export { checkCondition, mostLevels, mostNodes } from './check.js'
export { type Condition, comparisonsOf, mapComparisons } from './condition.js'
export { evaluator } from './evaluate.js'
export { code } from './fields/code.js'
export { countInDays } from './fields/count-in-days.js'
export { daysSince } from './fields/days-since.js'
export { decimal } from './fields/decimal.js'
export { decimalsByKey } from './fields/decimals-by-key.js'
export { flag } from './fields/flag.js'
export { number } from './fields/number.js'
export { numberGroup } from './fields/number-group.js'
export { path } from './fields/path.js'
export { set } from './fields/set.js'
export { text } from './fields/text.js'
export { conditionsInChinese } from './messages.zh.js'
export { type Moments, momentsOf } from './moments.js'
export { predicateOf } from './sql.js'
export { readCondition } from './text/read-condition.js'
export { writeCondition } from './text/write-condition.js'
export {
  type Labels,
  type Language,
  type Predicate,
  type StoredVocabulary,
  stored,
  type Vocabulary,
} from './vocabulary.js'
