export * from './catalogue.js'
export * from './codes.js'
export { ContractError, type ContractErrorCode, type FieldFault } from './contract-error.js'
export { countries } from './countries.js'
export { customerAccess } from './customer-access.js'
export * from './envelope.js'
export * from './event.js'
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
  type TimeLimit,
} from './limits/index.js'
export { smallestGroup } from './limits/smallest-group.js'
export { parseEvent } from './parse.js'
export * from './profiles.js'
export { purchaseSums } from './purchase-sums.js'
export * from './replicas/customer-replica.js'
export { type Acting, presentRights, type Rights } from './replicas/present-rights.js'
export {
  authorsOf,
  type RequestedActionsAnswer,
  readRequestedAction,
  requestedAutomationActions,
} from './replicas/requested-actions.js'
export type { SharedCalendar, SharedRates, SharedSettings } from './replicas/settings.js'
export { calendarReplica, ratesReplica, settingsReplica } from './replicas/settings-replica.js'
export { staffEntityId } from './replicas/staff-id.js'
export * from './replicas/staff-replica.js'
export * from './replicas/substitutes.js'
export * from './replicas/team-replica.js'
export * from './roles.js'
export * from './segmentation/automation-action.js'
export * from './segmentation.js'
export { staffAccess } from './staff-access.js'
export * from './subjects.js'
export * from './surveys.js'
export { asciiDigits, foldText } from './texts/fold.js'
export { tagKey } from './texts/tag-key.js'
export {
  canonicalId,
  isPlainText,
  isUuid,
  malformedCharacter,
  malformedMessage,
  malformedText,
  normalizeLine,
  normalizeText,
} from './texts/text.js'
export {
  code,
  country,
  currency,
  day,
  decimal,
  instant,
  key,
  language,
  money,
  staffId,
  tenantSlug,
  timeZone,
} from './values.js'
