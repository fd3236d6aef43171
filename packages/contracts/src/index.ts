export * from './catalogue.js'
export * from './codes.js'
export { ContractError, type ContractErrorCode, type FieldFault } from './contract-error.js'
export { customerAccess } from './customer-access.js'
export * from './customer-replica.js'
export * from './envelope.js'
export * from './event.js'
export { asciiDigits, foldText } from './fold.js'
export * from './integrations.js'
export * from './interactions.js'
export {
  charactersOf,
  type ListLimit,
  limits,
  type NumberLimit,
  patternOf,
  type TextForm,
  type TextLimit,
} from './limits.js'
export { parseEvent } from './parse.js'
export * from './profiles.js'
export * from './roles.js'
export * from './segmentation.js'
export * from './subjects.js'
export * from './surveys.js'
export {
  isPlainText,
  malformedCharacter,
  malformedMessage,
  malformedText,
  normalizeLine,
  normalizeText,
} from './text.js'
export { code, currency, decimal, instant, key, money, staffId, tenantSlug } from './values.js'
